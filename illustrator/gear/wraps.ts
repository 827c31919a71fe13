import { cloth, neckY } from '../costume/cloth.ts';
import { darken, lighten, shade, type Color } from '../drawing/color.ts';
import { closedPath, openPath, type Curve } from '../drawing/geometry.ts';
import type { Sitting } from '../drawing/sitting.ts';
import { clipped, ellipse, line, repeat } from '../drawing/svg.ts';
import { dome } from './caps.ts';
import type { Headwear } from './worn.ts';

/** Bands of cloth wound round the head. */
export function turban(sitting: Sitting, color: Color): Headwear {
  const { head, turned } = sitting;
  const t = turned(9);
  const w = head.temple;
  const y = head.crownY + 86;
  const bulk: Curve = [
    [-w - 8, y + 4],
    [-w - 34, y - 60],
    [-w - 12, y - 138],
    [-w * 0.4, y - 178],
    [t, y - 186],
    [w * 0.4, y - 178],
    [w + 12, y - 138],
    [w + 34, y - 60],
    [w + 8, y + 4],
    [t, y - 40],
  ];
  const winds = ([-1, 1] as const)
    .map((s) =>
      [0, 1, 2, 3]
        .map((i) =>
          line(
            openPath([
              [s * (w + 26 - i * 4), y - 24 - i * 34],
              [s * w * 0.5, y - 74 - i * 26],
              [t + s * -8, y - 58 - i * 34],
            ]),
            shade(color, 0.62),
            6,
            0.55,
          ),
        )
        .join(''),
    )
    .join('');
  const knot: Curve = [
    [t - 20, y - 44],
    [t, y - 104],
    [t + 20, y - 44],
    [t, y - 34],
  ];
  return {
    behind: '',
    front: cloth(sitting, bulk, color) + winds + cloth(sitting, knot, lighten(color, 0.12), { fine: true }),
  };
}

/** Tied at the back; two ends show behind the ear. */
export function bandana(sitting: Sitting, color: Color): Headwear {
  const { head, turned } = sitting;
  const t = turned(8);
  const w = head.temple + 8;
  const y = head.crownY + 86;
  const ends = cloth(
    sitting,
    [
      [w - 10, y - 20],
      [w + 56, y + 10],
      [w + 74, y + 66],
      [w + 36, y + 40],
      [w + 40, y + 96],
      [w - 6, y + 22],
    ],
    shade(color, 0.25),
  );
  const shape = dome(sitting, 144, 8, 88);
  const spots = repeat(14, (i) =>
    ellipse({ x: ((i % 7) - 3) * 40 + (i > 6 ? 18 : 0), y: y - (i > 6 ? 96 : 54), rx: 7, ry: 7 }, '#f6f1e6', 0.9),
  );
  return {
    behind: ends,
    front:
      cloth(sitting, shape, color) +
      clipped(spots, sitting.defs.clip(closedPath(shape))) +
      line(
        openPath([
          [-w + 2, y - 6],
          [t, y - 26],
          [w - 2, y - 6],
        ]),
        darken(color, 0.35),
        12,
        0.7,
      ),
  };
}

/** Over the hair and tied under the chin. */
export function headscarf(sitting: Sitting, color: Color): Headwear {
  const { head, turned } = sitting;
  const t = turned(8);
  const y = neckY(sitting);
  const side = (s: 1 | -1): Curve => [
    [t * 0.4, head.crownY - 26],
    [s * 104, head.crownY],
    [s * (head.brow + 22), -70],
    [s * (head.cheek + 24), 50],
    [s * (head.jaw + 18), head.jawY + 12],
    [s * 24, head.chinY + 22],
    [s * 14, head.chinY + 6],
    [s * (head.jaw - 4), head.jawY - 6],
    [s * (head.cheek - 2), 36],
    [s * (head.brow - 10), -58],
    [s * 76, head.crownY + 66],
    [t, head.crownY + 62],
  ];
  const tails = ([-1, 1] as const)
    .map((s) =>
      cloth(
        sitting,
        [
          [s * 2, head.chinY + 14],
          [s * 40, head.chinY + 40],
          [s * 58, y + 60],
          [s * 14, y + 44],
        ],
        shade(color, 0.14),
        { fine: true },
      ),
    )
    .join('');
  const print = repeat(9, (i) => {
    const a = Math.PI * (1.12 + (0.76 * i) / 8);
    return ellipse(
      { x: t * 0.6 + Math.cos(a) * (head.temple + 4), y: head.crownY + 94 + Math.sin(a) * 96, rx: 8, ry: 8 },
      lighten(color, 0.5),
      0.8,
    );
  });
  return {
    behind: '',
    front:
      cloth(sitting, side(-1), lighten(color, 0.04)) +
      cloth(sitting, side(1), color) +
      print +
      tails +
      ellipse({ x: 0, y: head.chinY + 16, rx: 17, ry: 15 }, shade(color, 0.2)),
  };
}

export function bonnet(sitting: Sitting, color: Color): Headwear {
  const { head, turned } = sitting;
  const t = turned(8);
  const w = head.temple + 12;
  const y = head.crownY + 88;
  const frill = repeat(13, (i) => {
    const a = Math.PI * (1.02 + (0.96 * i) / 12);
    return ellipse(
      { x: t * 0.7 + Math.cos(a) * (w + 4), y: y + 6 + Math.sin(a) * 112, rx: 19, ry: 19 },
      i % 2 ? lighten(color, 0.35) : color,
    );
  });
  const ribbon = line(
    openPath([
      [-w + 4, y + 40],
      [-head.jaw, head.jawY],
      [0, head.chinY + 14],
      [head.jaw, head.jawY],
      [w - 4, y + 40],
    ]),
    shade(color, 0.3),
    10,
    0.9,
  );
  return {
    behind: cloth(sitting, dome(sitting, 184, 34, 110), shade(color, 0.1)),
    front: ribbon + cloth(sitting, dome(sitting, 140, 12), color) + frill,
  };
}
