import { dimensionsOf, type ImageSize } from '../../../domain/image.ts';
import { type PaintRequest, ProviderFailure } from '../port.ts';

/** Deterministic seeds need the full-precision model: go_fast quantises and varies from run to run. */
const GO_FAST = false;
/** PNG, because the picture is encoded once more when it is published: one lossy step, not two. */
const OUTPUT_FORMAT = 'png';
/** 1 (strictest) to 6; 2 is the service's default. */
const SAFETY_TOLERANCE = 2;

type Megapixels = '1' | '0.25';
/** The open models know two sizes. What is larger than asked is brought down when it is published. */
const MEGAPIXELS: Readonly<Record<ImageSize, Megapixels>> = { 512: '0.25', 768: '1', 1024: '1' };

const BUILDERS: Readonly<Record<string, (request: PaintRequest) => Record<string, unknown>>> = {
  'black-forest-labs/flux-schnell': (request) => ({ ...openModelInput(request), num_inference_steps: 4 }),
  'black-forest-labs/flux-dev': (request) => ({ ...openModelInput(request), num_inference_steps: 28, guidance: 3 }),
  'black-forest-labs/flux-1.1-pro': proInput,
};

/**
 * The request in the model's own words.
 * @throws ProviderFailure `invalid_input` for a model this adapter does not know
 */
export function modelInput(request: PaintRequest): Record<string, unknown> {
  const build = BUILDERS[request.model];
  if (build === undefined) throw new ProviderFailure('invalid_input', `Unknown model ${request.model}`);
  return build(request);
}

function openModelInput(request: PaintRequest): Record<string, unknown> {
  return {
    prompt: request.prompt,
    seed: request.seed,
    aspect_ratio: request.aspectRatio,
    megapixels: MEGAPIXELS[request.sizePx],
    num_outputs: 1,
    output_format: OUTPUT_FORMAT,
    go_fast: GO_FAST,
    disable_safety_checker: false,
  };
}

function proInput(request: PaintRequest): Record<string, unknown> {
  const { widthPx, heightPx } = dimensionsOf(request.aspectRatio, request.sizePx);
  return {
    prompt: request.prompt,
    seed: request.seed,
    aspect_ratio: 'custom',
    width: widthPx,
    height: heightPx,
    // The prompt people saw and pay for is the prompt that is painted.
    prompt_upsampling: false,
    safety_tolerance: SAFETY_TOLERANCE,
    output_format: OUTPUT_FORMAT,
  };
}
