import { cloth, neckY } from '../costume/cloth.ts';
import { lighten, shade, type Color } from '../drawing/color.ts';
import { closedPath, n, openPath, type Curve } from '../drawing/geometry.ts';
import type { Sitting } from '../drawing/sitting.ts';
import { line } from '../drawing/svg.ts';
import type { Headwear } from './worn.ts';

export function hijab(sitting: Sitting, color: Color): Headwear {
  const { head, turned, defs } = sitting;
  const y = neckY(sitting);
  const t = turned(9);
  const outer: Curve = [
    [t * 0.4, head.crownY - 34],
    [-118, head.crownY + 6],
    [-160, -60],
    [-160, 60],
    [-140, y - 10],
    [-180, y + 90],
    [0, y + 170],
    [180, y + 90],
    [140, y - 10],
    [160, 60],
    [160, -60],
    [118, head.crownY + 6],
  ];
  const opening = `M${n(t)} ${n(head.crownY + 66)}C${n(-92 + t)} ${n(head.crownY + 66)} ${n(-head.cheek + 4 + t)} -40 ${n(-head.cheek + 12 + t)} 40C${n(-head.jaw + 6 + t)} 110 ${n(-60 + t)} ${n(head.chinY + 4)} ${n(t * 1.5)} ${n(head.chinY + 8)}C${n(60 + t)} ${n(head.chinY + 4)} ${n(head.jaw - 6 + t)} 110 ${n(head.cheek - 12 + t)} 40C${n(head.cheek - 4 + t)} -40 ${n(92 + t)} ${n(head.crownY + 66)} ${n(t)} ${n(head.crownY + 66)}Z`;
  const ring = `<path fill-rule="evenodd" d="${closedPath(outer)}${opening}" fill="${
    sitting.manner.shading === 'soft'
      ? defs.linear(
          [
            [0, lighten(color, 0.14)],
            [0.5, color],
            [1, shade(color, 0.5)],
          ],
          0,
          0,
          1,
          1,
        )
      : color
  }"/>`;
  const folds = [
    [-150, 0.5],
    [-120, 0.7],
    [120, 0.6],
  ]
    .map(([x = 0, o = 0]) =>
      line(
        openPath([
          [x * 0.6, head.crownY + 20],
          [x, -20],
          [x * 0.92, 110],
          [x * 0.3, y + 60],
        ]),
        shade(color, 0.6),
        4.5,
        o * 0.6,
      ),
    )
    .join('');
  const edge =
    line(opening, shade(color, 0.55), sitting.manner.lineWidth || 4, 0.8) +
    (sitting.manner.lineWidth ? line(closedPath(outer), shade(color, 0.85), sitting.manner.lineWidth) : '');
  const wrap = line(
    openPath([
      [-132, y - 22],
      [-20, y + 44],
      [138, y - 8],
    ]),
    shade(color, 0.6),
    5,
    0.5,
  );
  return { behind: '', front: ring + folds + wrap + edge };
}

export function hood(sitting: Sitting, color: Color): Headwear {
  const { head, turned } = sitting;
  const y = neckY(sitting);
  const t = turned(7);
  const back: Curve = [
    [t * 0.3, head.crownY - 84],
    [-150, head.crownY - 10],
    [-206, 0],
    [-196, 150],
    [-150, y + 40],
    [150, y + 40],
    [196, 150],
    [206, 0],
    [150, head.crownY - 10],
  ];
  const rim = (s: 1 | -1): Curve => [
    [t * 0.4, head.crownY - 88],
    [s * 118, head.crownY - 46],
    [s * 196, -70],
    [s * 214, 60],
    [s * 186, 190],
    [s * 120, y + 58],
    [s * 62, y + 40],
    [s * 128, 180],
    [s * 164, 60],
    [s * 152, -70],
    [s * 96, head.crownY - 2],
    [t * 0.6, head.crownY - 38],
  ];
  const stitch = (s: 1 | -1): string =>
    `<path d="${openPath([
      [s * 102, head.crownY - 12],
      [s * 162, -66],
      [s * 174, 60],
      [s * 138, 184],
    ])}" fill="none" stroke="${lighten(color, 0.4)}" stroke-width="3.4" stroke-dasharray="11 9" stroke-opacity=".7"/>`;
  return {
    behind: cloth(sitting, back, shade(color, 0.8)),
    front:
      cloth(sitting, rim(-1), lighten(color, 0.1)) +
      cloth(sitting, rim(1), shade(color, 0.16)) +
      stitch(-1) +
      stitch(1),
  };
}
