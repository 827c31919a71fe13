import { dimensionsOf } from '#domain/generation/image.ts';
import { generatedSizePx, modelOf } from '#domain/provider/provider.ts';
import { type ImageRequest, ProviderFailure } from '../port.ts';

interface SamplingSettings {
  readonly num_inference_steps: number;
  readonly guidance_scale: number;
}

/** As the model cards recommend. */
const SETTINGS: Readonly<Record<string, SamplingSettings>> = {
  'black-forest-labs/FLUX.1-dev': { num_inference_steps: 28, guidance_scale: 3.5 },
  'stabilityai/stable-diffusion-3.5-large': { num_inference_steps: 28, guidance_scale: 4.5 },
  'stabilityai/stable-diffusion-xl-base-1.0': { num_inference_steps: 30, guidance_scale: 7 },
};

/**
 * The input of the service's text-to-image task, the only one supported: a reference image is rejected.
 *
 * @throws ProviderFailure `invalid_input`
 */
export function taskInput(request: ImageRequest): object {
  const { prompt, seed, aspectRatio, sizePx, reference, negativePrompt } = request;
  const model = modelOf('huggingface', request.model);
  const settings = SETTINGS[request.model];
  if (model === undefined || settings === undefined) {
    throw new ProviderFailure('invalid_input', `Unknown model ${request.model}`);
  }
  if (!model.modes.includes(reference?.mode ?? 'text')) {
    throw new ProviderFailure('invalid_input', `${model.label} does not support this mode`);
  }
  const isDiffusion = model.family === 'sd';
  const { widthPx: width, heightPx: height } = dimensionsOf(aspectRatio, generatedSizePx(model, sizePx));
  const negative = isDiffusion && negativePrompt !== undefined ? { negative_prompt: negativePrompt } : {};
  return { inputs: prompt, parameters: { seed, width, height, ...settings, ...negative } };
}
