import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { REFERENCE_MODES, type ReferenceMode } from '#domain/generation/mode.ts';
import { MODELS, modesOf } from '#domain/provider/provider.ts';
import { type Bench, OFFLINE_SUBJECT, REMOTE_SUBJECTS, type Subject } from '#tests/fakes/conformance/subjects.ts';
import { ALWAYS, type FaultScript } from '#tests/fakes/faults/fault.ts';
import { failureOf } from '#tests/fakes/conformance/provider-call.ts';
import { CorruptImage, encodeImage } from '../image/encode-image.ts';
import { type ImageProvider, type ImageRequest, ProviderFailure } from './port.ts';

/** What every provider must do, whatever it speaks: the engine knows nothing else about them. */
const NEVER_ABORTED = new AbortController().signal;
const POLL_MS = 20;
/** Short enough to sit out a hang, long enough for an image of the fakes. */
const IMPATIENT_MS = 600;
const nobodyClaims = () => Promise.resolve(false);

function requestFor({ model }: Pick<Subject, 'model'>, more: Partial<ImageRequest> = {}): ImageRequest {
  return {
    attemptId: crypto.randomUUID(),
    model,
    prompt: 'A portrait of a lighthouse keeper with a copper beard',
    negativePrompt: 'blurry, watermark',
    seed: 4_000_000_123,
    aspectRatio: '3:4',
    sizePx: 1024,
    style: 'photorealistic',
    attributes: {},
    ...more,
  };
}

async function beginningWith(model: string, mode: ReferenceMode): Promise<ImageRequest> {
  const sample = sharp({ create: { width: 64, height: 64, channels: 3, background: '#c33' } });
  const bytes = await sample.jpeg().toBuffer();
  return requestFor({ model }, { reference: { mode, bytes, mimeType: 'image/jpeg', strength: 0.4, seed: 3 } });
}

async function finish(provider: ImageProvider, externalId: string, request: ImageRequest) {
  for (;;) {
    const progress = await provider.poll({ externalId }, request, NEVER_ABORTED);
    if (progress.state !== 'running') return progress;
    await sleep(POLL_MS);
  }
}

async function generateWith(provider: ImageProvider, request: ImageRequest) {
  const { externalId } = await provider.submit(request, NEVER_ABORTED);
  const progress = await finish(provider, externalId, request);
  if (progress.state === 'failed') throw progress.failure;
  return progress.image;
}

/** The reason, whether the order or the work told it. */
async function reasonOf(provider: ImageProvider, request: ImageRequest): Promise<ProviderFailure> {
  return failureOf(generateWith(provider, request));
}

describe.each([...REMOTE_SUBJECTS, OFFLINE_SUBJECT])('$name', (subject) => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await subject.open();
  });
  beforeEach(() => bench.reset());
  afterAll(() => bench.stop());
  const request = requestFor(subject);

  it('paints an image of the shape that was asked for, at the price it said', async () => {
    const provider = bench.adapter();
    const image = await generateWith(provider, request);
    expect(image.costUsd).toBe(provider.estimateCost(request));
    const { widthPx, heightPx } = await encodeImage(image.bytes);
    expect(widthPx / heightPx).toBeCloseTo(3 / 4, 1);
    expect(bench.paidCalls()).toBe(bench.paid());
  });

  it('paints the same for the same seed and another for another', async () => {
    const provider = bench.adapter();
    const bytes = async (seed: number) => (await generateWith(provider, { ...request, seed })).bytes.toString('base64');
    expect(await bytes(7)).toBe(await bytes(7));
    expect(await bytes(7)).not.toBe(await bytes(8));
  });

  const cells = MODELS.filter(({ provider }) => provider === subject.name).flatMap((model) =>
    REFERENCE_MODES.map((mode) => ({ model: model.id, mode, canBegin: modesOf(model).includes(mode) })),
  );
  it.each(cells.filter(({ canBegin }) => canBegin))('$model begins with an image: $mode', async ({ model, mode }) => {
    const { bytes } = await generateWith(bench.adapter(), await beginningWith(model, mode));
    await expect(encodeImage(bytes)).resolves.toBeDefined();
  });

  const refused = cells.filter(({ canBegin }) => !canBegin);
  it.each(refused)('$model refuses an image unpaid: $mode', async ({ model, mode }) => {
    const failure = await reasonOf(bench.adapter(), await beginningWith(model, mode));
    expect(failure).toMatchObject({ kind: 'invalid_input', accepted: 'no' });
    expect(bench.paidCalls()).toBe(0);
  });

  it('cancels what is finished without complaint, and says that it is well', async () => {
    const provider = bench.adapter();
    const job = await provider.submit(request, NEVER_ABORTED);
    await finish(provider, job.externalId, request);
    await expect(provider.cancel(job, NEVER_ABORTED)).resolves.toBeUndefined();
    await expect(provider.healthCheck(NEVER_ABORTED)).resolves.toBeUndefined();
  });
});

describe.each(REMOTE_SUBJECTS)('$name, when it goes wrong', (subject) => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await subject.open();
  });
  beforeEach(() => bench.reset());
  afterAll(() => bench.stop());
  const request = requestFor(subject);

  const refusals: [string, FaultScript, Partial<ProviderFailure>][] = [
    [
      'too many orders, with the time to stay away',
      { on: 'create', fault: 'rate_limited', retryAfterS: 7 },
      { kind: 'rate_limited', accepted: 'no', retryAfterMs: 7_000 },
    ],
    ['a refused key', { on: 'create', fault: 'auth' }, { kind: 'auth', accepted: 'no' }],
    ['an empty account', { on: 'create', fault: 'no_funds' }, { kind: 'insufficient_funds', accepted: 'no' }],
    ['a request it can not read', { on: 'create', fault: 'invalid_input' }, { kind: 'invalid_input', accepted: 'no' }],
    ['its own failure', { on: 'create', fault: 'server_error' }, { kind: 'transient', accepted: 'maybe' }],
    ['a broken line', { on: 'create', fault: 'reset' }, { kind: 'transient', accepted: 'maybe' }],
  ];
  it.each(refusals)('tells %s as what it is, after one order', async (_, fault, expected) => {
    bench.script({ ...fault, times: ALWAYS });
    expect(await failureOf(bench.adapter().submit(request, NEVER_ABORTED))).toMatchObject(expected);
    expect(bench.paidCalls()).toBe(1);
    expect(bench.paid()).toBe(0);
  });

  it('does not paint with a model nobody knows', async () => {
    const unknown = requestFor({ model: 'nobody/nothing' });
    expect(await reasonOf(bench.adapter(), unknown)).toMatchObject({ kind: 'invalid_input', accepted: 'no' });
    expect(bench.paidCalls()).toBe(0);
  });

  it('knows its key from another', async () => {
    const stranger = bench.adapter({ key: 'wrong' });
    expect(await failureOf(stranger.submit(request, NEVER_ABORTED))).toMatchObject({ kind: 'auth', accepted: 'no' });
    expect(await failureOf(stranger.healthCheck(NEVER_ABORTED))).toMatchObject({ kind: 'auth' });
  });

  it('gives up a call that is never answered, and does not say that nothing was bought', async () => {
    bench.script({ on: 'create', fault: 'hang' });
    const failure = await failureOf(bench.adapter({ callTimeoutMs: IMPATIENT_MS }).submit(request, NEVER_ABORTED));
    expect(failure.accepted).toBe('maybe');
    expect(failure.kind).toBe(subject.isSynchronous ? 'timeout' : 'transient');
    expect(bench.paidCalls()).toBe(1);
  });

  it('ends a hanging call when it is told to', async () => {
    bench.script({ on: 'create', fault: 'hang_after_accept' });
    const stop = new AbortController();
    const submitting = failureOf(bench.adapter().submit(request, stop.signal));
    setTimeout(() => stop.abort(), 50);
    expect(await submitting).toMatchObject({ kind: 'cancelled', accepted: 'maybe' });
  });

  it('tells what the content checker kept back, without the prompt', async () => {
    bench.script({ on: 'prediction', fault: 'nsfw' });
    const failure = await reasonOf(bench.adapter(), request);
    expect(failure.kind).toBe('moderated');
    expect(failure.message).not.toContain(request.prompt);
  });

  it('tells work that failed as worth another try, without the prompt', async () => {
    bench.script({ on: 'prediction', fault: 'failed', error: `could not paint "${request.prompt}"` });
    const failure = await reasonOf(bench.adapter(), request);
    expect(failure.kind).toBe('transient');
    expect(failure.message).not.toContain(request.prompt);
  });

  it.each(['empty', 'oversized'] as const)('gives no image for one that is %s', async (fault) => {
    bench.script({ on: 'prediction', fault });
    expect(await reasonOf(bench.adapter(), request)).toMatchObject({ kind: 'corrupt_output' });
  });

  it('hands damaged bytes on to where every image is opened', async () => {
    bench.script({ on: 'prediction', fault: 'corrupt' });
    const { bytes } = await generateWith(bench.adapter(), request);
    await expect(encodeImage(bytes)).rejects.toBeInstanceOf(CorruptImage);
  });
});

describe.each(REMOTE_SUBJECTS.filter(({ isSynchronous }) => !isSynchronous))(
  '$name, whose work has a name',
  (subject) => {
    let bench: Bench;
    beforeAll(async () => {
      bench = await subject.open();
    });
    beforeEach(() => bench.reset());
    afterAll(() => bench.stop());
    const request = requestFor(subject);

    it('stops work that runs, and tells that it was stopped', async () => {
      bench.script({ on: 'prediction', fault: 'stuck' });
      const provider = bench.adapter();
      const job = await provider.submit(request, NEVER_ABORTED);
      expect(await provider.poll(job, request, NEVER_ABORTED)).toMatchObject({ state: 'running' });
      await bench.adapter().cancel(job, NEVER_ABORTED);
      expect(bench.stopped()).toBe(1);
      expect(await provider.poll(job, request, NEVER_ABORTED)).toMatchObject({ failure: { kind: 'cancelled' } });
    });

    it.each(['server_error', 'reset', 'torn_reply', 'rate_limited'] as const)(
      'keeps the handle good when the asking fails by %s',
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
      'finds in another process what was bought when the reply was lost by %s',
      async (fault) => {
        bench.script({ on: 'create', fault });
        const startedAt = new Date();
        const dying = bench.adapter({ callTimeoutMs: IMPATIENT_MS });
        expect(await failureOf(dying.submit(request, NEVER_ABORTED))).toMatchObject({
          kind: 'transient',
          accepted: 'maybe',
        });
        const next = bench.adapter();
        const found = await next.find({ request, startedAt, isClaimed: nobodyClaims }, NEVER_ABORTED);
        expect(await finish(next, found!.externalId, request)).toMatchObject({ state: 'succeeded' });
        expect(bench.paid()).toBe(1);
      },
    );

    it('finds nothing when nothing was bought, nor what is somebody else’s', async () => {
      bench.script({ on: 'create', fault: 'reset' });
      const provider = bench.adapter();
      const startedAt = new Date();
      await failureOf(provider.submit(request, NEVER_ABORTED));
      expect(await provider.find({ request, startedAt, isClaimed: nobodyClaims }, NEVER_ABORTED)).toBeUndefined();
      const other = await provider.submit({ ...request, seed: 1 }, NEVER_ABORTED);
      const claimed = await provider.submit(request, NEVER_ABORTED);
      await finish(provider, other.externalId, request);
      await finish(provider, claimed.externalId, request);
      const isClaimed = (id: string) => Promise.resolve(id === claimed.externalId);
      expect(await provider.find({ request, startedAt, isClaimed }, NEVER_ABORTED)).toBeUndefined();
    });

    it('does not ask about a name that could lead elsewhere', async () => {
      const lead = { externalId: '../account' };
      expect(await failureOf(bench.adapter().poll(lead, request, NEVER_ABORTED))).toMatchObject({
        kind: 'invalid_input',
      });
      expect(await failureOf(bench.adapter().cancel(lead, NEVER_ABORTED))).toMatchObject({ kind: 'invalid_input' });
    });
  },
);

describe.each(REMOTE_SUBJECTS.filter(({ isSynchronous }) => isSynchronous))(
  '$name, whose work has no name',
  (subject) => {
    let bench: Bench;
    beforeAll(async () => {
      bench = await subject.open();
    });
    beforeEach(() => bench.reset());
    afterAll(() => bench.stop());
    const request = requestFor(subject);

    it('says that it can not look work up, and finds nothing', async () => {
      const provider = bench.adapter();
      expect(provider.canFind).toBe(false);
      const lost = { request, startedAt: new Date(), isClaimed: nobodyClaims };
      expect(await provider.find(lost, NEVER_ABORTED)).toBeUndefined();
    });

    it('gives an image as often as it is asked in the process that bought it, and in no other', async () => {
      const provider = bench.adapter();
      const job = await provider.submit(request, NEVER_ABORTED);
      expect(await provider.poll(job, request, NEVER_ABORTED)).toMatchObject({ state: 'succeeded' });
      expect(await provider.poll(job, request, NEVER_ABORTED)).toMatchObject({ state: 'succeeded' });
      const elsewhere = await bench.adapter().poll(job, request, NEVER_ABORTED);
      expect(elsewhere).toMatchObject({ state: 'failed', failure: { kind: 'transient' } });
      expect(bench.paid()).toBe(1);
    });

    it('waits as long as a model that loads says it will', async () => {
      bench.script({ on: 'prediction', fault: 'never_starts' });
      const expected = { kind: 'transient', accepted: 'no', retryAfterMs: 20_000 };
      expect(await failureOf(bench.adapter().submit(request, NEVER_ABORTED))).toMatchObject(expected);
    });
  },
);
