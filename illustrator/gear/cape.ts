import { bodyOf, cloth, neckY } from '../costume/cloth.ts';
import { lighten, lightness, shade, type Color } from '../drawing/color.ts';
import type { Curve } from '../drawing/geometry.ts';
import type { Sitting } from '../drawing/sitting.ts';
import { ellipse } from '../drawing/svg.ts';

const scale = (sitting: Sitting): number => bodyOf(sitting).shoulder / 210;

/** Behind everything: a cape that falls from the shoulders. */
export function cape(sitting: Sitting, color: Color): { behind: string; clasp: string } {
  const y = neckY(sitting);
  const k = scale(sitting);
  const fall: Curve = [
    [-120 * k, y - 30],
    [-250 * k, y + 60],
    [-330 * k, y + 420],
    [-380 * k, y + 1300],
    [380 * k, y + 1300],
    [330 * k, y + 420],
    [250 * k, y + 60],
    [120 * k, y - 30],
  ];
  const side = (s: 1 | -1): Curve => [
    [s * 50 * k, y - 30],
    [s * 130 * k, y + 6],
    [s * 258 * k, y + 80],
    [s * 300 * k, y + 300],
    [s * 222 * k, y + 160],
    [s * 110 * k, y + 66],
  ];
  const gold: Color = lightness(color) > 0.7 ? '#a8802c' : '#d9b04a';
  return {
    behind: cloth(sitting, fall, shade(color, 0.3)),
    clasp:
      cloth(sitting, side(-1), lighten(color, 0.06)) +
      cloth(sitting, side(1), color) +
      ellipse({ x: -84 * k, y: y + 20, rx: 17, ry: 17 }, gold) +
      ellipse({ x: 84 * k, y: y + 20, rx: 17, ry: 17 }, gold),
  };
}
