import { expect, it } from 'vitest';
import { ASPECT_RATIOS, IMAGE_SIZES, SEED_MAX } from '../../../domain/image.ts';
import { MODELS } from '../../../domain/provider.ts';
import { isModel, MODEL_SCHEMAS } from '../../../tests/fakes/replicate/model-schemas.ts';
import { REQUEST } from '../../../tests/fakes/replicate/painter-bench.ts';
import { modelInput } from './model-input.ts';

const ours = MODELS.filter(({ provider }) => provider === 'replicate').map(({ id }) => id);

it.each(ours)('every shape and size can be ordered from %s by its published schema', (model) => {
  if (!isModel(model)) throw new Error('No published schema is known');
  for (const aspectRatio of ASPECT_RATIOS) {
    for (const sizePx of IMAGE_SIZES) {
      const input = modelInput({ ...REQUEST, model, aspectRatio, sizePx, seed: SEED_MAX });
      expect(MODEL_SCHEMAS[model].safeParse(input).error).toBeUndefined();
      expect(input).toMatchObject({ prompt: REQUEST.prompt, seed: SEED_MAX });
    }
  }
});

it('the open models are asked for repeatable pictures, and never without their content checker', () => {
  for (const model of ['black-forest-labs/flux-schnell', 'black-forest-labs/flux-dev']) {
    const input = modelInput({ ...REQUEST, model });
    expect(input).toMatchObject({ go_fast: false, disable_safety_checker: false, num_outputs: 1 });
  }
});

it('the pro model gets the sides that were asked for and leaves the prompt alone', () => {
  const input = modelInput({ ...REQUEST, model: 'black-forest-labs/flux-1.1-pro', aspectRatio: '16:9', sizePx: 1024 });
  expect(input).toMatchObject({ aspect_ratio: 'custom', width: 1024, height: 576, prompt_upsampling: false });
});
