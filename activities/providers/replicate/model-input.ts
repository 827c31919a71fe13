import { dimensionsOf, type ImageSize } from '#domain/generation/image.ts';
import { DEFAULT_STRENGTH } from '#domain/generation/mode.ts';
import { modelOf } from '#domain/provider/provider.ts';
import { dataUri } from '../http/data-uri.ts';
import { type ImageRequest, ProviderFailure, type ReferenceImage } from '../port.ts';

/** Deterministic seeds need the full-precision model: go_fast quantizes the model, and results vary from run to run. */
const GO_FAST = false;
/** PNG, since the image is encoded again when it is saved: one lossy step instead of two. */
const OUTPUT_FORMAT = 'png';
/** 1 (strictest) to 6; 2 is the default, and the maximum with an image. */
const SAFETY_TOLERANCE = 2;

type Megapixels = '1' | '0.25';
/** The open models have two sizes. A larger image than requested is scaled down when it is encoded. */
const MEGAPIXELS: Readonly<Record<ImageSize, Megapixels>> = { 512: '0.25', 768: '1', 1024: '1' };

type Builder = (request: ImageRequest) => Record<string, unknown>;

const BUILDERS: Readonly<Record<string, Builder>> = {
  'black-forest-labs/flux-schnell': (request) => ({ ...openModelInput(request), num_inference_steps: 4 }),
  'black-forest-labs/flux-dev': (request) => ({
    ...openModelInput(request),
    ...(request.reference && startingImage(request.reference)),
    num_inference_steps: 28,
    guidance: 3,
  }),
  'black-forest-labs/flux-1.1-pro': (request) => ({
    ...proInput(request),
    ...(request.reference && { image_prompt: dataUri(request.reference) }),
  }),
  'black-forest-labs/flux-kontext-pro': kontextInput,
  'black-forest-labs/flux-redux-dev': (request) => ({ ...reduxInput(request), num_inference_steps: 28, guidance: 3 }),
  'black-forest-labs/flux-redux-schnell': (request) => ({ ...reduxInput(request), num_inference_steps: 4 }),
};

/**
 * Maps a request to the model's input schema.
 *
 * @throws ProviderFailure `invalid_input` for an unknown model or a mode that the model does not support
 */
export function modelInput(request: ImageRequest): Record<string, unknown> {
  const build = BUILDERS[request.model];
  if (build === undefined) throw new ProviderFailure('invalid_input', `Unknown model ${request.model}`);
  const model = modelOf('replicate', request.model);
  if (model && !model.modes.includes(request.reference?.mode ?? 'text')) {
    throw new ProviderFailure('invalid_input', `${model.label} does not support this mode`);
  }
  return build(request);
}

function openModelInput(request: ImageRequest): Record<string, unknown> {
  return { prompt: request.prompt, ...openModelOutput(request), go_fast: GO_FAST };
}

function openModelOutput(request: ImageRequest): Record<string, unknown> {
  return {
    seed: request.seed,
    aspect_ratio: request.aspectRatio,
    megapixels: MEGAPIXELS[request.sizePx],
    num_outputs: 1,
    output_format: OUTPUT_FORMAT,
    disable_safety_checker: false,
  };
}

/** Starts from the image; the strength is how much of it changes. The output has the image's aspect ratio. */
function startingImage(reference: ReferenceImage): Record<string, unknown> {
  return { image: dataUri(reference), prompt_strength: reference.strength ?? DEFAULT_STRENGTH };
}

/** The image replaces the prompt: these models have no text input. */
function reduxInput(request: ImageRequest): Record<string, unknown> {
  return { redux_image: dataUri(request.reference!), ...openModelOutput(request) };
}

function kontextInput({ prompt, seed, aspectRatio, reference }: ImageRequest): Record<string, unknown> {
  return {
    prompt,
    input_image: dataUri(reference!),
    seed,
    aspect_ratio: aspectRatio,
    prompt_upsampling: false,
    safety_tolerance: SAFETY_TOLERANCE,
    output_format: OUTPUT_FORMAT,
  };
}

function proInput(request: ImageRequest): Record<string, unknown> {
  const { widthPx, heightPx } = dimensionsOf(request.aspectRatio, request.sizePx);
  return {
    prompt: request.prompt,
    seed: request.seed,
    aspect_ratio: 'custom',
    width: widthPx,
    height: heightPx,
    // The model must use exactly the prompt that the user saw and pays for.
    prompt_upsampling: false,
    safety_tolerance: SAFETY_TOLERANCE,
    output_format: OUTPUT_FORMAT,
  };
}
