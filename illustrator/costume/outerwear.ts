import { lighten, shade, type Color } from '../drawing/color.ts';
import { mirrored, n, openPath, type Curve } from '../drawing/geometry.ts';
import type { Sitting } from '../drawing/sitting.ts';
import { line } from '../drawing/svg.ts';
import { bodyOf, cloth, neckY } from './cloth.ts';
import type { Dress } from './dress.ts';
import { garment, neckband } from './garment.ts';

export function hoodie(sitting: Sitting, color: Color): Dress {
  const y = neckY(sitting);
  const { neck } = bodyOf(sitting);
  const wide = neck + 72;
  const back: Curve = [
    [-wide, y + 20],
    [-wide + 14, y - 64],
    [0, y - 96],
    [wide - 14, y - 64],
    [wide, y + 20],
    [0, y + 70],
  ];
  const flap = (s: 1 | -1): Curve => [
    [s * (neck - 4), y - 58],
    [s * (neck + 46), y - 62],
    [s * wide, y - 2],
    [s * (neck + 30), y + 64],
    [s * 18, y + 96],
    [s * 6, y + 60],
    [s * neck * 0.8, y + 20],
  ];
  const cords = [-1, 1]
    .map(
      (s) =>
        line(
          openPath([
            [s * 30, y + 84],
            [s * 34, y + 150],
            [s * 28, y + 206],
          ]),
          '#f0ece2',
          6,
        ) + line(`M${n(s * 28)} ${n(y + 206)}v16`, '#c9c2b0', 9),
    )
    .join('');
  return {
    behind: cloth(sitting, back, shade(color, 0.35)),
    torso:
      garment(sitting, color, 56, 8) +
      cloth(sitting, flap(-1), lighten(color, 0.1)) +
      cloth(sitting, flap(1), lighten(color, 0.02)) +
      cords,
  };
}

export function jacket(sitting: Sitting, color: Color): Dress {
  const y = neckY(sitting);
  const { neck, shoulder } = bodyOf(sitting);
  const k = shoulder / 210;
  const under = sitting.person.under ?? '#d9d4c8';
  const collar: Curve = [
    [neck + 4, y - 46],
    [neck + 34, y - 40],
    [110 * k, y + 60],
    [70 * k, y + 90],
    [44 * k, y + 50],
    [neck - 6, y + 6],
  ];
  const zip =
    line(
      openPath([
        [48 * k, y + 60],
        [22 * k, y + 240],
        [20 * k, y + 1300],
      ]),
      '#c9ccd2',
      6,
    ) +
    line(
      openPath([
        [-48 * k, y + 60],
        [-22 * k, y + 240],
        [-20 * k, y + 1300],
      ]),
      '#c9ccd2',
      6,
    );
  const front: Curve = [
    [-58 * k, y - 4],
    [0, y + 44],
    [58 * k, y - 4],
    [46 * k, y + 90],
    [20 * k, y + 260],
    [20 * k, y + 1300],
    [-20 * k, y + 1300],
    [-20 * k, y + 260],
    [-46 * k, y + 90],
  ];
  return {
    torso:
      garment(sitting, color, 40, 9) +
      cloth(sitting, front, under) +
      neckband(sitting, under, 44, 9) +
      zip +
      cloth(sitting, mirrored(collar), lighten(color, 0.14)) +
      cloth(sitting, collar, lighten(color, 0.06)),
  };
}
