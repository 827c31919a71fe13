import type { Plate, Size } from './plate.ts';

/** Values that a point between two is made of: two on each side. */
const TAPS = 4;

/** For each target position the four source positions it is made of, and their shares. */
interface Taps {
  readonly from: Int32Array;
  readonly share: Float32Array;
}

/**
 * The opaque picture at a larger size, smoothly (Catmull-Rom): what sharp's `cubic` does, at a third of its time.
 * A picture of that size already is returned as it is.
 */
export function enlarged(plate: Plate, { widthPx, heightPx }: Size): Plate {
  const { data, width, height } = plate;
  if (width === widthPx && height === heightPx) return plate;
  const across = tapsOf(width, widthPx, 3);
  const down = tapsOf(height, heightPx, width * 3);
  // Rounds and clamps what is written.
  const out = new Uint8ClampedArray(widthPx * heightPx * 3);
  const row = new Float32Array(width * 3);
  const { from, share } = across;
  for (let y = 0, o = 0; y < heightPx; y += 1) {
    blendRows(data, down, y * TAPS, row);
    for (let t = 0; t < from.length; t += TAPS, o += 3) {
      const i = from[t]!;
      const j = from[t + 1]!;
      const k = from[t + 2]!;
      const l = from[t + 3]!;
      const p = share[t]!;
      const q = share[t + 1]!;
      const r = share[t + 2]!;
      const s = share[t + 3]!;
      out[o] = row[i]! * p + row[j]! * q + row[k]! * r + row[l]! * s;
      out[o + 1] = row[i + 1]! * p + row[j + 1]! * q + row[k + 1]! * r + row[l + 1]! * s;
      out[o + 2] = row[i + 2]! * p + row[j + 2]! * q + row[k + 2]! * r + row[l + 2]! * s;
    }
  }
  return { data: new Uint8Array(out.buffer), width: widthPx, height: heightPx, channels: 3 };
}

function blendRows(data: Uint8Array, { from, share }: Taps, at: number, row: Float32Array): void {
  const i = from[at]!;
  const j = from[at + 1]!;
  const k = from[at + 2]!;
  const l = from[at + 3]!;
  const p = share[at]!;
  const q = share[at + 1]!;
  const r = share[at + 2]!;
  const s = share[at + 3]!;
  for (let x = 0; x < row.length; x += 1)
    row[x] = data[i + x]! * p + data[j + x]! * q + data[k + x]! * r + data[l + x]! * s;
}

/** `step` apart lie the values; beyond the ends the last one goes on. */
function tapsOf(count: number, target: number, step: number): Taps {
  const from = new Int32Array(target * TAPS);
  const share = new Float32Array(target * TAPS);
  for (let x = 0; x < target; x += 1) {
    const at = ((x + 0.5) * count) / target - 0.5;
    const t = at - Math.floor(at);
    const shares = [((-t + 2) * t - 1) * t, (3 * t - 5) * t * t + 2, ((-3 * t + 4) * t + 1) * t, (t - 1) * t * t];
    for (let tap = 0; tap < TAPS; tap += 1) {
      from[x * TAPS + tap] = Math.min(count - 1, Math.max(0, Math.floor(at) + tap - 1)) * step;
      share[x * TAPS + tap] = shares[tap]! / 2;
    }
  }
  return { from, share };
}
