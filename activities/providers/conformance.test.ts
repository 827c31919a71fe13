import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { REFERENCE_MODES } from '#domain/generation/mode.ts';
import { listPriceUsd, modelOf, MODELS } from '#domain/provider/provider.ts';
import { type Bench, OFFLINE_SUBJECT, REMOTE_SUBJECTS } from '#tests/fakes/conformance/subjects.ts';
import { ALWAYS, type FaultScript } from '#tests/fakes/faults/fault.ts';
import { failureOf, NEVER_ABORTED, NO_CALLBACK } from '#tests/fakes/conformance/provider-call.ts';
import { requestFor, requestWithImage } from '#tests/fakes/conformance/requests.ts';
import { rowsOf } from '#tests/support/long-run.ts';
import { UNDELIVERABLE, type Undeliverable } from '#tests/fakes/faults/undeliverable-image.ts';
import { assertDeliverable } from '../generate/assert-deliverable.ts';
import type { Decoder } from '../image/decoder/decoder.ts';
import { checkDelivery } from '../image/delivered-image.ts';
import { encodeImage } from '../image/encode-image.ts';
import { type ImageProvider, type ImageRequest, ProviderFailure } from './port.ts';

const POLL_MS = 20;
/** Short enough for a test to wait for, long enough for an image of the fakes. */
const SHORT_TIMEOUT_MS = 600;
const unclaimed = () => Promise.resolve(false);
/** In this process: its bounds are tested with the decoder. */
const DECODER: Pick<Decoder, 'deliver'> = {
  deliver: (bytes, requested, options) => ({
    fault: checkDelivery(bytes, requested, options).then(({ fault }) => fault),
    encoded: Promise.resolve(undefined),
  }),
};
const TEXT = { generation: { sourceType: 'text_to_image' }, options: {} } as const;
/** What operators read about each image that a provider delivers as a success. */
const REFUSALS: Readonly<Record<Undeliverable, string>> = {
  corrupt: 'The image is damaged',
  black: 'The image is plain black',
  white: 'The image is plain white',
  nearly_uniform: 'The image is plain',
  transparent: 'The image is transparent',
  one_pixel: 'The image is too small',
  another_shape: 'The image is of another shape',
};

async function finish(provider: ImageProvider, externalId: string, request: ImageRequest) {
  for (;;) {
    const progress = await provider.poll({ externalId }, request, NEVER_ABORTED);
    if (progress.state !== 'running') return progress;
    await sleep(POLL_MS);
  }
}

async function generate(provider: ImageProvider, request: ImageRequest) {
  const { externalId } = await provider.submit(request, NEVER_ABORTED);
  const progress = await finish(provider, externalId, request);
  if (progress.state === 'failed') throw progress.failure;
  return progress.image;
}

/** The failure of a generation, whether `submit` or `poll` reports it. */
async function generationFailureOf(provider: ImageProvider, request: ImageRequest): Promise<ProviderFailure> {
  return failureOf(generate(provider, request));
}

// The behavior of providers that the engine relies on.
describe.each([...REMOTE_SUBJECTS, OFFLINE_SUBJECT])('the provider $name', (subject) => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await subject.open();
  });
  beforeEach(() => bench.reset());
  afterAll(() => bench.stop());
  const request = requestFor(subject);

  it('generates an image of the requested aspect ratio at the list price', async () => {
    const provider = bench.adapter();
    const image = await generate(provider, request);
    expect(image.costUsd).toBe(listPriceUsd(subject.name, subject.model));
    await expect(assertDeliverable(DECODER, { image, request, ...TEXT })).resolves.toBeDefined();
    const { widthPx, heightPx } = await encodeImage(image.bytes);
    expect(widthPx / heightPx).toBeCloseTo(3 / 4, 1);
    expect(bench.submits()).toBe(bench.paid());
  });

  const isSeeded = modelOf(subject.name, subject.model)?.isSeeded;
  it.runIf(isSeeded)('generates the same image for the same seed and another for another seed', async () => {
    const provider = bench.adapter();
    const bytes = async (seed: number) => (await generate(provider, { ...request, seed })).bytes.toString('base64');
    expect(await bytes(7)).toBe(await bytes(7));
    expect(await bytes(7)).not.toBe(await bytes(8));
  });

  const cells = MODELS.filter(({ provider }) => provider === subject.name).flatMap((model) =>
    REFERENCE_MODES.map((mode) => ({ model: model.id, mode, isSupported: model.modes.includes(mode) })),
  );
  /** Of each mode the first model that supports it, and the first that does not; every model's input has tests of its own. */
  const tried = rowsOf('matrices', cells, ({ mode, isSupported }, index) =>
    cells.slice(0, index).every((other) => other.mode !== mode || other.isSupported !== isSupported),
  );
  it.each(tried.filter(({ isSupported }) => isSupported))(
    'supports mode $mode with $model',
    async ({ model, mode }) => {
      const { bytes } = await generate(bench.adapter(), await requestWithImage(model, mode));
      await expect(encodeImage(bytes)).resolves.toBeDefined();
    },
  );

  const refused = tried.filter(({ isSupported }) => !isSupported);
  it.each(refused)('refuses mode $mode with $model before it costs anything', async ({ model, mode }) => {
    const failure = await generationFailureOf(bench.adapter(), await requestWithImage(model, mode));
    expect(failure).toMatchObject({ kind: 'invalid_input', accepted: 'no' });
    expect(bench.submits()).toBe(0);
  });

  it('ignores a cancellation of a finished job and passes its health check', async () => {
    const provider = bench.adapter();
    const job = await provider.submit(request, NEVER_ABORTED);
    await finish(provider, job.externalId, request);
    await expect(provider.cancel(job, NEVER_ABORTED)).resolves.toBeUndefined();
    await expect(provider.healthCheck(NEVER_ABORTED)).resolves.toBeUndefined();
  });
});

describe.each(REMOTE_SUBJECTS)('the provider $name, failing', (subject) => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await subject.open();
  });
  beforeEach(() => bench.reset());
  afterAll(() => bench.stop());
  const request = requestFor(subject);

  const refusals: [string, FaultScript, Partial<ProviderFailure>][] = [
    [
      'a rate limit with its Retry-After',
      { on: 'create', fault: 'rate_limited', retryAfterS: 7 },
      { kind: 'rate_limited', accepted: 'no', retryAfterMs: 7_000 },
    ],
    ['a rejected key', { on: 'create', fault: 'auth' }, { kind: 'auth', accepted: 'no' }],
    ['an account without funds', { on: 'create', fault: 'no_funds' }, { kind: 'insufficient_funds', accepted: 'no' }],
    ['an invalid request', { on: 'create', fault: 'invalid_input' }, { kind: 'invalid_input', accepted: 'no' }],
    ['a server error', { on: 'create', fault: 'server_error' }, { kind: 'transient', accepted: 'maybe' }],
    ['a broken connection', { on: 'create', fault: 'reset' }, { kind: 'transient', accepted: 'maybe' }],
  ];
  it.each(refusals)('reports %s by kind, after one call', async (_, fault, expected) => {
    bench.script({ ...fault, times: ALWAYS });
    expect(await failureOf(bench.adapter().submit(request, NEVER_ABORTED))).toMatchObject(expected);
    expect(bench.submits()).toBe(1);
    expect(bench.paid()).toBe(0);
  });

  it('refuses an unknown model', async () => {
    const unknown = requestFor({ model: 'nobody/nothing' });
    expect(await generationFailureOf(bench.adapter(), unknown)).toMatchObject({
      kind: 'invalid_input',
      accepted: 'no',
    });
    expect(bench.submits()).toBe(0);
  });

  it('reports a wrong key as an auth failure', async () => {
    const unauthorized = bench.adapter({ key: 'wrong' });
    expect(await failureOf(unauthorized.submit(request, NEVER_ABORTED))).toMatchObject({
      kind: 'auth',
      accepted: 'no',
    });
    expect(await failureOf(unauthorized.healthCheck(NEVER_ABORTED))).toMatchObject({ kind: 'auth' });
  });

  it('times out a call that is never answered, and reports that it may have been accepted', async () => {
    bench.script({ on: 'create', fault: 'hang' });
    const failure = await failureOf(bench.adapter({ callTimeoutMs: SHORT_TIMEOUT_MS }).submit(request, NEVER_ABORTED));
    expect(failure.accepted).toBe('maybe');
    expect(failure.kind).toBe(subject.isSynchronous ? 'timeout' : 'transient');
    expect(bench.submits()).toBe(1);
  });

  it('aborts a hanging call on the signal', async () => {
    bench.script({ on: 'create', fault: 'hang_after_accept' });
    const stop = new AbortController();
    const submitting = failureOf(bench.adapter().submit(request, stop.signal));
    setTimeout(() => stop.abort(), 50);
    expect(await submitting).toMatchObject({ kind: 'cancelled', accepted: 'maybe' });
  });

  it('reports an image blocked by the content filter, without the prompt', async () => {
    bench.script({ on: 'prediction', fault: 'nsfw' });
    const failure = await generationFailureOf(bench.adapter(), request);
    expect(failure.kind).toBe('moderated');
    expect(failure.message).not.toContain(request.prompt);
  });

  it('reports a failed job as transient, without the prompt', async () => {
    bench.script({ on: 'prediction', fault: 'failed', error: `could not generate "${request.prompt}"` });
    const failure = await generationFailureOf(bench.adapter(), request);
    expect(failure.kind).toBe('transient');
    expect(failure.message).not.toContain(request.prompt);
  });

  it.each(['empty', 'oversized'] as const)('reports an image that is %s as corrupt output', async (fault) => {
    bench.script({ on: 'prediction', fault });
    expect(await generationFailureOf(bench.adapter(), request)).toMatchObject({ kind: 'corrupt_output' });
  });

  it.each(UNDELIVERABLE)('reports an image that is %s as a success, and it is refused', async (fault) => {
    bench.script({ on: 'prediction', fault });
    const image = await generate(bench.adapter(), request);
    const refusal = await assertDeliverable(DECODER, { image, request, ...TEXT }).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ failure: { kind: 'corrupt_output', message: REFUSALS[fault] } });
  });
});

describe.each(REMOTE_SUBJECTS.filter(({ isSynchronous }) => !isSynchronous))(
  'the provider $name, asynchronous',
  (subject) => {
    let bench: Bench;
    beforeAll(async () => {
      bench = await subject.open();
    });
    beforeEach(() => bench.reset());
    afterAll(() => bench.stop());
    const request = requestFor(subject);

    it('cancels a running job and reports it as cancelled', async () => {
      bench.script({ on: 'prediction', fault: 'stuck' });
      const provider = bench.adapter();
      const job = await provider.submit(request, NEVER_ABORTED);
      expect(await provider.poll(job, request, NEVER_ABORTED)).toMatchObject({ state: 'running' });
      await bench.adapter().cancel(job, NEVER_ABORTED);
      expect(bench.stopped()).toBe(1);
      expect(await provider.poll(job, request, NEVER_ABORTED)).toMatchObject({ failure: { kind: 'cancelled' } });
    });

    it.each(['server_error', 'reset', 'torn_reply', 'rate_limited'] as const)(
      'can poll again after a poll failed by %s',
      async (fault) => {
        const provider = bench.adapter();
        const { externalId } = await provider.submit(request, NEVER_ABORTED);
        bench.script({ on: 'get', fault });
        await expect(provider.poll({ externalId }, request, NEVER_ABORTED)).rejects.toBeInstanceOf(ProviderFailure);
        expect(await finish(provider, externalId, request)).toMatchObject({ state: 'succeeded' });
        expect(bench.paid()).toBe(1);
      },
    );

    it.each(['reset_after_accept', 'torn_reply', 'server_error_after_accept', 'hang_after_accept'] as const)(
      'finds a job in another process when the reply was lost by %s',
      async (fault) => {
        bench.script({ on: 'create', fault });
        const startedAt = new Date();
        const dying = bench.adapter({ callTimeoutMs: SHORT_TIMEOUT_MS });
        expect(await failureOf(dying.submit(request, NEVER_ABORTED))).toMatchObject({
          kind: 'transient',
          accepted: 'maybe',
        });
        const next = bench.adapter();
        const found = await next.find({ request, startedAt, isClaimed: unclaimed, ...NO_CALLBACK }, NEVER_ABORTED);
        expect(await finish(next, found!.externalId, request)).toMatchObject({ state: 'succeeded' });
        expect(bench.paid()).toBe(1);
      },
    );

    it('finds neither a job that was not bought nor one of another attempt', async () => {
      bench.script({ on: 'create', fault: 'reset' });
      const provider = bench.adapter();
      const startedAt = new Date();
      await failureOf(provider.submit(request, NEVER_ABORTED));
      expect(
        await provider.find({ request, startedAt, isClaimed: unclaimed, ...NO_CALLBACK }, NEVER_ABORTED),
      ).toBeUndefined();
      const other = await provider.submit({ ...request, seed: 1 }, NEVER_ABORTED);
      const claimed = await provider.submit(request, NEVER_ABORTED);
      await finish(provider, other.externalId, request);
      await finish(provider, claimed.externalId, request);
      const isClaimed = (id: string) => Promise.resolve(id === claimed.externalId);
      expect(await provider.find({ request, startedAt, isClaimed, ...NO_CALLBACK }, NEVER_ABORTED)).toBeUndefined();
    });

    it('does not send an external id that would change the path', async () => {
      const job = { externalId: '../account' };
      expect(await failureOf(bench.adapter().poll(job, request, NEVER_ABORTED))).toMatchObject({
        kind: 'invalid_input',
      });
      expect(await failureOf(bench.adapter().cancel(job, NEVER_ABORTED))).toMatchObject({ kind: 'invalid_input' });
    });
  },
);

describe.each(REMOTE_SUBJECTS.filter(({ isSynchronous }) => isSynchronous))(
  'the provider $name, synchronous',
  (subject) => {
    let bench: Bench;
    beforeAll(async () => {
      bench = await subject.open();
    });
    beforeEach(() => bench.reset());
    afterAll(() => bench.stop());
    const request = requestFor(subject);

    it('declares that it can not find jobs, and finds none', async () => {
      const provider = bench.adapter();
      expect(provider.canFind).toBe(false);
      const lost = { request, startedAt: new Date(), isClaimed: unclaimed, ...NO_CALLBACK };
      expect(await provider.find(lost, NEVER_ABORTED)).toBeUndefined();
    });

    it('returns the image at every poll in the process that bought it, and in no other', async () => {
      const provider = bench.adapter();
      const job = await provider.submit(request, NEVER_ABORTED);
      expect(await provider.poll(job, request, NEVER_ABORTED)).toMatchObject({ state: 'succeeded' });
      expect(await provider.poll(job, request, NEVER_ABORTED)).toMatchObject({ state: 'succeeded' });
      const elsewhere = await bench.adapter().poll(job, request, NEVER_ABORTED);
      expect(elsewhere).toMatchObject({ state: 'failed', failure: { kind: 'transient' } });
      expect(bench.paid()).toBe(1);
    });

    it('passes on the estimated loading time of a model', async () => {
      bench.script({ on: 'prediction', fault: 'never_starts' });
      const expected = { kind: 'transient', accepted: 'no', retryAfterMs: 20_000 };
      expect(await failureOf(bench.adapter().submit(request, NEVER_ABORTED))).toMatchObject(expected);
    });
  },
);
