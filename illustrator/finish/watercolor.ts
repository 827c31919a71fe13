import { clampByte } from './clamp.ts';
import { along, createNoise } from './noise.ts';
import type { Plate } from './plate.ts';

/** How far edges wander, share of the width. */
const WANDER = 0.006;
const PAPER = [250, 246, 236] as const;

/** Washes on paper: wandering edges, uneven pigment with darker rims, paper grain, and the sitter fading out below. */
export function watercolor(plate: Plate, set: Plate, seed: number, fades: boolean): Plate {
  const { width, height, data } = plate;
  const out = new Uint8Array(data.length);
  const { row } = createNoise(seed, 'watercolour');
  const unit = 512 / Math.min(width, height);
  const wander = Math.min(width, height) * WANDER * 2;
  const rim = Math.max(1, Math.round(Math.min(width, height) / 256));
  for (let y = 0, i = 0; y < height; y += 1) {
    const v = y * unit;
    const bends = row(v * 0.05);
    const fineBends = row(v * 0.16);
    const lifts = row(v * 0.05 + 40);
    const fineLifts = row(v * 0.16 + 70);
    const pools = row(v * 0.018);
    const drops = row(v * 0.07);
    const teeth = row(v * 1.1);
    const fibers = row(v * 0.4);
    const rags = row(v * 0.03);
    const fineRags = row(v * 0.12 + 9);
    const borders = row(v * 0.04 + 60);
    for (let x = 0; x < width; x += 1, i += 3) {
      const u = x * unit;
      const bend = along(bends, u * 0.05);
      const rise = along(lifts, u * 0.05 + 90) + along(fineLifts, u * 0.16 + 7) * 0.5;
      const sx =
        Math.min(width - 1 - rim, Math.max(rim, x + (bend + along(fineBends, u * 0.16) * 0.5) * wander + 0.5)) | 0;
      const sy = Math.min(height - 1 - rim, Math.max(rim, y + rise * wander + 0.5)) | 0;
      const j = (sy * width + sx) * 3;
      const right = j + rim * 3;
      const below = j + rim * width * 3;
      const edge = Math.min(
        46,
        Math.abs(data[j]! - data[right]!) +
          Math.abs(data[j + 1]! - data[below + 1]!) +
          Math.abs(data[j + 2]! - data[below + 2]!),
      );
      const blotch = along(pools, u * 0.018) * 0.3 + along(drops, u * 0.07 + 9) * 0.16;
      const grain = along(teeth, u * 1.1) * 9 + along(fibers, u * 0.4) * 5;
      // The brush leaves the paper white towards the lower rim, raggedly.
      const ragged = y / height + along(rags, u * 0.03 + 30) * 0.16 + along(fineRags, u * 0.12) * 0.05;
      const sides = Math.abs(x / width - 0.5) + along(borders, u * 0.04) * 0.1;
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
