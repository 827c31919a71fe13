import { openImage } from './open-image.ts';

/** Why a provider's image can't be delivered although the provider reports success. */
export type DeliveryFault =
  | 'damaged'
  | 'too small'
  | 'of another shape'
  | 'transparent'
  | 'plain black'
  | 'plain white'
  | 'plain';

/** What was requested. */
export interface RequestedImage {
  /** Width by height, each acceptable; none where any is. */
  readonly aspectRatios: readonly number[];
  /** The longer side, pixels. */
  readonly sidePx: number;
}

/** Providers round both sides to multiples of up to 64 px and know fewer ratios than we offer: up to 4 % off. 3:4 and 1:1 are 33 % apart. */
const SHAPE_TOLERANCE = 0.1;
/** Models with fixed sizes return up to a third less than was requested. */
const SMALLEST_SHARE_OF_SIDE = 0.5;
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

/** Finds what makes the image undeliverable. @returns undefined for a deliverable image */
export async function deliveryFault(bytes: Buffer, requested: RequestedImage): Promise<DeliveryFault | undefined> {
  const image = openImage(bytes);
  if (!image) return 'damaged';
  try {
    const { width, height } = (await image.metadata()).autoOrient;
    return misfit(width, height, requested) ?? plainness(await cellsOf(bytes));
  } catch {
    return 'damaged';
  }
}

function misfit(width: number, height: number, { aspectRatios, sidePx }: RequestedImage): DeliveryFault | undefined {
  if (Math.max(width, height) < sidePx * SMALLEST_SHARE_OF_SIDE) return 'too small';
  const ratio = width / height;
  const fits = aspectRatios.some((requested) => Math.max(ratio / requested, requested / ratio) <= 1 + SHAPE_TOLERANCE);
  return fits || aspectRatios.length === 0 ? undefined : 'of another shape';
}

/** The averaged cells, four channels each. Color counts as far as it is visible: it is multiplied by the opacity. */
async function cellsOf(bytes: Buffer): Promise<readonly (readonly number[])[]> {
  const sample = await openImage(bytes)!
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

function plainness(cells: readonly (readonly number[])[]): DeliveryFault | undefined {
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
