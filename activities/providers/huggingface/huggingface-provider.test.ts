import { Ajv } from 'ajv';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createFakeHuggingFace, type FakeHuggingFace } from '#tests/fakes/huggingface/fake-huggingface.ts';
import { failureOf, NEVER_ABORTED } from '#tests/fakes/conformance/provider-call.ts';
import { encodeImage } from '#activities/image/encode-image.ts';
import type { ImageRequest } from '../port.ts';
import { generationFailure } from './call-failure.ts';
import { createHeldImages } from './held-images.ts';
import { createHuggingFaceProvider } from './huggingface-provider.ts';
import { taskInput } from './model-input.ts';

const FLUX = 'black-forest-labs/FLUX.1-dev';
const STABLE_DIFFUSION = 'stabilityai/stable-diffusion-3.5-large';
const REQUEST: ImageRequest = {
  attemptId: '0190b2f0-0000-7000-8000-000000000001',
  model: STABLE_DIFFUSION,
  prompt: 'A portrait of a lighthouse keeper with a copper beard',
  negativePrompt: 'blurry, watermark',
  seed: 4_000_000_123,
  aspectRatio: '9:16',
  sizePx: 512,
  style: 'photorealistic',
  attributes: {},
};

/** The task's input in the service's own JSON schema, as read in November 2026. */
const isPublishedInput = new Ajv({ strict: true }).compile({
  type: 'object',
  required: ['inputs'],
  properties: {
    inputs: { type: 'string' },
    parameters: {
      type: 'object',
      properties: {
        guidance_scale: { type: 'number' },
        negative_prompt: { type: 'string' },
        num_inference_steps: { type: 'integer' },
        width: { type: 'integer' },
        height: { type: 'integer' },
        scheduler: { type: 'string' },
        seed: { type: 'integer' },
      },
      additionalProperties: false,
    },
  },
  additionalProperties: false,
});

let fake: FakeHuggingFace;
beforeAll(async () => {
  fake = await createFakeHuggingFace({ runsMs: 5 });
});
beforeEach(() => fake.reset());
afterAll(() => fake.stop());

function provider() {
  return createHuggingFaceProvider({ token: fake.token, baseUrl: fake.baseUrl, hubUrl: fake.hubUrl });
}

describe('what the service is asked', () => {
  it.each([FLUX, STABLE_DIFFUSION, 'stabilityai/stable-diffusion-xl-base-1.0'])(
    'of %s has the published shape',
    (model) => {
      expect(isPublishedInput(taskInput({ ...REQUEST, model }))).toBe(true);
    },
  );

  it('says what not to paint to Stable Diffusion, in the size it learned; FLUX gets neither', async () => {
    const adapter = provider();
    await adapter.submit(REQUEST, NEVER_ABORTED);
    await adapter.submit({ ...REQUEST, model: FLUX }, NEVER_ABORTED);
    expect(fake.ledger()).toMatchObject([
      { model: STABLE_DIFFUSION, negativePrompt: 'blurry, watermark' },
      { model: FLUX, negativePrompt: undefined },
    ]);
    expect(taskInput(REQUEST)).toMatchObject({ parameters: { width: 576, height: 1024 } });
    expect(taskInput({ ...REQUEST, model: FLUX })).toMatchObject({ parameters: { width: 288, height: 512 } });
  });

  it('is a PNG, which is encoded only once more', async () => {
    const adapter = provider();
    const progress = await adapter.poll(await adapter.submit(REQUEST, NEVER_ABORTED), REQUEST, NEVER_ABORTED);
    if (progress.state !== 'succeeded') throw new Error(progress.state);
    expect(progress.image.bytes.subarray(1, 4).toString()).toBe('PNG');
    expect(await encodeImage(progress.image.bytes)).toMatchObject({ widthPx: 576, heightPx: 1024 });
  });
});

it('an image that was cancelled is not kept', async () => {
  const adapter = provider();
  const job = await adapter.submit(REQUEST, NEVER_ABORTED);
  await adapter.cancel(job, NEVER_ABORTED);
  expect(await adapter.poll(job, REQUEST, NEVER_ABORTED)).toMatchObject({ state: 'failed' });
});

it('a checker’s no is told without the words that it quotes', async () => {
  fake.script({ on: 'prediction', fault: 'nsfw' });
  const failure = await failureOf(provider().submit(REQUEST, NEVER_ABORTED));
  expect(failure).toMatchObject({ kind: 'moderated', message: 'Hugging Face answered 400' });
});

it('a complaint that only quotes a rude prompt is no outcome of a checker', () => {
  const prompt = 'say "nsfw"';
  const body = JSON.stringify({ error: `no width given for ${prompt}` });
  const answer = { kind: 'answered', status: 400, headers: new Headers(), body } as const;
  expect(generationFailure(answer, prompt, false)).toMatchObject({ kind: 'invalid_input' });
  expect(generationFailure(answer, 'another', false)).toMatchObject({ kind: 'moderated' });
});

it('images are held up to a size together, the oldest given up first', () => {
  const held = createHeldImages(10);
  held.hold('first', Buffer.alloc(4));
  held.hold('second', Buffer.alloc(4));
  held.hold('third', Buffer.alloc(4));
  expect([held.get('first'), held.get('second')?.length, held.get('third')?.length]).toEqual([undefined, 4, 4]);
});
