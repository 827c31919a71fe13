import { clampByte } from './clamp.ts';
import type { Plate } from './plate.ts';

/** Distance of the slats' shadows, share of the height. */
const SLAT_PITCH = 0.105;
const SLANT = 0.16;
/** Of the exposure's curve, a level of light. */
const STEPS = 8;

/** Black and white, hard light from the left through a blind; a bright bar always crosses the eyes. */
export function blindLight(plate: Plate, figure: Plate, eyesAt: number, skinLightness: number): Plate {
  const { width, height, data } = plate;
  // Faces of every skin are exposed for, as a lighting man would: the darker, the more light.
  const gamma = Math.min(0.95, 0.3 + skinLightness * 0.72);
  const exposed = Float32Array.from({ length: 256 * STEPS }, (_, i) => 255 * (i / (255 * STEPS)) ** gamma);
  const pitch = Math.min(width, height) * SLAT_PITCH;
  for (let y = 0, i = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, i += 3) {
      const raw = 0.36 * data[i]! + 0.54 * data[i + 1]! + 0.1 * data[i + 2]!;
      const solid = figure.data[(y * width + x) * 4 + 3]! / 255;
      const luma = raw + (exposed[(raw * STEPS + 0.5) | 0]! - raw) * solid;
      const t = (y - eyesAt * height - (x - width / 2) * SLANT) / pitch;
      const distance = Math.abs(t - Math.round(t)) * 2;
      const bar = Math.min(1, Math.max(0, (0.66 - distance) * 5));
      const side = 1.32 - 0.62 * (x / width);
      // The set lies deeper in the dark, so that the sitter stands out of it.
      const floor = 0.46 + 0.26 * solid;
      let v = luma * (floor + 0.32 * bar) * side;
      v = (v - 96) * 1.2 + 92;
      const lifted = v < 40 ? 14 + v * 0.65 : v;
      data[i] = clampByte(lifted * 1.01);
      data[i + 1] = clampByte(lifted);
      data[i + 2] = clampByte(lifted * 0.975);
    }
  }
  return plate;
}
