import { describe, expect, it } from 'vitest';
import { useDatabase } from '#tests/support/database/fixture.ts';
import { pauseCreates, acquireCreateSlot } from './provider-limits.ts';

const fixture = useDatabase({ poolSize: 16 });
const HOUR_MS = 3_600_000;

describe('acquireCreateSlot', () => {
  it('spaces slots one interval apart after the burst, however many workers acquire them concurrently', async () => {
    const rate = { provider: 'replicate', perMinute: 6, burst: 3, maxWaitMs: HOUR_MS } as const;
    const slots = await Promise.all(Array.from({ length: 12 }, () => acquireCreateSlot(fixture.database, rate)));
    const waits = slots.map((slot) => (slot.kind === 'acquired' ? slot.waitMs : Number.NaN)).sort((a, b) => a - b);
    expect(waits.filter((waitMs) => waitMs === 0)).toHaveLength(3);
    for (const [index, waitMs] of waits.slice(3).entries()) {
      const nominalMs = 10_000 * (index + 1);
      expect(waitMs).toBeGreaterThan(nominalMs - 5_000);
      expect(waitMs).toBeLessThanOrEqual(nominalMs);
    }
  });

  it('refuses a slot that is too far ahead, without consuming it', async () => {
    const rate = { provider: 'fal', perMinute: 1, burst: 1, maxWaitMs: 70_000 } as const;
    const kinds = [];
    for (let i = 0; i < 4; i += 1) kinds.push(await acquireCreateSlot(fixture.database, rate));
    expect(kinds.map(({ kind }) => kind)).toEqual(['acquired', 'acquired', 'crowded', 'crowded']);
    const [, , third, fourth] = kinds;
    // The first refusal consumed nothing: the second one has the same wait.
    for (const slot of [third, fourth]) {
      expect(slot?.kind === 'crowded' && slot.retryAfterMs).toBeGreaterThanOrEqual(45_000);
      expect(slot?.kind === 'crowded' && slot.retryAfterMs).toBeLessThanOrEqual(60_000);
    }
  });

  it('waits as long as the provider’s Retry-After', async () => {
    const rate = { provider: 'huggingface', perMinute: 60, burst: 5 } as const;
    await pauseCreates(fixture.database, { ...rate, pauseMs: 30_000 });
    await pauseCreates(fixture.database, { ...rate, pauseMs: 1_000 });
    const slot = await acquireCreateSlot(fixture.database, { ...rate, maxWaitMs: HOUR_MS });
    expect(slot.kind === 'acquired' && slot.waitMs).toBeGreaterThan(25_000);
    expect(slot.kind === 'acquired' && slot.waitMs).toBeLessThanOrEqual(30_000);
    const impatient = await acquireCreateSlot(fixture.database, { ...rate, maxWaitMs: 1_000 });
    expect(impatient).toMatchObject({ kind: 'crowded' });
  });
});
