import sharp from 'sharp';
import { RESULT_MAX_RATIO } from '#domain/generation/image-shape.ts';
import { UPLOAD_MIN_SIDE_PX } from '#domain/generation/upload.ts';
import { type DecodedImage, decodeImage, type EncodeOptions } from './encode-image.ts';
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

/** A provider's image after its check; decoded only if nothing is wrong with it. */
export type CheckedDelivery =
  | { readonly fault: DeliveryFault }
  | { readonly fault: undefined; readonly decoded: DecodedImage };

/** Finds what makes the image undeliverable, or decodes it. @param options those with which it will be encoded */
export async function checkDelivery(
  bytes: Buffer,
  requested: RequestedImage,
  options: EncodeOptions = {},
): Promise<CheckedDelivery> {
  const header = readImageHeader(bytes);
  const image = openImage(bytes);
  if (!header || !image) return { fault: 'damaged' };
  try {
    const found = await image.metadata();
    const { width, height } = hasOrientation(header) ? found.autoOrient : found;
    const unfit = misfit(width, height, requested);
    if (unfit) return { fault: unfit };
    const decoded = await decodeImage(bytes, options);
    const { data, info } = decoded.sample;
    const fault = await plainSurfaceOf(sharp(data, { raw: info }));
    return fault ? { fault } : { fault, decoded };
  } catch {
    return { fault: 'damaged' };
  }
}

function misfit(width: number, height: number, { aspectRatios, sidePx }: RequestedImage): DeliveryFault | undefined {
  if (Math.max(width, height) < Math.max(sidePx * SMALLEST_SHARE_OF_SIDE, UPLOAD_MIN_SIDE_PX)) return 'too small';
  const ratio = width / height;
  if (Math.max(ratio, 1 / ratio) > RESULT_MAX_RATIO) return 'of another shape';
  const fits = aspectRatios.some((requested) => Math.max(ratio / requested, requested / ratio) <= 1 + SHAPE_TOLERANCE);
  return fits || aspectRatios.length === 0 ? undefined : 'of another shape';
}
