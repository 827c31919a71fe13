import { clampByte } from './clamp.ts';
import { along, createNoise } from './noise.ts';
import type { Plate } from './plate.ts';

/** How far edges wander under the thumb, share of the width. */
const WANDER = 0.0034;

/** Hand-worked plasticine: wandering edges, dents, and patches of fingerprint; felt fibres on the set. */
export function clayed(plate: Plate, figure: Plate, seed: number): Plate {
  const { width, height, data } = plate;
  const out = new Uint8Array(data.length);
  const { row } = createNoise(seed, 'clay');
  const unit = 1024 / Math.min(width, height);
  const wander = Math.min(width, height) * WANDER * 2;
  for (let y = 0, i = 0; y < height; y += 1) {
    const v = y * unit;
    const sideways = row(v * 0.03);
    const upwards = row(v * 0.03 + 20);
    const dents = row(v * 0.02);
    const fineDents = row(v * 0.06 + 50);
    const whorls = row(v * 0.004);
    const arches = row(v * 0.006);
    const patches = row(v * 0.011 + 33);
    const fibers = row(v * 0.09);
    const fuzz = row(v * 0.45);
    for (let x = 0; x < width; x += 1, i += 3) {
      const u = x * unit;
      const sx = Math.min(width - 1, Math.max(0, x + along(sideways, u * 0.03) * wander + 0.5)) | 0;
      const sy = Math.min(height - 1, Math.max(0, y + along(upwards, u * 0.03 + 70) * wander + 0.5)) | 0;
      const from = sy * width + sx;
      const solid = figure.data[from * 4 + 3]! / 255;
      let bump = 0;
      if (solid > 0) {
        const dent = along(dents, u * 0.02 + 11) * 14 + along(fineDents, u * 0.06) * 8;
        const patch = (along(patches, u * 0.011 + 120) - 0.06) * 3.2;
        bump = dent * solid;
        if (patch > 0) {
          const across = along(whorls, u * 0.004) * 260 + u * 0.5;
          const down = v + along(arches, u * 0.006 + 40) * 220;
          const whorl = Math.sqrt(across * across + down * down);
          bump += Math.sin(whorl * 0.62) * 9 * Math.min(1, patch) * solid;
        }
      }
      if (solid < 1) {
        const fiber = along(fibers, u * 0.5 + v * 0.1) * 13 + along(fuzz, u * 0.07) * 11;
        bump += fiber * (1 - solid);
      }
      out[i] = clampByte(data[from * 3]! + bump);
      out[i + 1] = clampByte(data[from * 3 + 1]! + bump);
      out[i + 2] = clampByte(data[from * 3 + 2]! + bump);
    }
  }
  return { data: out, width, height, channels: 3 };
}
