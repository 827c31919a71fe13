import { clampByte } from './clamp.ts';
import type { Plate } from './plate.ts';

const LEFT = [255, 60, 176] as const;
const RIGHT = [38, 226, 244] as const;

/** Signs on both sides of the street: magenta from the left, cyan from the right, the middle stays itself. */
export function neonWash(plate: Plate, figure: Plate): Plate {
  const { width, height, data } = plate;
  for (let y = 0, i = 0, a = 3; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, i += 3, a += 4) {
      const solid = figure.data[a]! / 255;
      if (solid === 0) continue;
      const t = (x / width - 0.5) * 2;
      const strength = Math.min(0.42, Math.max(0, Math.abs(t) - 0.08) * 0.7) * solid;
      const light = t < 0 ? LEFT : RIGHT;
      const luma = (0.3 * data[i]! + 0.59 * data[i + 1]! + 0.11 * data[i + 2]!) / 255;
      for (let c = 0; c < 3; c += 1) {
        const lit = light[c]! * (0.22 + luma * 0.95);
        data[i + c] = clampByte(data[i + c]! * (1 - solid * 0.08) + (lit - data[i + c]!) * strength);
      }
    }
  }
  return plate;
}
