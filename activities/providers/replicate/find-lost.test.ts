import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createFakeReplicate } from '#tests/fakes/replicate/fake-replicate.ts';
import { failureOf, NEVER_ABORTED, NO_CALLBACK } from '#tests/fakes/conformance/provider-call.ts';
import { createProviderBench, type ProviderBench, REQUEST } from '#tests/fakes/replicate/provider-bench.ts';
import { createReplicateProvider } from './replicate-provider.ts';

let bench: ProviderBench;
beforeAll(async () => {
  bench = await createProviderBench();
});
beforeEach(() => bench.fake.reset());
afterAll(() => bench.fake.stop());

describe('the Replicate provider, finding a lost prediction', () => {
  const lostAfterAccept = [
    'reset_after_accept',
    'hang_after_accept',
    'torn_reply',
    'server_error_after_accept',
  ] as const;
  const startedAt = new Date();
  const isClaimed = () => Promise.resolve(false);

  it.each(lostAfterAccept)('finds a prediction whose reply was lost by %s, paid once', async (fault) => {
    bench.fake.script({ on: 'create', fault });
    const failure = await failureOf(bench.providerFor(fault).submit(REQUEST, NEVER_ABORTED));
    expect(failure).toMatchObject({ kind: 'transient', accepted: 'maybe' });

    const found = await bench.provider.find({ request: REQUEST, startedAt, isClaimed, ...NO_CALLBACK }, NEVER_ABORTED);
    expect(found).toBeDefined();
    expect(await bench.pollUntilOver(found?.externalId ?? '')).toMatchObject({ state: 'succeeded' });
    expect(bench.fake.ledger()).toMatchObject([{ id: found?.externalId, state: 'succeeded' }]);
  });

  it.each(['reset', 'hang', 'server_error'] as const)(
    'finds nothing after %s before acceptance, so that the call may be repeated',
    async (fault) => {
      bench.fake.script({ on: 'create', fault });
      expect(await failureOf(bench.providerFor(fault).submit(REQUEST, NEVER_ABORTED))).toMatchObject({
        accepted: 'maybe',
      });
      expect(
        await bench.provider.find({ request: REQUEST, startedAt, isClaimed, ...NO_CALLBACK }, NEVER_ABORTED),
      ).toBeUndefined();
      await bench.finish();
      expect(bench.fake.ledger()).toHaveLength(1);
    },
  );

  it('finds a prediction that is listed only later', async () => {
    bench.fake.script({ on: 'create', fault: 'reset_after_accept' }, { on: 'prediction', fault: 'unlisted', ms: 120 });
    await failureOf(bench.provider.submit(REQUEST, NEVER_ABORTED));
    expect(
      await bench.provider.find({ request: REQUEST, startedAt, isClaimed, ...NO_CALLBACK }, NEVER_ABORTED),
    ).toBeDefined();
  });

  it('matches by model, seed, prompt, age and owner', async () => {
    const others = [{ seed: 1 }, { prompt: 'another' }, { model: 'black-forest-labs/flux-dev' }];
    for (const other of others) await bench.provider.submit({ ...REQUEST, ...other }, NEVER_ABORTED);
    const claimed = await bench.provider.submit(REQUEST, NEVER_ABORTED);
    const attempt = {
      request: REQUEST,
      startedAt,
      isClaimed: (id: string) => Promise.resolve(id === claimed.externalId),
      ...NO_CALLBACK,
    };
    expect(await bench.provider.find(attempt, NEVER_ABORTED)).toBeUndefined();

    const later = new Date(Date.now() + 10 * 60_000);
    expect(
      await bench.provider.find({ request: REQUEST, startedAt: later, isClaimed, ...NO_CALLBACK }, NEVER_ABORTED),
    ).toBeUndefined();

    const lostPrediction = await bench.provider.submit(REQUEST, NEVER_ABORTED);
    expect(await bench.provider.find(attempt, NEVER_ABORTED)).toEqual({ externalId: lostPrediction.externalId });
  });

  it('never adopts by the seed alone: a model without a prompt needs the image, which may be deleted since', async () => {
    const bytes = Buffer.from('an image');
    const reference = {
      mode: 'variation',
      bytes,
      mimeType: 'image/jpeg',
      strength: undefined,
      seed: undefined,
    } as const;
    const request = { ...REQUEST, model: 'black-forest-labs/flux-redux-dev', reference };
    const { externalId } = await bench.provider.submit(request, NEVER_ABORTED);
    const lost = (changes: object) => ({ request: { ...request, ...changes }, startedAt, isClaimed, ...NO_CALLBACK });
    expect(await bench.provider.find(lost({}), NEVER_ABORTED)).toEqual({ externalId });
    const another = { ...reference, bytes: Buffer.from('another image') };
    for (const changes of [{ reference: undefined }, { reference: another }])
      expect(await bench.provider.find(lost(changes), NEVER_ABORTED)).toBeUndefined();
  });

  it('throws when the list can not be read', async () => {
    bench.fake.script({ on: 'list', fault: 'server_error' });
    const lost = { request: REQUEST, startedAt, isClaimed, ...NO_CALLBACK };
    expect(await failureOf(bench.provider.find(lost, NEVER_ABORTED))).toMatchObject({ kind: 'transient' });
  });
});

describe('the Replicate provider with callbacks, finding a lost prediction', () => {
  const [mine, other] = [REQUEST.attemptId, '0190b2f0-0000-7000-8000-000000000002'];
  const startedAt = new Date();
  const unclaimed = { startedAt, isClaimed: () => Promise.resolve(false), ...NO_CALLBACK };
  const withCallbacks = () =>
    createReplicateProvider({
      key: bench.fake.token,
      baseUrl: bench.fake.url,
      webhookUrl: 'https://studio.example/api/v1/webhooks/replicate',
      findPollsAfterMs: [0],
    });

  it('tells two attempts with the same seed and prompt apart by the address of their callbacks', async () => {
    const provider = withCallbacks();
    const theirs = await provider.submit({ ...REQUEST, attemptId: other }, NEVER_ABORTED);
    expect(await provider.find({ request: REQUEST, ...unclaimed }, NEVER_ABORTED)).toBeUndefined();
    const ours = await provider.submit(REQUEST, NEVER_ABORTED);
    expect(await provider.find({ request: REQUEST, ...unclaimed }, NEVER_ABORTED)).toEqual({
      externalId: ours.externalId,
    });
    const request = { ...REQUEST, attemptId: other };
    expect(await provider.find({ request, ...unclaimed }, NEVER_ABORTED)).toEqual({ externalId: theirs.externalId });
  });

  it('still finds a prediction whose input was deleted', async () => {
    const provider = withCallbacks();
    bench.fake.script({ on: 'prediction', fault: 'deleted' });
    const { externalId } = await provider.submit(REQUEST, NEVER_ABORTED);
    await bench.pollUntilOver(externalId);
    expect(await provider.find({ request: REQUEST, ...unclaimed }, NEVER_ABORTED)).toEqual({ externalId });
  });

  it.each([
    ['adopts the prediction that a callback named, before it is listed', mine, true],
    ['does not adopt the prediction of another attempt that a callback named', other, false],
  ])('%s', async (_, attemptId, isAdopted) => {
    const provider = withCallbacks();
    bench.fake.script({ on: 'prediction', fault: 'unlisted', ms: 60_000 });
    const { externalId } = await provider.submit({ ...REQUEST, attemptId }, NEVER_ABORTED);
    const lost = { request: REQUEST, ...unclaimed, calledBackJob: () => Promise.resolve(externalId) };
    expect(await provider.find(lost, NEVER_ABORTED)).toEqual(isAdopted ? { externalId } : undefined);
  });
});

describe('the Replicate provider, searching many pages', () => {
  it('finds the prediction on a later page, and throws when there are too many pages', async () => {
    const small = await createFakeReplicate({ pageSize: 2 });
    try {
      const provider = createReplicateProvider({ key: small.token, baseUrl: small.url, findPollsAfterMs: [0] });
      const lostPrediction = await provider.submit(REQUEST, NEVER_ABORTED);
      for (let seed = 0; seed < 5; seed += 1) await provider.submit({ ...REQUEST, seed }, NEVER_ABORTED);
      const lost = { request: REQUEST, startedAt: new Date(), isClaimed: () => Promise.resolve(false), ...NO_CALLBACK };
      expect(await provider.find(lost, NEVER_ABORTED)).toEqual({ externalId: lostPrediction.externalId });

      for (let seed = 10; seed < 30; seed += 1) await provider.submit({ ...REQUEST, seed }, NEVER_ABORTED);
      expect(await failureOf(provider.find(lost, NEVER_ABORTED))).toMatchObject({
        kind: 'transient',
        accepted: 'maybe',
      });
    } finally {
      await small.stop();
    }
  });
});
