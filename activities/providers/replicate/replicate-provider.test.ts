import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ALWAYS, type FaultScript } from '../../../tests/fakes/replicate/fault.ts';
import { createFakeReplicate, type FakeReplicate } from '../../../tests/fakes/replicate/fake-replicate.ts';
import { CorruptImage } from '../../image/corrupt-image.ts';
import { publishImage } from '../../image/publish-image.ts';
import { type ImageProvider, type PaintProgress, type PaintRequest, ProviderFailure } from '../port.ts';
import { createReplicateProvider } from './replicate-provider.ts';

const REQUEST: PaintRequest = {
  attemptId: '0190b2f0-0000-7000-8000-000000000001',
  model: 'black-forest-labs/flux-schnell',
  prompt: 'A portrait of a lighthouse keeper with a copper beard',
  seed: 4_000_000_123,
  aspectRatio: '3:4',
  sizePx: 1024,
  style: 'photorealistic',
  attributes: {},
};
const POLL_MS = 20;
const never = new AbortController().signal;

let fake: FakeReplicate;
let provider: ImageProvider;

beforeAll(async () => {
  fake = await createFakeReplicate({ runsMs: 40 });
  provider = createProvider();
});
beforeEach(() => fake.reset());
afterAll(() => fake.stop());

function createProvider(options: { token?: string } = {}): ImageProvider {
  return createReplicateProvider({
    token: options.token ?? fake.token,
    baseUrl: fake.url,
    callTimeoutMs: 400,
    downloadTimeoutMs: 400,
    findLooksAfterMs: [0, 50, 150],
  });
}

async function finish(request = REQUEST): Promise<PaintProgress> {
  const handle = await provider.submit(request, never);
  return pollUntilOver(handle.externalId, request);
}

async function pollUntilOver(externalId: string, request = REQUEST): Promise<PaintProgress> {
  for (;;) {
    const progress = await provider.poll({ externalId }, request, never);
    if (progress.state !== 'running') return progress;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

async function failureOf(work: Promise<unknown>): Promise<ProviderFailure> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ProviderFailure)) throw new Error('It should have failed', { cause: error });
  return error;
}

/** The failure of the work itself, as the last poll tells it. */
async function verdict(request = REQUEST): Promise<ProviderFailure> {
  const progress = await finish(request);
  if (progress.state !== 'failed') throw new Error(`It should have failed but ${progress.state}`);
  return progress.failure;
}

describe('a picture', () => {
  it.each([
    ['black-forest-labs/flux-schnell', 0.003],
    ['black-forest-labs/flux-dev', 0.025],
    ['black-forest-labs/flux-1.1-pro', 0.04],
  ])('comes from %s at its list price, by inputs its published schema accepts', async (model, costUsd) => {
    const progress = await finish({ ...REQUEST, model });
    if (progress.state !== 'succeeded') throw new Error(progress.state);
    expect(progress.image.costUsd).toBe(costUsd);
    const { widthPx, heightPx } = await publishImage(progress.image.bytes);
    expect(heightPx).toBeGreaterThan(widthPx);
    expect(fake.ledger()).toMatchObject([{ model, seed: REQUEST.seed, prompt: REQUEST.prompt, state: 'succeeded' }]);
  });

  it('is the same for the same seed and another for another', async () => {
    const bytes = async (seed: number) => {
      const progress = await finish({ ...REQUEST, seed });
      return progress.state === 'succeeded' ? progress.image.bytes.toString('base64') : progress.state;
    };
    expect(await bytes(7)).toBe(await bytes(7));
    expect(await bytes(8)).not.toBe(await bytes(7));
  });

  it('is first asked for when the model is usually done', async () => {
    const { pollAfterMs } = await provider.submit(REQUEST, never);
    expect(pollAfterMs).toBe(1_000);
  });

  it('of an unknown model is not ordered at all', async () => {
    const failure = await failureOf(provider.submit({ ...REQUEST, model: 'nobody/nothing' }, never));
    expect(failure).toMatchObject({ kind: 'invalid_input', accepted: 'no' });
    expect(fake.calls()).toEqual({});
  });
});

describe('an order that is refused', () => {
  const cases: [FaultScript, Partial<ProviderFailure>][] = [
    [
      { on: 'create', fault: 'rate_limited', retryAfterS: 7 },
      { kind: 'rate_limited', accepted: 'no', retryAfterMs: 7_000 },
    ],
    [
      { on: 'create', fault: 'rate_limited', retryAfterS: 5, retryAfterIn: 'body' },
      { kind: 'rate_limited', retryAfterMs: 5_000 },
    ],
    [
      { on: 'create', fault: 'rate_limited', retryAfterS: 30, retryAfterIn: 'words' },
      { kind: 'rate_limited', retryAfterMs: 30_000 },
    ],
    [
      { on: 'create', fault: 'auth' },
      { kind: 'auth', accepted: 'no' },
    ],
    [
      { on: 'create', fault: 'no_funds' },
      { kind: 'insufficient_funds', accepted: 'no' },
    ],
    [
      { on: 'create', fault: 'invalid_input' },
      { kind: 'invalid_input', accepted: 'no' },
    ],
    [
      { on: 'create', fault: 'server_error' },
      { kind: 'transient', accepted: 'maybe' },
    ],
  ];
  it.each(cases)('%o is told as what it is, by one call', async (fault, expected) => {
    fake.script({ ...fault, times: ALWAYS });
    expect(await failureOf(provider.submit(REQUEST, never))).toMatchObject(expected);
    expect(fake.calls()).toEqual({ 'POST /v1/models/black-forest-labs/flux-schnell/predictions': 1 });
    expect(fake.ledger()).toEqual([]);
  });

  it('for a wrong token is an auth failure', async () => {
    const stranger = createProvider({ token: 'r8_wrong' });
    expect(await failureOf(stranger.submit(REQUEST, never))).toMatchObject({ kind: 'auth', accepted: 'no' });
    expect(await failureOf(stranger.healthCheck(never))).toMatchObject({ kind: 'auth' });
  });

  it('does not repeat what the person wrote', async () => {
    fake.script({ on: 'create', fault: 'invalid_input' });
    const failure = await failureOf(provider.submit(REQUEST, never));
    expect(failure.message).toBe('Replicate answered 422: Input validation failed, input.prompt');
  });
});

describe('an order whose reply is lost', () => {
  const lostAfterAccept = [
    'reset_after_accept',
    'hang_after_accept',
    'torn_reply',
    'server_error_after_accept',
  ] as const;
  const startedAt = new Date();
  const isClaimed = () => Promise.resolve(false);

  it.each(lostAfterAccept)('by %s is found again and paid once', async (fault) => {
    fake.script({ on: 'create', fault });
    const failure = await failureOf(provider.submit(REQUEST, never));
    expect(failure).toMatchObject({ kind: 'transient', accepted: 'maybe' });

    const found = await provider.find({ request: REQUEST, startedAt, isClaimed }, never);
    expect(found).toBeDefined();
    expect(await pollUntilOver(found?.externalId ?? '')).toMatchObject({ state: 'succeeded' });
    expect(fake.ledger()).toMatchObject([{ id: found?.externalId, state: 'succeeded' }]);
  });

  it.each(['reset', 'hang', 'server_error'] as const)(
    'by %s before acceptance is not found, so it may be ordered again',
    async (fault) => {
      fake.script({ on: 'create', fault });
      expect(await failureOf(provider.submit(REQUEST, never))).toMatchObject({ accepted: 'maybe' });
      expect(await provider.find({ request: REQUEST, startedAt, isClaimed }, never)).toBeUndefined();
      await finish();
      expect(fake.ledger()).toHaveLength(1);
    },
  );

  it('is found also when it is listed only a moment later', async () => {
    fake.script({ on: 'create', fault: 'reset_after_accept' }, { on: 'prediction', fault: 'unlisted', ms: 120 });
    await failureOf(provider.submit(REQUEST, never));
    expect(await provider.find({ request: REQUEST, startedAt, isClaimed }, never)).toBeDefined();
  });

  it('is told from others by model, seed, prompt, age and claim', async () => {
    const others = [{ seed: 1 }, { prompt: 'another' }, { model: 'black-forest-labs/flux-dev' }];
    for (const other of others) await provider.submit({ ...REQUEST, ...other }, never);
    const claimed = await provider.submit(REQUEST, never);
    const attempt = {
      request: REQUEST,
      startedAt,
      isClaimed: (id: string) => Promise.resolve(id === claimed.externalId),
    };
    expect(await provider.find(attempt, never)).toBeUndefined();

    const later = new Date(Date.now() + 10 * 60_000);
    expect(await provider.find({ request: REQUEST, startedAt: later, isClaimed }, never)).toBeUndefined();

    const mine = await provider.submit(REQUEST, never);
    expect(await provider.find(attempt, never)).toEqual({ externalId: mine.externalId });
  });

  it('when the look-up itself fails, leaves the question open', async () => {
    fake.script({ on: 'list', fault: 'server_error' });
    const lost = { request: REQUEST, startedAt, isClaimed };
    expect(await failureOf(provider.find(lost, never))).toMatchObject({ kind: 'transient' });
  });
});

describe('a look-up through many pages', () => {
  it('finds the order on a later page, and is unsure rather than wrong beyond the last', async () => {
    const small = await createFakeReplicate({ pageSize: 2 });
    try {
      const painter = createReplicateProvider({ token: small.token, baseUrl: small.url, findLooksAfterMs: [0] });
      const mine = await painter.submit(REQUEST, never);
      for (let seed = 0; seed < 5; seed += 1) await painter.submit({ ...REQUEST, seed }, never);
      const lost = { request: REQUEST, startedAt: new Date(), isClaimed: () => Promise.resolve(false) };
      expect(await painter.find(lost, never)).toEqual({ externalId: mine.externalId });

      for (let seed = 10; seed < 30; seed += 1) await painter.submit({ ...REQUEST, seed }, never);
      expect(await failureOf(painter.find(lost, never))).toMatchObject({ kind: 'transient', accepted: 'maybe' });
    } finally {
      await small.stop();
    }
  });
});

describe('a prediction that ends badly', () => {
  it('by the content checker is moderated', async () => {
    fake.script({ on: 'prediction', fault: 'nsfw' });
    expect(await verdict()).toMatchObject({ kind: 'moderated' });
  });

  it('by an error of the model is transient, and its message leaves the prompt out', async () => {
    fake.script({ on: 'prediction', fault: 'failed', error: `could not paint "${REQUEST.prompt}"` });
    expect(await verdict()).toMatchObject({
      kind: 'transient',
      message: 'The prediction failed: could not paint "[prompt]"',
    });
  });

  it('by an error that only quotes a rude prompt is not moderated', async () => {
    const request = { ...REQUEST, prompt: 'nsfw' };
    fake.script({ on: 'prediction', fault: 'failed', error: 'no capacity for "nsfw"' });
    expect(await verdict(request)).toMatchObject({ kind: 'transient' });
  });

  it.each([
    ['without output', 'empty', 'corrupt_output'],
    ['with deleted data', 'deleted', 'corrupt_output'],
    ['with 21 MB', 'oversized', 'corrupt_output'],
    ['with an address elsewhere', 'foreign_output', 'corrupt_output'],
  ] as const)('%s gives no picture', async (_, fault, kind) => {
    fake.script({ on: 'prediction', fault });
    expect(await verdict()).toMatchObject({ kind });
  });

  it('with damaged bytes is caught when it is published', async () => {
    fake.script({ on: 'prediction', fault: 'corrupt' });
    const progress = await finish();
    if (progress.state !== 'succeeded') throw new Error(progress.state);
    await expect(publishImage(progress.image.bytes)).rejects.toBeInstanceOf(CorruptImage);
  });
});

describe('asking', () => {
  it.each(['server_error', 'reset', 'hang', 'torn_reply', 'rate_limited'] as const)(
    'that fails by %s keeps the handle good, and is one call',
    async (fault) => {
      const handle = await provider.submit(REQUEST, never);
      fake.script({ on: 'get', fault });
      const failure = await failureOf(provider.poll(handle, REQUEST, never));
      expect(failure.kind).toBe(fault === 'rate_limited' ? 'rate_limited' : 'transient');
      expect(fake.calls()['GET /v1/predictions/:id']).toBe(1);
      expect(await pollUntilOver(handle.externalId)).toMatchObject({ state: 'succeeded' });
      expect(fake.ledger()).toHaveLength(1);
    },
  );

  it.each(['server_error', 'reset', 'hang'] as const)(
    'for the file that fails by %s can be repeated',
    async (fault) => {
      const handle = await provider.submit(REQUEST, never);
      fake.script({ on: 'output', fault });
      expect(await failureOf(pollUntilOver(handle.externalId))).toMatchObject({ kind: 'transient' });
      expect(await pollUntilOver(handle.externalId)).toMatchObject({ state: 'succeeded' });
    },
  );

  it('for a file that is not there yet can be repeated', async () => {
    fake.script({ on: 'prediction', fault: 'file_late', ms: 150 });
    const handle = await provider.submit(REQUEST, never);
    expect(await failureOf(pollUntilOver(handle.externalId))).toMatchObject({ kind: 'transient' });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await pollUntilOver(handle.externalId)).toMatchObject({ state: 'succeeded' });
  });

  it('with an id that would lead elsewhere is not sent', async () => {
    const handle = { externalId: '../account' };
    expect(await failureOf(provider.poll(handle, REQUEST, never))).toMatchObject({ kind: 'invalid_input' });
    expect(fake.calls()).toEqual({});
  });
});

describe('stopping', () => {
  it('cancels what runs', async () => {
    fake.script({ on: 'prediction', fault: 'stuck' });
    const handle = await provider.submit(REQUEST, never);
    await provider.cancel(handle, never);
    expect(fake.ledger()).toMatchObject([{ state: 'canceled', cancelled: true }]);
    expect(await provider.poll(handle, REQUEST, never)).toMatchObject({
      state: 'failed',
      failure: { kind: 'cancelled' },
    });
  });

  it('of what is finished or unknown is no error', async () => {
    const handle = await provider.submit(REQUEST, never);
    await pollUntilOver(handle.externalId);
    await provider.cancel(handle, never);
    await provider.cancel({ externalId: 'gm3qorzdhgbfurvjtvhg6dckhu' }, never);
    expect(fake.ledger()).toMatchObject([{ state: 'succeeded', cancelled: false }]);
  });

  it('by the signal ends a hanging call at once, and an order so ended may have been accepted', async () => {
    fake.script({ on: 'create', fault: 'hang_after_accept' });
    const stop = new AbortController();
    const submitting = failureOf(provider.submit(REQUEST, stop.signal));
    setTimeout(() => stop.abort(), 50);
    expect(await submitting).toMatchObject({ kind: 'cancelled', accepted: 'maybe' });
  });

  it('happens at the service itself when nobody is left to ask', async () => {
    const painter = createReplicateProvider({ token: fake.token, baseUrl: fake.url, predictionDeadlineMs: 5_000 });
    fake.script({ on: 'prediction', fault: 'stuck' });
    const handle = await painter.submit(REQUEST, never);
    const reply = await fetch(`${fake.url}/predictions/${handle.externalId}`, {
      headers: { authorization: `Bearer ${fake.token}` },
    });
    const shown = (await reply.json()) as { created_at: string; deadline: string };
    expect(Date.parse(shown.deadline) - Date.parse(shown.created_at)).toBe(5_000);
  });
});
