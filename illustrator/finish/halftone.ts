import type { Plate } from './plate.ts';

/** Distance of the dots, share of the shorter side: 1/100 reads as print and survives small thumbnails. */
const PITCH = 0.0105;
const INK = [27, 22, 40] as const;
const SPOT = [226, 64, 52] as const;
const PAPER = [252, 242, 220] as const;

/** Dots of print: darker ones in the half tones of a color print, or one spot color and black on paper. */
export function halftone(plate: Plate, duotone: boolean): Plate {
  const { width, height, data } = plate;
  const pitch = Math.min(width, height) * PITCH;
  for (let y = 0, i = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, i += 3) {
      const r = data[i]!;
      const g = data[i + 1]!;
      const b = data[i + 2]!;
      const luma = (0.3 * r + 0.59 * g + 0.11 * b) / 255;
      const a = (x * 0.7071 + y * 0.7071) / pitch;
      const c = (y * 0.7071 - x * 0.7071) / pitch;
      const da = a - Math.round(a);
      const dc = c - Math.round(c);
      const distance = Math.sqrt(da * da + dc * dc);
      // Two pixels of blend keep the dots round.
      const soft = pitch * 0.55;
      if (duotone) {
        const black = smooth((0.27 - luma) * 14);
        const size = luma > 0.9 ? 0 : Math.min(0.74, (0.92 - luma) * 1.02);
        const dot = smooth((size - distance) * soft + 0.5);
        for (let k = 0; k < 3; k += 1) {
          const print = PAPER[k]! + (SPOT[k]! - PAPER[k]!) * dot;
          data[i + k] = print + (INK[k]! - print) * black;
        }
      } else {
        const size = luma < 0.16 || luma > 0.9 ? 0 : 0.5 * (0.9 - luma);
        const dot = smooth((size - distance) * soft + 0.5) * 0.42;
        data[i] = r + (r * 0.42 + 6 - r) * dot;
        data[i + 1] = g + (g * 0.36 - g) * dot;
        data[i + 2] = b + (b * 0.5 + 20 - b) * dot;
      }
    }
  }
  return plate;
}

const smooth = (v: number): number => (v <= 0 ? 0 : v >= 1 ? 1 : v * v * (3 - 2 * v));
