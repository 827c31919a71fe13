import type { Sharp } from 'sharp';

/** How an image looks on which nothing is to be seen. */
export type PlainSurface = 'transparent' | 'plain black' | 'plain white' | 'plain';

/** The image is averaged over so many cells a side, which removes noise and keeps every face. */
const CELLS_PER_SIDE = 32;
/** A cell is part of the plain surface if no channel differs more from the median; a soft gradient is within it. */
const PLAIN_RANGE = 12;
/**
 * The share of cells outside the plain surface. Of the illustrator's images in all styles, faded to a quarter of their contrast, the
 * plainest has 0.28; an image with nothing but a signature has 0.01.
 */
const PLAIN_MAX_SHARE = 0.04;
/** Medians this near to the end of the scale are called by name. */
const NEAR_END = 24;
const OPAQUE = 255;

/** @returns undefined when something can be seen. @throws when the image can't be decoded */
export async function plainSurfaceOf(image: Sharp): Promise<PlainSurface | undefined> {
  return plainness(await cellsOf(image));
}

/** The averaged cells, four channels each. Color counts as far as it is visible: it is multiplied by the opacity. */
async function cellsOf(image: Sharp): Promise<readonly (readonly number[])[]> {
  const sample = await image
    .toColourspace('srgb')
    .ensureAlpha()
    .resize(CELLS_PER_SIDE, CELLS_PER_SIDE, { fit: 'fill' })
    .raw({ depth: 'uchar' })
    .toBuffer();
  return Array.from({ length: CELLS_PER_SIDE ** 2 }, (_, cell) => {
    const [red = 0, green = 0, blue = 0, alpha = 0] = sample.subarray(cell * 4, cell * 4 + 4);
    return [...[red, green, blue].map((level) => (level * alpha) / OPAQUE), alpha];
  });
}

function plainness(cells: readonly (readonly number[])[]): PlainSurface | undefined {
  const median = [0, 1, 2, 3].map((channel) => middle(cells.map((cell) => cell[channel]!)));
  const isOutside = (cell: readonly number[]) =>
    cell.some((level, channel) => Math.abs(level - median[channel]!) > PLAIN_RANGE);
  if (cells.filter(isOutside).length / cells.length >= PLAIN_MAX_SHARE) return undefined;
  const [opacity = 0, ...color] = median.toReversed();
  if (opacity < NEAR_END) return 'transparent';
  if (Math.max(...color) < NEAR_END) return 'plain black';
  return Math.min(...color) > OPAQUE - NEAR_END ? 'plain white' : 'plain';
}

function middle(levels: readonly number[]): number {
  return levels.toSorted((a, b) => a - b)[levels.length >> 1]!;
}
