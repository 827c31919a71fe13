import { lighten, lightness, shade, type Color } from '../drawing/color.ts';
import { n, openPath, type Curve } from '../drawing/geometry.ts';
import type { Sitting } from '../drawing/sitting.ts';
import { ellipse, line, repeat } from '../drawing/svg.ts';
import { bodyOf, cloth, neckY, torsoShading } from './cloth.ts';
import type { Dress } from './dress.ts';
import { garment, garmentCurve, neckband } from './garment.ts';
import { patternOn } from './pattern.ts';
import { shirtCollar } from './tailored.ts';

/** Bare shoulders, straps and a deep neckline. */
export function tank(sitting: Sitting, color: Color): Dress {
  const y = neckY(sitting);
  const k = bodyOf(sitting).shoulder / 210;
  const { skin } = sitting.palette;
  const body = garmentCurve(sitting, 20, 0);
  const half = (s: 1 | -1): Curve => [
    [s * 96 * k, y + 26],
    [s * 128 * k, y + 34],
    [s * 140 * k, y + 150],
    [s * 178 * k, y + 250],
    [s * 186 * k, y + 620],
    [s * 186 * k, y + 1400],
  ];
  const neckline: Curve = [
    [-84 * k, y + 40],
    [-58 * k, y + 130],
    [0, y + 160],
    [58 * k, y + 130],
    [84 * k, y + 40],
  ];
  const shape: Curve = [...half(-1).toReversed(), ...neckline, ...half(1)];
  return {
    torso:
      cloth(sitting, body, skin) +
      torsoShading(sitting, skin, body) +
      line(
        openPath([
          [-90 * k, y + 62],
          [-40, y + 50],
          [-10, y + 64],
        ]),
        sitting.palette.skinDeep,
        4,
        0.25,
      ) +
      line(
        openPath([
          [90 * k, y + 62],
          [40, y + 50],
          [10, y + 64],
        ]),
        sitting.palette.skinDeep,
        4,
        0.25,
      ) +
      cloth(sitting, shape, color) +
      patternOn(sitting, color, shape) +
      line(openPath(neckline), shade(color, 0.5), 6, 0.6),
  };
}

export function polo(sitting: Sitting, color: Color): Dress {
  const y = neckY(sitting);
  const k = bodyOf(sitting).shoulder / 210;
  const placket: Curve = [
    [-20, y + 40],
    [20, y + 40],
    [20, y + 190],
    [-20, y + 190],
  ];
  const buttons = [90, 140].map((dy) => ellipse({ x: 0, y: y + dy, rx: 6, ry: 6 }, '#f4f1ea')).join('');
  return {
    torso:
      garment(sitting, color, 50) +
      cloth(sitting, placket, lighten(color, 0.08), { fine: true }) +
      buttons +
      shirtCollar(sitting, lighten(color, 0.16), k),
  };
}

/** Team shirt: V-neck, contrast at neck and sleeves, a number. */
export function jersey(sitting: Sitting, color: Color): Dress {
  const y = neckY(sitting);
  const k = bodyOf(sitting).shoulder / 210;
  const contrast: Color = lightness(color) > 0.75 ? '#26365a' : '#f6f3ea';
  const seams = ([-1, 1] as const)
    .map(
      (s) =>
        line(
          openPath([
            [s * 66 * k, y + 8],
            [s * 130 * k, y + 56],
            [s * 200 * k, y + 66],
          ]),
          contrast,
          11,
          0.95,
        ) +
        line(
          openPath([
            [s * 66 * k, y + 28],
            [s * 130 * k, y + 76],
            [s * 206 * k, y + 88],
          ]),
          contrast,
          5,
          0.8,
        ),
    )
    .join('');
  const seven = `M${n(-46 * k)} ${n(y + 200)}h${n(92 * k)}L${n(-14 * k)} ${n(y + 370)}`;
  return {
    torso: garment(sitting, color, 66) + seams + neckband(sitting, contrast, 66, 14) + line(seven, contrast, 24),
  };
}

/** Soft collar tied into a bow. */
export function blouse(sitting: Sitting, color: Color): Dress {
  const y = neckY(sitting);
  const tone = lighten(color, 0.12);
  const loop = (s: 1 | -1): Curve => [
    [s * 4, y + 66],
    [s * 60, y + 34],
    [s * 84, y + 66],
    [s * 54, y + 100],
  ];
  const end = (s: 1 | -1): Curve => [
    [s * 2, y + 78],
    [s * 34, y + 96],
    [s * 46, y + 220],
    [s * 12, y + 210],
  ];
  const ruffles = repeat(11, (i) => {
    const t = (i - 5) / 5;
    return ellipse(
      { x: t * 74, y: y + 34 - t * t * 62, rx: 15, ry: 19, rotate: t * -30 },
      i % 2 ? tone : lighten(color, 0.3),
    );
  });
  return {
    torso:
      garment(sitting, color, 58) +
      line(`M0 ${n(y + 100)}V${n(y + 1300)}`, shade(color, 0.5), 3, 0.5) +
      ruffles +
      cloth(sitting, end(-1), tone, { fine: true }) +
      cloth(sitting, end(1), tone, { fine: true }) +
      cloth(sitting, loop(-1), tone, { fine: true }) +
      cloth(sitting, loop(1), tone, { fine: true }) +
      ellipse({ x: 0, y: y + 68, rx: 13, ry: 14 }, shade(color, 0.25)),
  };
}
