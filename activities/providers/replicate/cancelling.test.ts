import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createFakeReplicate } from '#tests/fakes/replicate/fake-replicate.ts';
import { failureOf, NEVER_ABORTED } from '#tests/fakes/conformance/provider-call.ts';
import { createProviderBench, type ProviderBench, REQUEST } from '#tests/fakes/replicate/provider-bench.ts';
import { createReplicateProvider } from './replicate-provider.ts';

let bench: ProviderBench;
beforeAll(async () => {
  bench = await createProviderBench();
});
beforeEach(() => bench.fake.reset());
afterAll(() => bench.fake.stop());

describe('the Replicate provider, cancelling', () => {
  it('cancels a running prediction', async () => {
    bench.fake.script({ on: 'prediction', fault: 'stuck' });
    const job = await bench.provider.submit(REQUEST, NEVER_ABORTED);
    await bench.provider.cancel(job, NEVER_ABORTED);
    expect(bench.fake.ledger()).toMatchObject([{ state: 'canceled', cancelled: true }]);
    expect(await bench.provider.poll(job, REQUEST, NEVER_ABORTED)).toMatchObject({
      state: 'failed',
      failure: { kind: 'cancelled' },
    });
  });

  it('ignores a finished or unknown prediction', async () => {
    const job = await bench.provider.submit(REQUEST, NEVER_ABORTED);
    await bench.pollUntilOver(job.externalId);
    await bench.provider.cancel(job, NEVER_ABORTED);
    await bench.provider.cancel({ externalId: 'gm3qorzdhgbfurvjtvhg6dckhu' }, NEVER_ABORTED);
    expect(bench.fake.ledger()).toMatchObject([{ state: 'succeeded', cancelled: false }]);
  });

  it('aborts a hanging call on the signal and reports that it may have been accepted', async () => {
    bench.fake.script({ on: 'create', fault: 'hang_after_accept' });
    const stop = new AbortController();
    const submitting = failureOf(bench.provider.submit(REQUEST, stop.signal));
    setTimeout(() => stop.abort(), 50);
    expect(await submitting).toMatchObject({ kind: 'cancelled', accepted: 'maybe' });
  });

  it.each(['stuck', 'never_starts'] as const)(
    'has the service cancel a prediction that is %s after its deadline',
    async (fault) => {
      let aheadMs = 0;
      const fake = await createFakeReplicate({ now: () => Date.now() + aheadMs });
      try {
        const provider = createReplicateProvider({
          key: fake.token,
          baseUrl: fake.url,
          predictionDeadlineMs: 60_000,
        });
        fake.script({ on: 'prediction', fault });
        const job = await provider.submit(REQUEST, NEVER_ABORTED);
        aheadMs = 59_000;
        expect(await provider.poll(job, REQUEST, NEVER_ABORTED)).toMatchObject({ state: 'running' });
        aheadMs = 61_000;
        expect(await provider.poll(job, REQUEST, NEVER_ABORTED)).toMatchObject({
          state: 'failed',
          failure: { kind: 'timeout' },
        });
      } finally {
        await fake.stop();
      }
    },
  );
});
