import { darken, shade, type Color } from '../drawing/color.ts';
import { n, openPath, type Curve } from '../drawing/geometry.ts';
import type { Sitting } from '../drawing/sitting.ts';
import { fill, line, repeat } from '../drawing/svg.ts';
import { bodyOf, cloth, neckY, torsoCurve, torsoShading } from './cloth.ts';
import type { Dress } from './dress.ts';

export function scout(sitting: Sitting, color: Color): Dress {
  const y = neckY(sitting);
  const { neck, shoulder } = bodyOf(sitting);
  const k = shoulder / 210;
  const wrapTone: Color = '#a8432f';
  const wrap: Curve = [
    [-neck - 34, y - 52],
    [0, y - 26],
    [neck + 34, y - 52],
    [neck + 70, y + 10],
    [70, y + 92],
    [10, y + 172],
    [-50, y + 100],
    [-neck - 70, y + 10],
  ];
  const folds = [
    [-8, 26],
    [22, 64],
    [52, 104],
  ]
    .map(([a = 0, b = 0]) =>
      line(
        openPath([
          [-neck - 24, y + a],
          [0, y + b],
          [neck + 30, y + a - 6],
        ]),
        shade(wrapTone, 0.7),
        5,
        0.55,
      ),
    )
    .join('');
  const strap =
    line(
      openPath([
        [176 * k, y + 44],
        [40, y + 230],
        [-90 * k, y + 420],
        [-130 * k, y + 1200],
      ]),
      '#3a2a1f',
      34,
    ) +
    line(
      openPath([
        [176 * k, y + 44],
        [40, y + 230],
        [-90 * k, y + 420],
      ]),
      '#6a4c34',
      24,
    ) +
    fill(`M62 ${n(y + 164)}l34 26l-26 34l-34 -26Z`, '#c0a060');
  const patches =
    cloth(
      sitting,
      [
        [-214 * k, y + 84],
        [-160 * k, y + 74],
        [-150 * k, y + 146],
        [-206 * k, y + 158],
      ],
      darken(color, 0.25),
      { fine: true },
    ) + repeat(4, (i) => line(`M${n(-214 * k + i * 18)} ${n(y + 80)}l2 12`, '#d8c49a', 3.4, 0.8));
  return {
    torso:
      cloth(sitting, torsoCurve(sitting, 10), color) +
      torsoShading(sitting, color) +
      patches +
      strap +
      cloth(sitting, wrap, wrapTone) +
      folds,
  };
}
