import { lighten, shade, type Color } from '../drawing/color.ts';
import { n, openPath, type Curve } from '../drawing/geometry.ts';
import type { Sitting } from '../drawing/sitting.ts';
import { ellipse, line, repeat } from '../drawing/svg.ts';
import { bodyOf, cloth, neckY } from './cloth.ts';
import type { Dress } from './dress.ts';
import { garment, neckband } from './garment.ts';
import { shirtCollar } from './tailored.ts';

export function sweater(sitting: Sitting, color: Color): Dress {
  const y = neckY(sitting);
  const { neck } = bodyOf(sitting);
  const ribs = repeat(9, (i) => {
    const t = (i - 4) / 4;
    return line(`M${n(t * (neck + 4))} ${n(y + 34 - t * t * 42)}l${n(t * 6)} 20`, shade(color, 0.65), 3, 0.4);
  });
  return { torso: garment(sitting, color, 44, 9) + neckband(sitting, color, 44, 22) + ribs };
}

/** Open knit with buttons over a shirt. */
export function cardigan(sitting: Sitting, color: Color): Dress {
  const y = neckY(sitting);
  const k = bodyOf(sitting).shoulder / 210;
  const { neck } = bodyOf(sitting);
  const under = sitting.person.under ?? '#f1ede4';
  const side = (s: 1 | -1): Curve => [
    [s * (neck + 8), y - 26],
    [s * (neck + 44), y + 2],
    [s * 90 * k, y + 130],
    [s * 24 * k, y + 330],
    [s * 20 * k, y + 1300],
    [s * 2, y + 1300],
    [s * 2, y + 320],
    [s * 48 * k, y + 120],
  ];
  const buttons = [350, 440, 530].map((dy) => ellipse({ x: 0, y: y + dy, rx: 9, ry: 9 }, shade(color, 0.75))).join('');
  const front: Curve = [
    [-neck, y - 30],
    [neck, y - 30],
    [64 * k, y + 120],
    [0, y + 345],
    [-64 * k, y + 120],
  ];
  return {
    torso:
      garment(sitting, color, 60, 9) +
      cloth(sitting, front, under) +
      shirtCollar(sitting, lighten(under, 0.2), k) +
      cloth(sitting, side(-1), lighten(color, 0.14)) +
      cloth(sitting, side(1), lighten(color, 0.08)) +
      line(
        openPath([
          [1, y + 330],
          [2, y + 700],
          [2, y + 1300],
        ]),
        shade(color, 0.6),
        3,
        0.6,
      ) +
      buttons,
  };
}
