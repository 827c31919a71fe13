import { lighten, shade, type Color } from '../drawing/color.ts';
import { openPath, type Curve } from '../drawing/geometry.ts';
import type { Sitting } from '../drawing/sitting.ts';
import { line } from '../drawing/svg.ts';
import { bodyOf, cloth, neckY, torsoCurve, torsoShading } from './cloth.ts';
import { patternOn } from './pattern.ts';

/** The torso with an opening at the neck; `drop` is how deep the neckline hangs. */
export function garmentCurve(sitting: Sitting, drop: number, grow = 4): Curve {
  const shape = torsoCurve(sitting, grow);
  const middle = shape.length / 2;
  return [...shape.slice(0, middle - 1), ...neckline(sitting, drop), ...shape.slice(middle + 1)];
}

function neckline(sitting: Sitting, drop: number): Curve {
  const y = neckY(sitting);
  const { neck } = bodyOf(sitting);
  return [
    [-neck - 14, y - 12],
    [-neck * 0.7, y + drop * 0.72],
    [0, y + drop],
    [neck * 0.7, y + drop * 0.72],
    [neck + 14, y - 12],
  ];
}

/** A body in cloth, open at the neck. */
export function garment(sitting: Sitting, color: Color, drop: number, grow = 4): string {
  const curve = garmentCurve(sitting, drop, grow);
  return cloth(sitting, curve, color) + patternOn(sitting, color, curve) + torsoShading(sitting, color, curve);
}

export function neckband(sitting: Sitting, color: Color, drop: number, width: number): string {
  const d = openPath(neckline(sitting, drop));
  return line(d, shade(color, 0.5), width + 4) + line(d, lighten(color, 0.1), width);
}
