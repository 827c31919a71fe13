import { cloth } from '../costume/cloth.ts';
import { darken, lighten, shade, type Color } from '../drawing/color.ts';
import { n, openPath, type Curve } from '../drawing/geometry.ts';
import type { Sitting } from '../drawing/sitting.ts';
import { ellipse, fill, line, repeat } from '../drawing/svg.ts';
import type { Headwear } from './worn.ts';
import { dome } from './caps.ts';

const GOLD: Color = '#d0a23f';

export function nurseCap(sitting: Sitting, color: Color): Headwear {
  const { head, turned } = sitting;
  const t = turned(8);
  const y = head.crownY + 34;
  const wing = `M${n(t - 92)} ${n(y + 10)}L${n(t - 66)} ${n(y - 78)}Q${n(t)} ${n(y - 92)} ${n(t + 66)} ${n(y - 78)}L${n(t + 92)} ${n(y + 10)}Q${n(t)} ${n(y - 24)} ${n(t - 92)} ${n(y + 10)}Z`;
  return {
    behind: '',
    front: cloth(sitting, wing, color) + line(`M${n(t)} ${n(y - 66)}v36m-18 -18h36`, '#c33a3c', 11),
  };
}

/** Tight caps: for swimming, surgery, prayer. */
export function tightCap(sitting: Sitting, color: Color, kind: 'swimcap' | 'surgical' | 'skullcap'): Headwear {
  const { head, turned } = sitting;
  const t = turned(8);
  const y = head.crownY;
  if (kind === 'skullcap') {
    const w = head.temple * 0.68;
    return {
      behind: '',
      front:
        cloth(
          sitting,
          [
            [t - w, y + 40],
            [t - w * 0.6, y - 8],
            [t, y - 24],
            [t + w * 0.6, y - 8],
            [t + w, y + 40],
            [t, y + 22],
          ],
          color,
        ) +
        line(
          openPath([
            [t - w + 4, y + 34],
            [t, y + 16],
            [t + w - 4, y + 34],
          ]),
          lighten(color, 0.5),
          6,
          0.8,
        ),
    };
  }
  const shape = dome(sitting, kind === 'swimcap' ? 128 : 146, 8, 96);
  const detail =
    kind === 'swimcap'
      ? line(
          openPath([
            [t - 60, y + 10],
            [t - 84, y + 50],
            [t - 92, y + 80],
          ]),
          '#ffffff',
          11,
          0.4,
        )
      : line(
          openPath([
            [-head.temple - 2, y + 84],
            [t, y + 64],
            [head.temple + 2, y + 84],
          ]),
          darken(color, 0.3),
          14,
          0.7,
        ) +
        repeat(5, (i) => line(`M${n((i - 2) * 44)} ${n(y - 10)}l${n((i - 2) * 6)} 50`, shade(color, 0.5), 3.5, 0.4));
  return { behind: '', front: cloth(sitting, shape, color) + detail };
}

export function mortarboard(sitting: Sitting, color: Color): Headwear {
  const { head, turned } = sitting;
  const t = turned(8);
  const y = head.crownY;
  const board = `M${n(t - 190)} ${n(y - 8)}L${n(t)} ${n(y - 70)}L${n(t + 190)} ${n(y - 8)}L${n(t)} ${n(y + 54)}Z`;
  return {
    behind: '',
    front:
      cloth(sitting, dome(sitting, 100, 4, 88), darken(color, 0.2)) +
      cloth(sitting, board, lighten(color, 0.08)) +
      line(`M${n(t)} ${n(y - 8)}Q${n(t + 90)} ${n(y)} ${n(t + 148)} ${n(y + 10)}V${n(y + 96)}`, GOLD, 6) +
      line(`M${n(t + 148)} ${n(y + 96)}v44`, GOLD, 18) +
      ellipse({ x: t, y: y - 8, rx: 10, ry: 7 }, GOLD),
  };
}

export function toque(sitting: Sitting, color: Color): Headwear {
  const { head, turned } = sitting;
  const t = turned(8);
  const w = head.temple - 2;
  const y = head.crownY + 66;
  const puff: Curve = [
    [-w + 6, y - 60],
    [-w - 44, y - 120],
    [-w - 24, y - 188],
    [-w * 0.45, y - 206],
    [t, y - 226],
    [w * 0.45, y - 206],
    [w + 24, y - 188],
    [w + 44, y - 120],
    [w - 6, y - 60],
    [t, y - 48],
  ];
  const band: Curve = [
    [-w, y - 84],
    [t, y - 96],
    [w, y - 84],
    [w + 6, y + 10],
    [t, y - 10],
    [-w - 6, y + 10],
  ];
  const pleats = [-0.7, -0.35, 0, 0.35, 0.7]
    .map((p) =>
      line(
        openPath([
          [p * w * 1.24 + t, y - 180],
          [p * w * 1.16 + t, y - 130],
          [p * w * 0.92 + t, y - 92],
        ]),
        shade(color, 0.6),
        5,
        0.4,
      ),
    )
    .join('');
  return { behind: '', front: cloth(sitting, puff, color) + pleats + cloth(sitting, band, lighten(color, 0.1)) };
}

/** A crown of cloth hanging over: Santa's, and the nightcap's kind. */
export function santa(sitting: Sitting, color: Color): Headwear {
  const { head, turned } = sitting;
  const t = turned(8);
  const w = head.temple + 8;
  const y = head.crownY + 80;
  const bag: Curve = [
    [-w, y - 16],
    [-w * 0.72, y - 120],
    [-10, y - 196],
    [90, y - 190],
    [w + 50, y - 110],
    [w + 74, y - 22],
    [w + 40, y - 40],
    [w, y - 60],
    [w, y - 12],
    [t, y - 30],
  ];
  const fur: Curve = [
    [-w - 10, y - 36],
    [t, y - 58],
    [w + 10, y - 36],
    [w + 14, y + 16],
    [t, y - 4],
    [-w - 14, y + 16],
  ];
  return {
    behind: '',
    front:
      cloth(sitting, bag, color) +
      cloth(sitting, fur, '#f6f2ea') +
      ellipse({ x: w + 70, y: y - 8, rx: 32, ry: 31 }, '#f6f2ea'),
  };
}

export function fez(sitting: Sitting, color: Color): Headwear {
  const { head, turned } = sitting;
  const t = turned(8);
  const w = head.temple * 0.8;
  const y = head.crownY + 46;
  const body = `M${n(t - w - 6)} ${n(y)}L${n(t - w * 0.8)} ${n(y - 108)}Q${n(t)} ${n(y - 124)} ${n(t + w * 0.8)} ${n(y - 108)}L${n(t + w + 6)} ${n(y)}Q${n(t)} ${n(y - 26)} ${n(t - w - 6)} ${n(y)}Z`;
  const tassel = fill(`M${n(t + w * 0.7)} ${n(y - 40)}h16l4 44h-24Z`, '#26242a');
  return {
    behind: '',
    front:
      cloth(sitting, body, color) +
      line(
        openPath([
          [t, y - 114],
          [t + w * 0.5, y - 108],
          [t + w * 0.76, y - 40],
        ]),
        '#26242a',
        5,
      ) +
      tassel,
  };
}
