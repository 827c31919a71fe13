import { RESULT_MAX_RATIO } from '#domain/generation/image-shape.ts';
import { UPLOAD_MIN_SIDE_PX } from '#domain/generation/upload.ts';
import { decodeComplete } from './complete-jpeg.ts';
import { hasOrientation, readImageHeader } from './header/image-header.ts';
import { openImage } from './open-image.ts';
import { type PlainSurface, plainSurfaceOf } from './plain-surface.ts';

/** Why a provider's image can't be delivered although the provider reports success. */
export type DeliveryFault = 'damaged' | 'too small' | 'of another shape' | PlainSurface;

/** What was requested. */
export interface RequestedImage {
  /** Width by height, each acceptable; none where any is that can be published. */
  readonly aspectRatios: readonly number[];
  /** The longer side, pixels. */
  readonly sidePx: number;
}

/** Providers round both sides to multiples of up to 64 px and know fewer ratios than we offer: up to 4 % off. 3:4 and 1:1 are 33 % apart. */
const SHAPE_TOLERANCE = 0.1;
/** Models with fixed sizes return up to a third less than was requested. */
const SMALLEST_SHARE_OF_SIDE = 0.5;

/** Finds what makes the image undeliverable. @returns undefined for a deliverable image */
export async function deliveryFault(bytes: Buffer, requested: RequestedImage): Promise<DeliveryFault | undefined> {
  const header = readImageHeader(bytes);
  const image = openImage(bytes);
  if (!header || !image) return 'damaged';
  try {
    const found = await image.metadata();
    const { width, height } = hasOrientation(header) ? found.autoOrient : found;
    return (
      misfit(width, height, requested) ??
      (await decodeComplete(bytes, header, (whole, options) => plainSurfaceOf(openImage(whole, options)!)))
    );
  } catch {
    return 'damaged';
  }
}

function misfit(width: number, height: number, { aspectRatios, sidePx }: RequestedImage): DeliveryFault | undefined {
  if (Math.max(width, height) < Math.max(sidePx * SMALLEST_SHARE_OF_SIDE, UPLOAD_MIN_SIDE_PX)) return 'too small';
  const ratio = width / height;
  if (Math.max(ratio, 1 / ratio) > RESULT_MAX_RATIO) return 'of another shape';
  const fits = aspectRatios.some((requested) => Math.max(ratio / requested, requested / ratio) <= 1 + SHAPE_TOLERANCE);
  return fits || aspectRatios.length === 0 ? undefined : 'of another shape';
}
