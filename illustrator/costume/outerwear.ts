import { lighten, shade, type Color } from '../drawing/color.ts';
import { closedPath, mirrored, n, openPath, type Curve } from '../drawing/geometry.ts';
import type { Sitting } from '../drawing/sitting.ts';
import { clipped, line } from '../drawing/svg.ts';
import { bodyOf, cloth, neckY } from './cloth.ts';
import type { Dress } from './dress.ts';
import { garment, neckband } from './garment.ts';
import { lapels } from './tailored.ts';

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

export function scarf(sitting: Sitting, color: Color): Dress {
  const y = neckY(sitting);
  const { neck, shoulder } = bodyOf(sitting);
  const wool = '#c0604a';
  const wrap: Curve = [
    [-neck - 30, y - 46],
    [0, y - 26],
    [neck + 30, y - 46],
    [neck + 56, y + 4],
    [neck + 34, y + 52],
    [0, y + 74],
    [-neck - 34, y + 52],
    [-neck - 56, y + 4],
  ];
  const end: Curve = [
    [20, y + 40],
    [84, y + 44],
    [104, y + 180],
    [112, y + 330],
    [40, y + 334],
    [34, y + 180],
  ];
  const stripes = [150, 200, 280]
    .map((dy) => line(`M${n(38)} ${n(y + dy)}l${n(70)} 2`, lighten(wool, 0.45), 10, 0.8))
    .join('');
  const folds =
    line(
      openPath([
        [-neck - 30, y - 8],
        [0, y + 22],
        [neck + 36, y - 8],
      ]),
      shade(wool, 0.6),
      4.5,
      0.6,
    ) +
    line(
      openPath([
        [-neck - 24, y + 24],
        [-10, y + 46],
        [neck + 20, y + 26],
      ]),
      shade(wool, 0.6),
      4,
      0.5,
    );
  const coat = lapels(sitting, color, shoulder / 210);
  return {
    torso:
      garment(sitting, color, 60, 8) +
      coat +
      cloth(sitting, end, shade(wool, 0.14)) +
      clipped(stripes, sitting.defs.clip(closedPath(end))) +
      cloth(sitting, wrap, wool) +
      folds,
  };
}

export function jacket(sitting: Sitting, color: Color): Dress {
  const y = neckY(sitting);
  const { neck, shoulder } = bodyOf(sitting);
  const k = shoulder / 210;
  const under = '#d9d4c8';
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
