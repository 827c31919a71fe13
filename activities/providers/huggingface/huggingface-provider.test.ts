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

function createProvider() {
  return createHuggingFaceProvider({ key: fake.token, baseUrl: fake.baseUrl, hubUrl: fake.hubUrl });
}

describe('the Hugging Face provider', () => {
  it.each([FLUX, STABLE_DIFFUSION, 'stabilityai/stable-diffusion-xl-base-1.0'])(
    'sends an input of the published shape for %s',
    (model) => {
      expect(isPublishedInput(taskInput({ ...REQUEST, model }))).toBe(true);
    },
  );

  it('sends a negative prompt and the training size to Stable Diffusion, but not to FLUX', async () => {
    const huggingface = createProvider();
    await huggingface.submit(REQUEST, NEVER_ABORTED);
    await huggingface.submit({ ...REQUEST, model: FLUX }, NEVER_ABORTED);
    expect(fake.ledger()).toMatchObject([
      { model: STABLE_DIFFUSION, negativePrompt: 'blurry, watermark' },
      { model: FLUX, negativePrompt: undefined },
    ]);
    expect(taskInput(REQUEST)).toMatchObject({ parameters: { width: 576, height: 1024 } });
    expect(taskInput({ ...REQUEST, model: FLUX })).toMatchObject({ parameters: { width: 288, height: 512 } });
  });

  it('requests a PNG', async () => {
    const huggingface = createProvider();
    const progress = await huggingface.poll(await huggingface.submit(REQUEST, NEVER_ABORTED), REQUEST, NEVER_ABORTED);
    if (progress.state !== 'succeeded') throw new Error(progress.state);
    expect(progress.image.bytes.subarray(1, 4).toString()).toBe('PNG');
    expect(await encodeImage(progress.image.bytes)).toMatchObject({ widthPx: 576, heightPx: 1024 });
  });
});

it('the Hugging Face provider drops the image of a cancelled job', async () => {
  const huggingface = createProvider();
  const job = await huggingface.submit(REQUEST, NEVER_ABORTED);
  await huggingface.cancel(job, NEVER_ABORTED);
  expect(await huggingface.poll(job, REQUEST, NEVER_ABORTED)).toMatchObject({ state: 'failed' });
});

it('the Hugging Face provider reports a content filter’s reply without the prompt in it', async () => {
  fake.script({ on: 'prediction', fault: 'nsfw' });
  const failure = await failureOf(createProvider().submit(REQUEST, NEVER_ABORTED));
  expect(failure).toMatchObject({ kind: 'moderated', message: 'Hugging Face answered 400' });
});

it('generationFailure does not mistake a quoted prompt for a content filter’s reply', () => {
  const prompt = 'say "nsfw"';
  const body = JSON.stringify({ error: `no width given for ${prompt}` });
  const reply = { kind: 'answered', status: 400, headers: new Headers(), body } as const;
  expect(generationFailure(reply, prompt, false)).toMatchObject({ kind: 'invalid_input' });
  expect(generationFailure(reply, 'another', false)).toMatchObject({ kind: 'moderated' });
});

it('held images are limited in total size, the oldest evicted first', () => {
  const held = createHeldImages(10);
  held.hold('first', Buffer.alloc(4));
  held.hold('second', Buffer.alloc(4));
  held.hold('third', Buffer.alloc(4));
  expect([held.get('first'), held.get('second')?.length, held.get('third')?.length]).toEqual([undefined, 4, 4]);
});
