import { garment, garmentCurve } from './garment.ts';
import { lighten, shade, type Color } from '../drawing/color.ts';
import { closedPath, n, openPath, type Curve } from '../drawing/geometry.ts';
import type { Sitting } from '../drawing/sitting.ts';
import { clipped, ellipse, fill, line, repeat } from '../drawing/svg.ts';
import { bodyOf, cloth, neckY, torsoShading } from './cloth.ts';
import type { Dress } from './dress.ts';
import { GOLD } from './gold.ts';

export function robe(sitting: Sitting, color: Color, lining: Color): Dress {
  const y = neckY(sitting);
  const { neck, shoulder } = bodyOf(sitting);
  const k = shoulder / 210;
  const torso = garmentCurve(sitting, 60, 16);
  const random = sitting.random('robe stars');
  const star = (x: number, sy: number, r: number): string =>
    fill(
      `M${n(x)} ${n(sy - r)}L${n(x + r * 0.24)} ${n(sy - r * 0.24)}L${n(x + r)} ${n(sy)}L${n(x + r * 0.24)} ${n(sy + r * 0.24)}L${n(x)} ${n(sy + r)}L${n(x - r * 0.24)} ${n(sy + r * 0.24)}L${n(x - r)} ${n(sy)}L${n(x - r * 0.24)} ${n(sy - r * 0.24)}Z`,
      '#f4e3a8',
      0.9,
    );
  const stars = repeat(44, () => star(random.between(-320, 320), y + random.between(40, 760), random.between(4, 11)));
  const stole = (s: 1 | -1): Curve => [
    [s * (neck + 2), y - 40],
    [s * (neck + 50), y - 10],
    [s * 108 * k, y + 120],
    [s * 84 * k, y + 400],
    [s * 84 * k, y + 1300],
    [s * 18 * k, y + 1300],
    [s * 18 * k, y + 330],
    [s * 40 * k, y + 90],
  ];
  const trim = [-1, 1]
    .map(
      (s) =>
        cloth(sitting, stole(s as 1 | -1), lighten(color, 0.14)) +
        line(
          openPath([
            [s * (neck + 50), y - 10],
            [s * 108 * k, y + 120],
            [s * 84 * k, y + 400],
            [s * 84 * k, y + 1300],
          ]),
          GOLD,
          8,
        ) +
        line(
          openPath([
            [s * (neck + 2), y - 40],
            [s * 40 * k, y + 90],
            [s * 18 * k, y + 330],
            [s * 18 * k, y + 1300],
          ]),
          GOLD,
          8,
        ),
    )
    .join('');
  const brooch =
    ellipse({ x: 0, y: y + 214, rx: 24, ry: 28 }, GOLD) +
    ellipse({ x: 0, y: y + 214, rx: 15, ry: 19 }, '#3f8fd0') +
    ellipse({ x: -5, y: y + 206, rx: 5, ry: 6 }, '#e8f6ff');
  return {
    torso:
      cloth(sitting, torso, color) +
      clipped(stars, sitting.defs.clip(closedPath(torso))) +
      torsoShading(sitting, color, torso) +
      cloth(
        sitting,
        [
          [-neck - 4, y - 20],
          [neck + 4, y - 20],
          [30, y + 200],
          [-30, y + 200],
        ],
        shade(lining, 0.4),
      ) +
      trim +
      brooch,
  };
}

export function cloak(sitting: Sitting, color: Color): Dress {
  const y = neckY(sitting);
  const { neck, shoulder } = bodyOf(sitting);
  const k = shoulder / 210;
  const drape = (s: 1 | -1): Curve => [
    [s * (neck - 2), y - 34],
    [s * (neck + 70), y - 36],
    [s * 190 * k, y + 26],
    [s * 262 * k, y + 130],
    [s * 300 * k, y + 420],
    [s * 300 * k, y + 1300],
    [s * 90 * k, y + 1300],
    [s * 60 * k, y + 420],
    [s * 30, y + 110],
    [s * 8, y + 66],
  ];
  const folds = (s: 1 | -1): string =>
    [0.42, 0.66, 0.86]
      .map((t) =>
        line(
          openPath([
            [s * 90 * k * t + s * 16, y + 40],
            [s * 170 * k * t + s * 20, y + 200],
            [s * 190 * k * t + s * 20, y + 1200],
          ]),
          shade(color, 0.8),
          5,
          0.35,
        ),
      )
      .join('');
  const leather = '#5b4230';
  const clasp =
    ellipse({ x: 0, y: y + 84, rx: 23, ry: 23 }, shade(GOLD, 0.3)) +
    ellipse({ x: 0, y: y + 84, rx: 18, ry: 18 }, GOLD) +
    line(
      `M0 ${n(y + 74)}C10 ${n(y + 80)} 8 ${n(y + 92)} 0 ${n(y + 96)}C-8 ${n(y + 92)} -10 ${n(y + 80)} 0 ${n(y + 74)}Z`,
      shade(GOLD, 0.7),
      3,
    );
  const laces = [130, 170, 210]
    .map((dy) =>
      line(`M-22 ${n(y + dy)}L22 ${n(y + dy + 24)}M22 ${n(y + dy)}L-22 ${n(y + dy + 24)}`, '#d8c39a', 4, 0.8),
    )
    .join('');
  return {
    torso:
      garment(sitting, leather, 60) +
      laces +
      cloth(sitting, drape(-1), lighten(color, 0.06)) +
      cloth(sitting, drape(1), color) +
      folds(-1) +
      folds(1) +
      clasp,
  };
}
