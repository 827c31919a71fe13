import sharp from 'sharp';
import { dimensionsOf } from '#domain/generation/image.ts';
import type { Generation } from '#drizzle/queries/generations/generation-row.ts';
import type { Decoder, Delivery } from '../image/decoder/decoder.ts';
import type { RequestedImage } from '../image/delivered-image.ts';
import type { EncodeOptions } from '../image/encode-image.ts';
import { UploadRejected } from '../image/upload-rejected.ts';
import { type GeneratedImage, type ImageRequest, ProviderFailure } from '../providers/port.ts';
import { JobEnded } from './await-image.ts';

interface UncheckedImage {
  readonly image: GeneratedImage;
  readonly request: ImageRequest;
  readonly generation: Pick<Generation, 'sourceType'>;
  readonly options: EncodeOptions;
  /** Of the activity: a worker that stops does not wait until all others have been looked at. */
  readonly signal?: AbortSignal;
}

/**
 * Refuses a provider's image that shows nothing or has another shape than requested: whatever the provider reports, it failed.
 * @returns what is encoded from the decoded image meanwhile, so that it need not be decoded again
 * @throws JobEnded with `corrupt_output`, so that the next candidate is tried
 */
export async function assertDeliverable(
  decoder: Pick<Decoder, 'deliver'>,
  { image, request, generation, options, signal }: UncheckedImage,
): Promise<Pick<Delivery, 'encoded'>> {
  const requested = await requestedOf(request, generation.sourceType === 'from_reference');
  const delivery = decoder.deliver(image.bytes, requested, options, signal);
  const fault = await delivery.fault.catch(faultOfBytes);
  if (fault) throw new JobEnded(new ProviderFailure('corrupt_output', `The image is ${fault}`));
  return { encoded: delivery.encoded };
}

/** Bytes that exceed the decoder's limits are no image that we can use. */
function faultOfBytes(error: unknown): 'damaged' {
  if (error instanceof UploadRejected) return 'damaged';
  throw error;
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
