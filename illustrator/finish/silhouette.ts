import type { Plate } from './plate.ts';

/** How far the silhouette is blurred (standard deviation), share of the width. */
const SPREAD = 0.016;
/** The blur is made at a quarter of the size, where the picture has that many pixels. */
const REDUCTION = 4;
const MIN_SIDE_PX = 16;
/** Three running means come as near to a Gaussian as the eye can tell. */
const MEANS = 3;

/** One value a pixel, 0..255. */
interface Field {
  readonly data: Float32Array;
  readonly width: number;
  readonly height: number;
}

/** The sitter's silhouette, blurred: the base of rim light and cast shadow. One byte a pixel. */
export function softSilhouette({ data, width, height }: Plate): Uint8Array {
  const block = Math.max(1, Math.min(REDUCTION, Math.floor(Math.min(width, height) / MIN_SIDE_PX)));
  const small = reducedAlpha(data, width, height, block);
  const sigma = small.width * SPREAD;
  const radius = Math.round((Math.sqrt((12 * sigma * sigma) / MEANS + 1) - 1) / 2);
  for (let pass = 0; pass < MEANS; pass += 1) {
    for (let y = 0; y < small.height; y += 1) smooth(small.data, y * small.width, 1, small.width, radius);
    for (let x = 0; x < small.width; x += 1) smooth(small.data, x, small.width, small.height, radius);
  }
  return enlarged(small, width, height, block);
}

/** Mean opacity of each block of pixels; those at the right and lower rim may be cut. */
function reducedAlpha(pixels: Uint8Array, width: number, height: number, block: number): Field {
  const columns = Math.ceil(width / block);
  const rows = Math.ceil(height / block);
  const data = new Float32Array(columns * rows);
  for (let row = 0, i = 0; row < rows; row += 1) {
    const bottom = Math.min(height, (row + 1) * block);
    for (let column = 0; column < columns; column += 1, i += 1) {
      const right = Math.min(width, (column + 1) * block);
      let sum = 0;
      for (let y = row * block; y < bottom; y += 1)
        for (let x = column * block; x < right; x += 1) sum += pixels[(y * width + x) * 4 + 3]!;
      data[i] = sum / ((bottom - row * block) * (right - column * block));
    }
  }
  return { data, width: columns, height: rows };
}

/** Running mean over `2 * radius + 1` of `count` values, `step` apart; the ends continue outwards. In place. */
function smooth(data: Float32Array, start: number, step: number, count: number, radius: number): void {
  const source = new Float32Array(count + 2 * radius);
  for (let i = 0; i < source.length; i += 1)
    source[i] = data[start + Math.min(count - 1, Math.max(0, i - radius)) * step]!;
  let sum = 0;
  for (let i = 0; i < 2 * radius; i += 1) sum += source[i]!;
  for (let i = 0; i < count; i += 1) {
    sum += source[i + 2 * radius]!;
    data[start + i * step] = sum / (2 * radius + 1);
    sum -= source[i]!;
  }
}

function enlarged({ data, width: columns, height: rows }: Field, width: number, height: number, block: number) {
  const out = new Uint8Array(width * height);
  const row = new Float32Array(columns + 1);
  for (let y = 0, i = 0; y < height; y += 1) {
    const v = Math.min(rows - 1, Math.max(0, (y + 0.5) / block - 0.5));
    const upper = Math.floor(v) * columns;
    const lower = Math.min(rows - 1, Math.floor(v) + 1) * columns;
    const share = v - Math.floor(v);
    for (let x = 0; x < columns; x += 1) row[x] = data[upper + x]! + (data[lower + x]! - data[upper + x]!) * share;
    row[columns] = row[columns - 1]!;
    for (let x = 0; x < width; x += 1, i += 1) {
      const u = Math.max(0, (x + 0.5) / block - 0.5);
      const left = row[u | 0]!;
      out[i] = left + (row[(u | 0) + 1]! - left) * (u - (u | 0)) + 0.5;
    }
  }
  return out;
}
