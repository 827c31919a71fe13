import sharp from 'sharp';
import { dimensionsOf } from '#domain/generation/image.ts';
import type { Generation } from '#drizzle/queries/generations/generation-row.ts';
import { deliveryFault, type RequestedImage } from '../image/delivered-image.ts';
import { type GeneratedImage, type ImageRequest, ProviderFailure } from '../providers/port.ts';
import { JobEnded } from './await-image.ts';

/**
 * Refuses a provider's image that shows nothing or has another shape than requested: whatever the provider reports, it failed.
 * @throws JobEnded with `corrupt_output`, so that the next candidate is tried
 */
export async function assertDeliverable(
  { bytes }: GeneratedImage,
  request: ImageRequest,
  { sourceType }: Pick<Generation, 'sourceType'>,
): Promise<void> {
  const requested = await requestedOf(request, sourceType === 'from_reference');
  const fault = await deliveryFault(bytes, requested);
  if (fault) throw new JobEnded(new ProviderFailure('corrupt_output', `The image is ${fault}`));
}

/** Some models follow the shape and size of the reference image; one that has been deleted since allows any. */
async function requestedOf(
  { aspectRatio, sizePx, reference }: ImageRequest,
  hasReference: boolean,
): Promise<RequestedImage> {
  const { widthPx, heightPx } = dimensionsOf(aspectRatio, sizePx);
  const aspectRatios = [widthPx / heightPx];
  if (!hasReference) return { aspectRatios, sidePx: sizePx };
  if (!reference) return { aspectRatios: [], sidePx: 0 };
  const { width, height } = await sharp(reference.bytes).metadata();
  return { aspectRatios: [...aspectRatios, width / height], sidePx: Math.min(sizePx, Math.max(width, height)) };
}
