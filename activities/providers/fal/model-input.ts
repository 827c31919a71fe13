import { dimensionsOf } from '#domain/generation/image.ts';
import { DEFAULT_STRENGTH } from '#domain/generation/mode.ts';
import { modelOf } from '#domain/provider/provider.ts';
import { dataUri } from '../http/data-uri.ts';
import { type ImageRequest, ProviderFailure } from '../port.ts';

/** PNG, since the image is encoded again when it is saved: one lossy step instead of two. */
const OUTPUT_FORMAT = 'png';
/** 1 (strictest) to 6; 2 is the service's default. */
const SAFETY_TOLERANCE = '2';
/** The minimum that the service accepts. */
const MIN_STRENGTH = 0.01;

type Builder = (request: ImageRequest) => Record<string, unknown>;

const BUILDERS: Readonly<Record<string, Builder>> = {
  'fal-ai/flux/schnell': (request) => ({ ...openInput(request), ...imageSize(request), num_inference_steps: 4 }),
  'fal-ai/flux/dev': (request) => ({
    ...openInput(request),
    ...imageSize(request),
    num_inference_steps: 28,
    guidance_scale: 3.5,
  }),
  'fal-ai/flux/dev/image-to-image': (request) => ({
    ...openInput(request),
    image_url: dataUri(request.reference!),
    strength: Math.max(MIN_STRENGTH, request.reference!.strength ?? DEFAULT_STRENGTH),
    num_inference_steps: 40,
    guidance_scale: 3.5,
  }),
  'fal-ai/flux-pro/v1.1': (request) => ({ ...proInput(request), ...imageSize(request) }),
  'fal-ai/flux-pro/kontext': (request) => ({
    ...proInput(request),
    image_url: dataUri(request.reference!),
    aspect_ratio: request.aspectRatio,
  }),
};

/**
 * Maps a request to the model's input schema.
 *
 * @throws ProviderFailure `invalid_input` for an unknown model or a mode that the model does not support
 */
export function modelInput(request: ImageRequest): Record<string, unknown> {
  const build = BUILDERS[request.model];
  const model = modelOf('fal', request.model);
  if (build === undefined || model === undefined) {
    throw new ProviderFailure('invalid_input', `Unknown model ${request.model}`);
  }
  if (!model.modes.includes(request.reference?.mode ?? 'text')) {
    throw new ProviderFailure('invalid_input', `${model.label} does not support this mode`);
  }
  return build(request);
}

function openInput(request: ImageRequest): Record<string, unknown> {
  return { ...commonInput(request), enable_safety_checker: true };
}

function proInput(request: ImageRequest): Record<string, unknown> {
  return { ...commonInput(request), safety_tolerance: SAFETY_TOLERANCE };
}

function commonInput({ prompt, seed }: ImageRequest): Record<string, unknown> {
  // sync_mode would put the image into the reply, where it is available for minutes only.
  return { prompt, seed, num_images: 1, output_format: OUTPUT_FORMAT, sync_mode: false };
}

function imageSize({ aspectRatio, sizePx }: ImageRequest): Record<string, unknown> {
  const { widthPx: width, heightPx: height } = dimensionsOf(aspectRatio, sizePx);
  return { image_size: { width, height } };
}
