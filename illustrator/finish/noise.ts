import { createRandomStream } from '../person/seeded-random.ts';

const SIDE = 256;

/** Smooth value noise in -0.5..0.5 that repeats every 256 units. */
export type Noise = (x: number, y: number) => number;

export function createNoise(seed: number, name: string): Noise {
  const stream = createRandomStream(seed, name);
  const table = new Float32Array(SIDE * SIDE).map(() => stream.next() - 0.5);
  const cell = (x: number, y: number): number => table[(y & 255) * SIDE + (x & 255)] ?? 0;
  return (x, y) => {
    const xi = Math.floor(x);
    const yi = Math.floor(y);
    const fx = x - xi;
    const fy = y - yi;
    const top = cell(xi, yi) + (cell(xi + 1, yi) - cell(xi, yi)) * fx;
    const bottom = cell(xi, yi + 1) + (cell(xi + 1, yi + 1) - cell(xi, yi + 1)) * fx;
    return top + (bottom - top) * fy;
  };
}
