import { clampByte } from './clamp.ts';
import { createNoise } from './noise.ts';
import type { Plate } from './plate.ts';

/** How far edges wander, share of the width. */
const WANDER = 0.006;
const PAPER = [250, 246, 236] as const;

/** Washes on paper: wandering edges, uneven pigment with darker rims, paper grain, and the sitter fading out below. */
export function watercolor(plate: Plate, set: Plate, seed: number, fades: boolean): Plate {
  const { width, height, data } = plate;
  const out = new Uint8Array(data.length);
  const noise = createNoise(seed, 'watercolour');
  const unit = 512 / Math.min(width, height);
  const wander = Math.min(width, height) * WANDER;
  const rim = Math.max(1, Math.round(Math.min(width, height) / 256));
  for (let y = 0, i = 0; y < height; y += 1) {
    const v = y * unit;
    for (let x = 0; x < width; x += 1, i += 3) {
      const u = x * unit;
      const bend = noise(u * 0.05, v * 0.05);
      const sx = Math.min(
        width - 1 - rim,
        Math.max(rim, Math.round(x + (bend + noise(u * 0.16, v * 0.16) * 0.5) * 2 * wander)),
      );
      const sy = Math.min(
        height - 1 - rim,
        Math.max(
          rim,
          Math.round(y + (noise(u * 0.05 + 90, v * 0.05 + 40) + noise(u * 0.16 + 7, v * 0.16 + 70) * 0.5) * 2 * wander),
        ),
      );
      const j = (sy * width + sx) * 3;
      const right = j + rim * 3;
      const below = j + rim * width * 3;
      const edge = Math.min(
        46,
        Math.abs(data[j]! - data[right]!) +
          Math.abs(data[j + 1]! - data[below + 1]!) +
          Math.abs(data[j + 2]! - data[below + 2]!),
      );
      const blotch = noise(u * 0.018, v * 0.018) * 0.3 + noise(u * 0.07 + 9, v * 0.07) * 0.16;
      const grain = noise(u * 1.1, v * 1.1) * 9 + noise(u * 0.4, v * 0.4) * 5;
      // The brush leaves the paper white towards the lower rim, raggedly.
      const ragged = y / height + noise(u * 0.03 + 30, v * 0.03) * 0.16 + noise(u * 0.12, v * 0.12 + 9) * 0.05;
      const sides = Math.abs(x / width - 0.5) + noise(u * 0.04, v * 0.04 + 60) * 0.1;
      const keep = !fades
        ? 1
        : Math.min(1, Math.max(0, (0.93 - ragged) * 14)) * Math.min(1, Math.max(0, (0.46 - sides) * 16));
      const mean = (data[j]! + data[j + 1]! + data[j + 2]!) / 3;
      // Dark pigment hides the paper: blotches on it would look like fog.
      const lift = ((fades ? 0.2 : 0.13) + blotch) * (0.35 + (0.65 * mean) / 200);
      for (let c = 0; c < 3; c += 1) {
        const pigment = mean + (data[j + c]! - mean) * 1.32;
        const wash = pigment + (PAPER[c]! - pigment) * lift - edge * 0.5 * (pigment / 255);
        out[i + c] = clampByte(wash * keep + (set.data[i + c]! - edge * 0.2 * keep) * (1 - keep) + grain);
      }
    }
  }
  return { data: out, width, height, channels: 3 };
}
