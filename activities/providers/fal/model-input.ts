import { dimensionsOf } from '#domain/generation/image.ts';
import { DEFAULT_STRENGTH } from '#domain/generation/mode.ts';
import { modelOf, modesOf } from '#domain/provider/provider.ts';
import { dataUri } from '../http/data-uri.ts';
import { type ImageRequest, ProviderFailure } from '../port.ts';

/** PNG, because the image is encoded once more when it is published: one lossy step, not two. */
const OUTPUT_FORMAT = 'png';
/** 1 (strictest) to 6; 2 is the service's default. */
const SAFETY_TOLERANCE = '2';
/** The least the service takes; below it a variation would be the image itself. */
const STRENGTH_MIN = 0.01;

type Builder = (request: ImageRequest) => Record<string, unknown>;

const BUILDERS: Readonly<Record<string, Builder>> = {
  'fal-ai/flux/schnell': (request) => ({ ...openInput(request), ...sized(request), num_inference_steps: 4 }),
  'fal-ai/flux/dev': (request) => ({
    ...openInput(request),
    ...sized(request),
    num_inference_steps: 28,
    guidance_scale: 3.5,
  }),
  'fal-ai/flux/dev/image-to-image': (request) => ({
    ...openInput(request),
    image_url: dataUri(request.reference!),
    strength: Math.max(STRENGTH_MIN, request.reference!.strength ?? DEFAULT_STRENGTH),
    num_inference_steps: 40,
    guidance_scale: 3.5,
  }),
  'fal-ai/flux-pro/v1.1': (request) => ({ ...proInput(request), ...sized(request) }),
  'fal-ai/flux-pro/kontext': (request) => ({
    ...proInput(request),
    image_url: dataUri(request.reference!),
    aspect_ratio: request.aspectRatio,
  }),
};

/**
 * The request in the model's own words.
 * @throws ProviderFailure `invalid_input` for a model this adapter does not know, or an image that does not fit it
 */
export function modelInput(request: ImageRequest): Record<string, unknown> {
  const build = BUILDERS[request.model];
  const model = modelOf('fal', request.model);
  if (build === undefined || model === undefined) {
    throw new ProviderFailure('invalid_input', `Unknown model ${request.model}`);
  }
  if (!modesOf(model).includes(request.reference?.mode ?? 'text')) {
    throw new ProviderFailure('invalid_input', `${model.label} can not begin with this`);
  }
  return build(request);
}

function openInput(request: ImageRequest): Record<string, unknown> {
  return { ...every(request), enable_safety_checker: true };
}

function proInput(request: ImageRequest): Record<string, unknown> {
  return { ...every(request), safety_tolerance: SAFETY_TOLERANCE };
}

function every({ prompt, seed }: ImageRequest): Record<string, unknown> {
  // sync_mode would put the image into the reply, where it is kept for minutes only.
  return { prompt, seed, num_images: 1, output_format: OUTPUT_FORMAT, sync_mode: false };
}

function sized({ aspectRatio, sizePx }: ImageRequest): Record<string, unknown> {
  const { widthPx: width, heightPx: height } = dimensionsOf(aspectRatio, sizePx);
  return { image_size: { width, height } };
}
