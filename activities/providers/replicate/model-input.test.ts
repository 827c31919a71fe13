import { expect, it } from 'vitest';
import { ASPECT_RATIOS, IMAGE_SIZES, SEED_MAX } from '#domain/generation/image.ts';
import type { Mode } from '#domain/generation/mode.ts';
import { MODELS, modesOf } from '#domain/provider/provider.ts';
import { isModel, MODEL_SCHEMAS, imageOf } from '#tests/fakes/replicate/model-schemas.ts';
import { REQUEST } from '#tests/fakes/replicate/provider-bench.ts';
import type { ImageRequest } from '../port.ts';
import { modelInput } from './model-input.ts';

const IMAGE = Buffer.from('an image, by its bytes');
const ours = MODELS.filter(({ provider }) => provider === 'replicate').flatMap((model) =>
  modesOf(model).map((mode): [string, Mode] => [model.id, mode]),
);

function beginningWith(mode: Mode, changes: Partial<ImageRequest>): ImageRequest {
  if (mode === 'text') return { ...REQUEST, ...changes };
  const reference = { mode, bytes: IMAGE, mimeType: 'image/jpeg', strength: undefined, seed: undefined } as const;
  return { ...REQUEST, reference, ...changes };
}

it.each(ours)('every shape and size can be ordered from %s for %s by its published schema', (model, mode) => {
  if (!isModel(model)) throw new Error('No published schema is known');
  for (const aspectRatio of ASPECT_RATIOS) {
    for (const sizePx of IMAGE_SIZES) {
      const input = modelInput(beginningWith(mode, { model, aspectRatio, sizePx, seed: SEED_MAX }));
      const parsed = MODEL_SCHEMAS[model].safeParse(input);
      expect(parsed.error).toBeUndefined();
      expect(input).toMatchObject({ seed: SEED_MAX, ...(!model.includes('redux') && { prompt: REQUEST.prompt }) });
      expect(imageOf(parsed.data!)).toEqual(mode === 'text' ? undefined : IMAGE);
    }
  }
});

it('a variation goes as far as it was told, and a good way where nothing was said', () => {
  const far = (strength: number | undefined) => {
    const reference = { mode: 'variation', bytes: IMAGE, mimeType: 'image/jpeg', strength, seed: 7 } as const;
    return modelInput({ ...REQUEST, model: 'black-forest-labs/flux-dev', reference })['prompt_strength'];
  };
  expect([far(0), far(0.25), far(undefined)]).toEqual([0, 0.25, 0.6]);
});

it('a model that can not begin with an image, or not without one, says so before it costs anything', () => {
  const style = beginningWith('style', { model: 'black-forest-labs/flux-schnell' });
  const textRequest = { ...REQUEST, model: 'black-forest-labs/flux-redux-dev' };
  for (const request of [style, textRequest]) {
    expect(() => modelInput(request)).toThrow(expect.objectContaining({ kind: 'invalid_input', accepted: 'no' }));
  }
});

it('the open models are asked for repeatable images, and never without their content checker', () => {
  for (const model of ['black-forest-labs/flux-schnell', 'black-forest-labs/flux-dev']) {
    const input = modelInput({ ...REQUEST, model });
    expect(input).toMatchObject({ go_fast: false, disable_safety_checker: false, num_outputs: 1 });
  }
});

it('the pro model gets the sides that were asked for and leaves the prompt alone', () => {
  const input = modelInput({ ...REQUEST, model: 'black-forest-labs/flux-1.1-pro', aspectRatio: '16:9', sizePx: 1024 });
  expect(input).toMatchObject({ aspect_ratio: 'custom', width: 1024, height: 576, prompt_upsampling: false });
});
