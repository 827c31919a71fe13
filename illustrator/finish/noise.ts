import { createRandomStream } from '../person/seeded-random.ts';

const SIDE = 256;
const MASK = SIDE - 1;
/** Keeps what is drawn right of and below the origin, where cutting off is rounding down; a whole number of repeats. */
const ORIGIN = 64 * SIDE;

/** Smooth value noise in -0.5..0.5 that repeats every 256 units. */
export interface Noise {
  readonly at: (x: number, y: number) => number;
  /** The noise at one height: its 256 values and the first once more, to be read by {@link along}. */
  readonly row: (y: number) => Float32Array;
}

/** What {@link createNoise}'s `at` gives at the row's height, for a third of the work. `x` is 0 or more. */
export function along(row: Float32Array, x: number): number {
  const whole = x | 0;
  const left = row[whole & MASK]!;
  return left + (row[(whole & MASK) + 1]! - left) * (x - whole);
}

export function createNoise(seed: number, name: string): Noise {
  const stream = createRandomStream(seed, name);
  const table = new Float32Array(SIDE * SIDE);
  for (let i = 0; i < table.length; i += 1) table[i] = stream.next() - 0.5;
  return {
    at: (x, y) => {
      const u = x + ORIGIN;
      const v = y + ORIGIN;
      const xi = u | 0;
      const yi = v | 0;
      const fx = u - xi;
      const left = xi & MASK;
      const right = (xi + 1) & MASK;
      const upper = (yi & MASK) * SIDE;
      const lower = ((yi + 1) & MASK) * SIDE;
      const top = table[upper + left]! + (table[upper + right]! - table[upper + left]!) * fx;
      const bottom = table[lower + left]! + (table[lower + right]! - table[lower + left]!) * fx;
      return top + (bottom - top) * (v - yi);
    },
    row: (y) => {
      const row = new Float32Array(SIDE + 1);
      const yi = Math.floor(y);
      const upper = (yi & MASK) * SIDE;
      const lower = ((yi + 1) & MASK) * SIDE;
      const share = y - yi;
      for (let x = 0; x < SIDE; x += 1) row[x] = table[upper + x]! + (table[lower + x]! - table[upper + x]!) * share;
      row[SIDE] = row[0]!;
      return row;
    },
  };
}
