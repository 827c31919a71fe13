import { clampByte } from './clamp.ts';
import { along, createNoise } from './noise.ts';
import type { Plate } from './plate.ts';

/** How far a dab drags the color under it, share of the width. */
const DRAG = 0.0017;

/** Brush dabs that drag color along a slowly turning direction, their ridges in the light, and canvas below. */
export function oilPaint(plate: Plate, seed: number): Plate {
  const { width, height, data } = plate;
  const out = new Uint8Array(data.length);
  const noise = createNoise(seed, 'oil');
  const unit = 1024 / Math.min(width, height);
  const drag = Math.min(width, height) * DRAG * 2;
  for (let y = 0, i = 0; y < height; y += 1) {
    const v = y * unit;
    const turns = noise.row(v * 0.006);
    for (let x = 0; x < width; x += 1, i += 3) {
      const u = x * unit;
      const turn = along(turns, u * 0.006) * 3;
      const forth = u * (0.8 + turn * 0.2) + v * 0.5;
      const across = v * 0.8 - u * (0.5 - turn * 0.2);
      const dab = noise.at(forth * 0.05, across * 0.17);
      const sx = Math.min(width - 1, Math.max(0, x + dab * drag + 0.5)) | 0;
      const sy = Math.min(height - 1, Math.max(0, y + noise.at(forth * 0.06 + 50, across * 0.2) * drag + 0.5)) | 0;
      const j = (sy * width + sx) * 3;
      const ridge = noise.at(forth * 0.07, across * 0.42) * 13 + dab * 7;
      const weave = ((x & 3) === 0 ? -1.6 : 0) + ((y & 3) === 0 ? -1.6 : 0);
      out[i] = clampByte(data[j]! + ridge + weave);
      out[i + 1] = clampByte(data[j + 1]! + ridge + weave);
      out[i + 2] = clampByte(data[j + 2]! + ridge * 0.85 + weave);
    }
  }
  return { data: out, width, height, channels: 3 };
}
