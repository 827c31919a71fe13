import { expect, it } from 'vitest';
import { ASPECT_RATIOS, IMAGE_SIZES, SEED_MAX } from '#domain/generation/image.ts';
import type { Mode } from '#domain/generation/mode.ts';
import { MODELS } from '#domain/provider/provider.ts';
import { isModel, MODEL_SCHEMAS, imageOf } from '#tests/fakes/replicate/model-schemas.ts';
import { REQUEST } from '#tests/fakes/replicate/provider-bench.ts';
import type { ImageRequest } from '../port.ts';
import { modelInput } from './model-input.ts';

const IMAGE = Buffer.from('an image, by its bytes');
const modelModes = MODELS.filter(({ provider }) => provider === 'replicate').flatMap((model) =>
  model.modes.map((mode): [string, Mode] => [model.id, mode]),
);

function requestWith(mode: Mode, changes: Partial<ImageRequest>): ImageRequest {
  if (mode === 'text') return { ...REQUEST, ...changes };
  const reference = { mode, bytes: IMAGE, mimeType: 'image/jpeg', strength: undefined, seed: undefined } as const;
  return { ...REQUEST, reference, ...changes };
}

it.each(modelModes)(
  'modelInput fits the published schema of %s for mode %s in every aspect ratio and size',
  (model, mode) => {
    if (!isModel(model)) throw new Error('There is no published schema for the model');
    for (const aspectRatio of ASPECT_RATIOS) {
      for (const sizePx of IMAGE_SIZES) {
        const input = modelInput(requestWith(mode, { model, aspectRatio, sizePx, seed: SEED_MAX }));
        const parsed = MODEL_SCHEMAS[model].safeParse(input);
        expect(parsed.error).toBeUndefined();
        expect(input).toMatchObject({ seed: SEED_MAX, ...(!model.includes('redux') && { prompt: REQUEST.prompt }) });
        expect(imageOf(parsed.data!)).toEqual(mode === 'text' ? undefined : IMAGE);
      }
    }
  },
);

it('modelInput uses the strength of a variation, or a default', () => {
  const strengthFor = (strength: number | undefined) => {
    const reference = { mode: 'variation', bytes: IMAGE, mimeType: 'image/jpeg', strength, seed: 7 } as const;
    return modelInput({ ...REQUEST, model: 'black-forest-labs/flux-dev', reference })['prompt_strength'];
  };
  expect([strengthFor(0), strengthFor(0.25), strengthFor(undefined)]).toEqual([0, 0.25, 0.6]);
});

it('modelInput throws for a mode that the model does not support', () => {
  const style = requestWith('style', { model: 'black-forest-labs/flux-schnell' });
  const textOnly = { ...REQUEST, model: 'black-forest-labs/flux-redux-dev' };
  for (const request of [style, textOnly]) {
    expect(() => modelInput(request)).toThrow(expect.objectContaining({ kind: 'invalid_input', accepted: 'no' }));
  }
});

it('modelInput requests repeatable images and the content filter from the open models', () => {
  for (const model of ['black-forest-labs/flux-schnell', 'black-forest-labs/flux-dev']) {
    const input = modelInput({ ...REQUEST, model });
    expect(input).toMatchObject({ go_fast: false, disable_safety_checker: false, num_outputs: 1 });
  }
});

it('modelInput sends the exact size to the pro model and disables prompt upsampling', () => {
  const input = modelInput({ ...REQUEST, model: 'black-forest-labs/flux-1.1-pro', aspectRatio: '16:9', sizePx: 1024 });
  expect(input).toMatchObject({ aspect_ratio: 'custom', width: 1024, height: 576, prompt_upsampling: false });
});
