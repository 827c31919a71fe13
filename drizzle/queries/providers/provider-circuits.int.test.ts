import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { FAILURES_TO_OPEN, PROBE_MS } from '#domain/provider/circuit-breaker.ts';
import type { ProviderFailureKind } from '#domain/provider/provider-failure.ts';
import { useDatabase } from '#tests/support/database/fixture.ts';
import { createCircuitBreakers, type CircuitBreakers, type ProviderCall } from '#drizzle/stores/circuit-breakers.ts';
import { readCircuits } from './provider-circuits.ts';

const fixture = useDatabase({ poolSize: 16 });
afterEach(() => fixture.owner.query('TRUNCATE provider_circuits'));

const WORKERS = 50;
/** The circuit breakers of another worker. */
const newWorker = () => createCircuitBreakers(fixture.database);
const call = (model = 'm'): ProviderCall => ({ provider: 'fal', model, attemptId: randomUUID() });

async function failOften(kind: ProviderFailureKind, times = FAILURES_TO_OPEN, retryAfterMs?: number) {
  await Promise.all(Array.from({ length: times }, () => newWorker().failed(call(), { kind, retryAfterMs })));
}
/** Simulates that this much time has passed. */
const advance = (ms: number) =>
  fixture.owner.query(
    `UPDATE provider_circuits SET open_until = open_until - $1 * interval '1 millisecond', probe_until = probe_until - $1 * interval '1 millisecond'`,
    [ms],
  );
const openForMs = async () => {
  const { rows, nowMs } = await readCircuits(fixture.database);
  const [{ circuit } = { circuit: undefined }] = rows;
  return circuit?.openUntilMs == null ? undefined : circuit.openUntilMs - nowMs;
};

describe('a provider’s circuit breaker', () => {
  it('opens for every worker, however many count its failures concurrently', async () => {
    await failOften('transient', FAILURES_TO_OPEN - 1);
    expect(await newWorker().acquire(call())).toBe('go');
    await failOften('transient', 1);
    const outcomes = await Promise.all(
      [call('m'), call('other')].map((providerCall) => newWorker().acquire(providerCall)),
    );
    expect(outcomes).toEqual(['provider_open', 'provider_open']);
    expect(await newWorker().acquire({ ...call(), provider: 'replicate' })).toBe('go');
  });

  it('permits one probe among fifty workers once it is half-open', async () => {
    await failOften('transient');
    await advance(3_600_000);
    const workers: CircuitBreakers[] = Array.from({ length: WORKERS }, newWorker);
    const outcomes = await Promise.all(workers.map((worker) => worker.acquire(call())));
    expect(outcomes.filter((outcome) => outcome === 'go')).toHaveLength(1);
  });

  it('closes for all workers when the probe succeeds, and opens for longer when it fails', async () => {
    await failOften('auth');
    const firstMs = (await openForMs())!;
    await advance(3_600_000);
    const bad = call();
    const worker = newWorker();
    expect(await worker.acquire(bad)).toBe('go');
    await worker.failed(bad, { kind: 'transient' });
    expect(await openForMs()).toBeGreaterThan(1.5 * firstMs);
    await advance(3_600_000);
    const good = call();
    expect(await newWorker().acquire(good)).toBe('go');
    await newWorker().delivered(good);
    const outcomes = await Promise.all(
      [call(), call(), call()].map((providerCall) => newWorker().acquire(providerCall)),
    );
    expect(outcomes).toEqual(['go', 'go', 'go']);
  });

  it('permits another probe when the first one never ends', async () => {
    await failOften('transient');
    await advance(3_600_000);
    expect(await newWorker().acquire(call())).toBe('go');
    expect(await newWorker().acquire(call())).toBe('provider_open');
    await advance(PROBE_MS);
    expect(await newWorker().acquire(call())).toBe('go');
  });

  it('stays open at least as long as Retry-After', async () => {
    await failOften('transient', FAILURES_TO_OPEN, 400_000);
    expect(await openForMs()).toBeGreaterThan(390_000);
  });

  it.each(['moderated', 'invalid_input', 'rate_limited', 'cancelled', 'out_of_service'] as const)(
    'does not open after %s',
    async (kind) => {
      await failOften('transient', FAILURES_TO_OPEN - 1);
      await failOften(kind, 2 * FAILURES_TO_OPEN);
      expect(await newWorker().acquire(call())).toBe('go');
    },
  );

  it.each(['timeout', 'corrupt_output'] as const)('opens for one model only after its %s', async (kind) => {
    await failOften(kind);
    expect(await newWorker().acquire(call('m'))).toBe('model_open');
    expect(await newWorker().acquire(call('other'))).toBe('go');
  });

  it('releases the provider’s probe when the model’s circuit is open', async () => {
    await failOften('transient');
    await advance(3_600_000);
    await failOften('timeout');
    const worker = newWorker();
    expect(await worker.acquire(call('m'))).toBe('model_open');
    expect(await worker.acquire(call('other'))).toBe('go');
  });
});

describe('a provider’s health check', () => {
  const EVERY_MS = 65_000;

  it('opens the circuit when it fails, and permits one probe when it succeeds', async () => {
    await newWorker().checked('fal', { kind: 'auth' }, EVERY_MS);
    expect(await newWorker().acquire(call())).toBe('provider_open');
    await newWorker().checked('fal', null, EVERY_MS);
    const outcomes = await Promise.all(Array.from({ length: 3 }, () => newWorker().acquire(call())));
    expect(outcomes.filter((outcome) => outcome === 'go')).toHaveLength(1);
  });

  it('is stored with its time, and opens no circuit when it succeeds', async () => {
    await newWorker().checked('fal', null, EVERY_MS);
    const { rows } = await readCircuits(fixture.database);
    expect(rows).toEqual([expect.objectContaining({ provider: 'fal', model: null, checkFailure: null })]);
    expect(rows[0]?.checkedAt).toBeInstanceOf(Date);
    expect(await newWorker().acquire(call())).toBe('go');
  });
});
