import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listAttempts } from '#drizzle/queries/generations/attempts.ts';
import type { TestUser } from '../support/insert-request.ts';
import { until } from '../support/until.ts';
import { COST_USD, endedWithAttempt, endedWithJob } from './ended-attempts.ts';
import { openReconciler, type OpenReconciler } from './open-reconciler.ts';

let { studio, rows, reconcile, change, close } = {} as OpenReconciler;
let user: TestUser;

beforeAll(async () => {
  ({ studio, rows, reconcile, change, close } = await openReconciler());
});
beforeEach(async () => {
  rows.clear();
  studio.replicate.reset();
  user = await studio.user({ credits: 100 });
});
afterAll(() => close());

describe('an attempt that outlived its generation', () => {
  const ended = {
    withAttempt: (state: 'created' | 'submitting') => endedWithAttempt({ studio, change, user }, state),
    withJob: () => endedWithJob({ studio, change, user }),
  };
  const attemptOf = async (id: string) => (await listAttempts(studio.database, [id]))[0]!;
  const spent = async () => {
    const [row] = await studio.database.call<{ usd: string }>(
      'test.spent',
      'SELECT coalesce(sum(usd), 0) AS usd FROM provider_spending',
      [],
    );
    return Number(row?.usd);
  };

  it.each(['created', 'submitting'] as const)(
    'is closed, and its budget returned, when nothing was bought (%s)',
    async (state) => {
      const before = await spent();
      const id = await ended.withAttempt(state);
      expect(await spent()).toBeCloseTo(before + COST_USD);
      expect((await reconcile()).closedAttempts).toBe(1);
      expect((await attemptOf(id)).state).toBe('cancelled');
      expect(await spent()).toBeCloseTo(before);
      expect((await reconcile()).closedAttempts).toBe(0);
    },
  );

  it('is closed although the provider does not answer for a page of others', async () => {
    const bad = await ended.withJob();
    await change(
      `INSERT INTO provider_attempts (generation_id, ordinal, provider, model, state, external_id)
       SELECT generation_id, n, provider, model, 'submitted', external_id || n FROM provider_attempts, generate_series(1, 49) n
       WHERE generation_id = $1`,
      [bad],
    );
    const good = await ended.withJob();
    studio.replicate.script({ on: 'cancel', fault: 'server_error', times: 50 });
    expect((await reconcile()).closedAttempts).toBe(-1);
    // On a busy machine the time of one round may end before the page does; the next one continues there.
    await until(async () => {
      await reconcile();
      return (await attemptOf(good)).state === 'cancelled';
    });
    studio.replicate.reset();
    await change("UPDATE provider_attempts SET state = 'cancelled' WHERE generation_id = $1", [bad]);
  });

  it('is cancelled at the provider', async () => {
    const id = await ended.withJob();
    expect((await reconcile()).closedAttempts).toBe(1);
    expect((await attemptOf(id)).state).toBe('cancelled');
    expect(studio.replicate.ledger()[0]?.cancelled).toBe(true);
  });

  it('is looked up and cancelled when the reply to its call was lost', async () => {
    const id = await ended.withJob();
    await change("UPDATE provider_attempts SET state = 'submitting', external_id = NULL WHERE generation_id = $1", [
      id,
    ]);
    expect((await reconcile()).closedAttempts).toBe(1);
    expect(studio.replicate.ledger()[0]?.cancelled).toBe(true);
  });

  it('leaves a job alone that another attempt has claimed since it was found', async () => {
    const [id, claiming] = [await ended.withJob(), await ended.withAttempt('created')];
    const claimant = (await attemptOf(claiming)).id;
    await change("UPDATE provider_attempts SET state = 'submitting', external_id = NULL WHERE generation_id = $1", [
      id,
    ]);
    await change("UPDATE provider_attempts SET state = 'cancelled' WHERE id = $1", [claimant]);
    rows.claimants.set((await attemptOf(id)).id, claimant);
    expect((await reconcile()).closedAttempts).toBe(-1);
    expect((await attemptOf(claiming)).externalId).not.toBeNull();
    expect((await reconcile()).closedAttempts).toBe(1);
    expect(studio.replicate.ledger()[0]?.cancelled).toBe(false);
  });

  it('stays open until the provider accepts the cancel', async () => {
    const id = await ended.withJob();
    studio.replicate.script({ on: 'cancel', fault: 'server_error', times: 2 });
    await studio.activities.local.abandon({ generationId: id });
    expect((await attemptOf(id)).state).toBe('submitted');
    expect((await reconcile()).closedAttempts).toBe(-1);
    expect((await reconcile()).closedAttempts).toBe(1);
    expect(studio.replicate.ledger()[0]?.cancelled).toBe(true);
  });
});
