import { lighten, type Color } from '../drawing/color.ts';
import { n, openPath, type Curve } from '../drawing/geometry.ts';
import type { Sitting } from '../drawing/sitting.ts';
import { fill, glow, line } from '../drawing/svg.ts';
import { bodyOf, cloth, neckY, torsoCurve, torsoShading } from './cloth.ts';
import type { Dress } from './dress.ts';

export function techwear(sitting: Sitting, color: Color): Dress {
  const y = neckY(sitting);
  const { neck, shoulder } = bodyOf(sitting);
  const k = shoulder / 210;
  const { defs } = sitting;
  const neon = (curve: Curve, tone: Color): string =>
    line(openPath(curve), tone, 15, 0.22) +
    line(openPath(curve), tone, 6) +
    line(openPath(curve), lighten(tone, 0.7), 2);
  const cyan: Color = '#28e6f2';
  const magenta: Color = '#ff3fb0';
  const collar: Curve = [
    [-neck - 14, y - 74],
    [0, y - 40],
    [neck + 30, y - 86],
    [neck + 52, y + 6],
    [40, y + 84],
    [0, y + 92],
    [-40, y + 80],
    [-neck - 46, y + 6],
  ];
  const strap =
    line(
      openPath([
        [-150 * k, y + 52],
        [-40, y + 220],
        [90 * k, y + 420],
        [140 * k, y + 1200],
      ]),
      '#0f1016',
      34,
    ) +
    line(
      openPath([
        [-150 * k, y + 52],
        [-40, y + 220],
        [90 * k, y + 420],
      ]),
      '#3a3d4a',
      24,
    ) +
    fill(`M-66 ${n(y + 170)}l44 -22l20 40l-44 22Z`, '#9aa0ad');
  const pads = [-1, 1]
    .map((s) =>
      cloth(
        sitting,
        [
          [s * 140 * k, y + 38],
          [s * 206 * k, y + 48],
          [s * 250 * k, y + 124],
          [s * 244 * k, y + 190],
          [s * 176 * k, y + 130],
        ],
        lighten(color, 0.14),
      ),
    )
    .join('');
  return {
    torso:
      cloth(sitting, torsoCurve(sitting, 10), color) +
      torsoShading(sitting, color) +
      pads +
      strap +
      neon(
        [
          [-206 * k, y + 60],
          [-238 * k, y + 124],
          [-234 * k, y + 186],
        ],
        cyan,
      ) +
      neon(
        [
          [206 * k, y + 60],
          [238 * k, y + 124],
          [234 * k, y + 186],
        ],
        magenta,
      ) +
      glow(defs, { x: 120 * k, y: y + 210, rx: 40, ry: 40 }, cyan, 0.6) +
      line(`M${n(104 * k)} ${n(y + 200)}h34m-34 14h22m-22 14h30`, cyan, 5) +
      cloth(sitting, collar, lighten(color, 0.1)) +
      neon(
        [
          [-neck - 14, y - 70],
          [0, y - 36],
          [neck + 30, y - 82],
        ],
        magenta,
      ) +
      neon(
        [
          [0, y + 20],
          [2, y + 80],
          [2, y + 300],
          [2, y + 1200],
        ],
        cyan,
      ),
  };
}
