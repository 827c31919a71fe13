import { describe, expect, it } from 'vitest';
import { useDatabase } from '#tests/support/database/fixture.ts';
import { admitted, newTenant } from '#tests/support/database/world.ts';
import { beginAttempt } from '../generations/attempt-steps.ts';
import { type CreateRate, pauseCreates } from './provider-limits.ts';
import { beginPurchase } from './purchases.ts';

const fixture = useDatabase({ poolSize: 16 });
const HOUR_MS = 3_600_000;
/** A machine may set its clock back between two reads. */
const CLOCK_STEP_MS = 1_000;

async function newAttempt({ provider }: Pick<CreateRate, 'provider'>) {
  const { id } = await admitted(fixture.database, await newTenant(fixture.database));
  const begun = await beginAttempt(fixture.database, { generationId: id, ordinal: 0, provider, model: 'm' });
  if (begun.kind !== 'attempt') throw new Error(begun.kind);
  return begun.attempt;
}
const acquire = async (rate: CreateRate) =>
  beginPurchase(fixture.database, { attempt: await newAttempt(rate), costUsd: null, bounds: {}, rate });

describe('the rate limiter of beginPurchase', () => {
  it('spaces slots one interval apart after the burst, however many workers acquire them concurrently', async () => {
    const rate = { provider: 'replicate', perMinute: 6, burst: 3, maxWaitMs: HOUR_MS } as const;
    const slots = await Promise.all(Array.from({ length: 12 }, () => acquire(rate)));
    const waits = slots
      .map((slot) => (slot.kind === 'wait' ? slot.waitMs : slot.kind === 'submitting' ? 0 : Number.NaN))
      .sort((a, b) => a - b);
    expect(waits.filter((waitMs) => waitMs === 0)).toHaveLength(3);
    for (const [index, waitMs] of waits.slice(3).entries()) {
      const nominalMs = 10_000 * (index + 1);
      expect(waitMs).toBeGreaterThan(nominalMs - 5_000);
      expect(waitMs).toBeLessThan(nominalMs + CLOCK_STEP_MS);
    }
  });

  it('refuses a slot that is too far ahead, without consuming it', async () => {
    const rate = { provider: 'fal', perMinute: 1, burst: 1, maxWaitMs: 70_000 } as const;
    const kinds = [];
    for (let i = 0; i < 4; i += 1) kinds.push(await acquire(rate));
    expect(kinds.map(({ kind }) => kind)).toEqual(['submitting', 'wait', 'crowded', 'crowded']);
    const [, , third, fourth] = kinds;
    // The first refusal consumed nothing: the second one has the same wait.
    for (const slot of [third, fourth]) {
      expect(slot?.kind === 'crowded' && slot.retryAfterMs).toBeGreaterThanOrEqual(45_000);
      expect(slot?.kind === 'crowded' && slot.retryAfterMs).toBeLessThan(60_000 + CLOCK_STEP_MS);
    }
  });

  it('waits as long as the provider’s Retry-After', async () => {
    const rate = { provider: 'huggingface', perMinute: 60, burst: 5 } as const;
    await pauseCreates(fixture.database, { ...rate, pauseMs: 30_000 });
    await pauseCreates(fixture.database, { ...rate, pauseMs: 1_000 });
    const slot = await acquire({ ...rate, maxWaitMs: HOUR_MS });
    expect(slot.kind === 'wait' && slot.waitMs).toBeGreaterThan(25_000);
    expect(slot.kind === 'wait' && slot.waitMs).toBeLessThan(30_000 + CLOCK_STEP_MS);
    const impatient = await acquire({ ...rate, maxWaitMs: 1_000 });
    expect(impatient).toMatchObject({ kind: 'crowded' });
  });
});
