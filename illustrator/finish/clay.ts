import { clampByte } from './clamp.ts';
import { createNoise } from './noise.ts';
import type { Plate } from './plate.ts';

/** How far edges wander under the thumb, share of the width. */
const WANDER = 0.0034;

/** Hand-worked plasticine: wandering edges, dents, and patches of fingerprint; felt fibres on the set. */
export function clayed(plate: Plate, figure: Plate, seed: number): Plate {
  const { width, height, data } = plate;
  const out = new Uint8Array(data.length);
  const noise = createNoise(seed, 'clay');
  const unit = 1024 / Math.min(width, height);
  const wander = Math.min(width, height) * WANDER;
  for (let y = 0, i = 0; y < height; y += 1) {
    const v = y * unit;
    for (let x = 0; x < width; x += 1, i += 3) {
      const u = x * unit;
      const sx = Math.min(width - 1, Math.max(0, Math.round(x + noise(u * 0.03, v * 0.03) * 2 * wander)));
      const sy = Math.min(height - 1, Math.max(0, Math.round(y + noise(u * 0.03 + 70, v * 0.03 + 20) * 2 * wander)));
      const j = (sy * width + sx) * 3;
      const solid = figure.data[(sy * width + sx) * 4 + 3]! / 255;
      const dent = noise(u * 0.02 + 11, v * 0.02) * 14 + noise(u * 0.06, v * 0.06 + 50) * 8;
      const whorl = Math.hypot(noise(u * 0.004, v * 0.004) * 260 + u * 0.5, v + noise(u * 0.006 + 40, v * 0.006) * 220);
      const patch = Math.max(0, noise(u * 0.011 + 120, v * 0.011 + 33) - 0.06) * 3.2;
      const print = Math.sin(whorl * 0.62) * 9 * Math.min(1, patch);
      const fiber = noise(u * 0.5 + v * 0.1, v * 0.09) * 13 + noise(u * 0.07, v * 0.45) * 11;
      const bump = (dent + print) * solid + fiber * (1 - solid);
      for (let c = 0; c < 3; c += 1) out[i + c] = clampByte(data[j + c]! + bump);
    }
  }
  return { data: out, width, height, channels: 3 };
}
