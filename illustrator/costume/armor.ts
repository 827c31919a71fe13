import { lighten, shade, type Color } from '../drawing/color.ts';
import { closedPath, n, openPath, type Curve } from '../drawing/geometry.ts';
import type { Sitting } from '../drawing/sitting.ts';
import { fill, line } from '../drawing/svg.ts';
import { bodyOf, cloth, neckY, torsoCurve } from './cloth.ts';
import type { Dress } from './dress.ts';
import { GOLD } from './gold.ts';

export function armor(sitting: Sitting, steel: Color): Dress {
  const y = neckY(sitting);
  const { neck, shoulder } = bodyOf(sitting);
  const k = shoulder / 210;
  const metal =
    sitting.manner.shading === 'soft'
      ? sitting.defs.linear(
          [
            [0, lighten(steel, 0.6)],
            [0.24, steel],
            [0.42, lighten(steel, 0.5)],
            [0.66, shade(steel, 0.4, '#20304a')],
            [1, shade(steel, 0.75, '#20304a')],
          ],
          0,
          0,
          0.8,
          1,
        )
      : steel;
  const plate = (curve: Curve): string => {
    const d = closedPath(curve);
    return (
      fill(d, metal) +
      line(d, sitting.manner.lineWidth ? '#2a2c38' : shade(steel, 0.8, '#20304a'), sitting.manner.lineWidth || 3.4, 0.9)
    );
  };
  const pauldron = (s: 1 | -1): string =>
    [2, 1, 0]
      .map((i) =>
        plate([
          [s * 116 * k, y + 34 + i * 30],
          [s * 190 * k, y + 6 + i * 34],
          [s * 262 * k, y + 56 + i * 42],
          [s * 290 * k, y + 140 + i * 46],
          [s * 236 * k, y + 158 + i * 46],
          [s * 170 * k, y + 110 + i * 36],
        ]),
      )
      .join('') +
    line(
      openPath([
        [s * 122 * k, y + 40],
        [s * 190 * k, y + 16],
        [s * 254 * k, y + 62],
        [s * 280 * k, y + 136],
      ]),
      GOLD,
      7,
      0.95,
    );
  const breast: Curve = [
    [-150 * k, y + 60],
    [0, y + 36],
    [150 * k, y + 60],
    [176 * k, y + 240],
    [150 * k, y + 480],
    [150 * k, y + 1300],
    [-150 * k, y + 1300],
    [-150 * k, y + 480],
    [-176 * k, y + 240],
  ];
  const gorget: Curve = [
    [-neck - 14, y - 58],
    [0, y - 40],
    [neck + 14, y - 58],
    [neck + 44, y + 8],
    [96 * k, y + 56],
    [0, y + 96],
    [-96 * k, y + 56],
    [-neck - 44, y + 8],
  ];
  const emblem =
    fill(
      `M0 ${n(y + 150)}L16 ${n(y + 196)}L60 ${n(y + 206)}L16 ${n(y + 220)}L0 ${n(y + 300)}L-16 ${n(y + 220)}L-60 ${n(y + 206)}L-16 ${n(y + 196)}Z`,
      GOLD,
    ) + fill(`M0 ${n(y + 150)}L16 ${n(y + 196)}L0 ${n(y + 300)}Z`, lighten(GOLD, 0.4));
  return {
    torso:
      cloth(sitting, torsoCurve(sitting, 6), '#5a6270') +
      plate(breast) +
      emblem +
      pauldron(-1) +
      pauldron(1) +
      plate(gorget) +
      line(
        openPath([
          [-neck - 14, y - 56],
          [0, y - 38],
          [neck + 14, y - 56],
        ]),
        GOLD,
        8,
      ) +
      line(
        openPath([
          [-92 * k, y + 54],
          [0, y + 92],
          [92 * k, y + 54],
        ]),
        GOLD,
        5,
        0.9,
      ),
  };
}
