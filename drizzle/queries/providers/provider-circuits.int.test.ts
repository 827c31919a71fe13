import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { FAILURES_TO_OPEN, PROBE_MS } from '#domain/provider/circuit-breaker.ts';
import type { ProviderFailureKind } from '#domain/provider/provider-failure.ts';
import { useDatabase } from '#tests/support/database/fixture.ts';
import { createCircuitBreakers, type CircuitBreakers, type ProviderCall } from '#drizzle/stores/circuit-breakers.ts';
import { readCircuits } from './provider-circuits.ts';

const fixture = useDatabase({ poolSize: 16 });
afterEach(() => fixture.owner.query('TRUNCATE provider_circuits'));

const ASKERS = 50;
/** One worker each. */
const board = () => createCircuitBreakers(fixture.database);
const call = (model = 'm'): ProviderCall => ({ provider: 'fal', model, attemptId: randomUUID() });

async function failOften(kind: ProviderFailureKind, times = FAILURES_TO_OPEN, retryAfterMs?: number) {
  await Promise.all(Array.from({ length: times }, () => board().failed(call(), { kind, retryAfterMs })));
}
/** As if this much time had passed. */
const later = (ms: number) =>
  fixture.owner.query(
    `UPDATE provider_circuits SET open_until = open_until - $1 * interval '1 millisecond', probe_until = probe_until - $1 * interval '1 millisecond'`,
    [ms],
  );
const until = async () => {
  const { rows, nowMs } = await readCircuits(fixture.database);
  const [{ circuit } = { circuit: undefined }] = rows;
  return circuit?.openUntilMs == null ? undefined : circuit.openUntilMs - nowMs;
};

describe('the circuit of a provider', () => {
  it('opens for every worker, however many count its failures at once', async () => {
    await failOften('transient', FAILURES_TO_OPEN - 1);
    expect(await board().acquire(call())).toBe('go');
    await failOften('transient', 1);
    const outcomes = await Promise.all([call('m'), call('other')].map((one) => board().acquire(one)));
    expect(outcomes).toEqual(['provider_open', 'provider_open']);
    expect(await board().acquire({ ...call(), provider: 'replicate' })).toBe('go');
  });

  it('lets one of fifty probe when its time is over', async () => {
    await failOften('transient');
    await later(3_600_000);
    const boards: CircuitBreakers[] = Array.from({ length: ASKERS }, board);
    const outcomes = await Promise.all(boards.map((one) => one.acquire(call())));
    expect(outcomes.filter((outcome) => outcome === 'go')).toHaveLength(1);
  });

  it('closes for all when the probe delivers, and opens again for longer when it fails', async () => {
    await failOften('auth');
    const firstMs = (await until())!;
    await later(3_600_000);
    const bad = call();
    const worker = board();
    expect(await worker.acquire(bad)).toBe('go');
    await worker.failed(bad, { kind: 'transient' });
    expect(await until()).toBeGreaterThan(1.5 * firstMs);
    await later(3_600_000);
    const good = call();
    expect(await board().acquire(good)).toBe('go');
    await board().delivered(good);
    const outcomes = await Promise.all([call(), call(), call()].map((one) => board().acquire(one)));
    expect(outcomes).toEqual(['go', 'go', 'go']);
  });

  it('lets another one probe when the first is not heard of again', async () => {
    await failOften('transient');
    await later(3_600_000);
    expect(await board().acquire(call())).toBe('go');
    expect(await board().acquire(call())).toBe('provider_open');
    await later(PROBE_MS);
    expect(await board().acquire(call())).toBe('go');
  });

  it('is no shorter open than Retry-After', async () => {
    await failOften('transient', FAILURES_TO_OPEN, 400_000);
    expect(await until()).toBeGreaterThan(390_000);
  });

  it.each(['moderated', 'invalid_input', 'rate_limited', 'cancelled', 'corrupt_output', 'out_of_service'] as const)(
    'does not open by %s',
    async (kind) => {
      await failOften('transient', FAILURES_TO_OPEN - 1);
      await failOften(kind, 2 * FAILURES_TO_OPEN);
      expect(await board().acquire(call())).toBe('go');
    },
  );

  it('is of one model where that was too slow', async () => {
    await failOften('timeout');
    expect(await board().acquire(call('m'))).toBe('model_open');
    expect(await board().acquire(call('other'))).toBe('go');
  });

  it('gives the probe of the provider back when the model is shut', async () => {
    await failOften('transient');
    await later(3_600_000);
    await failOften('timeout');
    const worker = board();
    expect(await worker.acquire(call('m'))).toBe('model_open');
    expect(await worker.acquire(call('other'))).toBe('go');
  });
});

describe('a check', () => {
  const EVERY_MS = 65_000;

  it('that fails opens the circuit, and a good one lets one order probe', async () => {
    await board().checked('fal', { kind: 'auth' }, EVERY_MS);
    expect(await board().acquire(call())).toBe('provider_open');
    await board().checked('fal', null, EVERY_MS);
    const outcomes = await Promise.all(Array.from({ length: 3 }, () => board().acquire(call())));
    expect(outcomes.filter((outcome) => outcome === 'go')).toHaveLength(1);
  });

  it('is kept with its time, and opens nothing when it is good', async () => {
    await board().checked('fal', null, EVERY_MS);
    const { rows } = await readCircuits(fixture.database);
    expect(rows).toEqual([expect.objectContaining({ provider: 'fal', model: null, checkFailure: null })]);
    expect(rows[0]?.checkedAt).toBeInstanceOf(Date);
    expect(await board().acquire(call())).toBe('go');
  });
});
