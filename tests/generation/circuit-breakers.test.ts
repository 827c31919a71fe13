import { randomUUID } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/activity';
import { MockActivityEnvironment } from '@temporalio/testing';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createGenerateImage } from '#activities/generate/generate-image.ts';
import { createProviderGuard } from '#activities/generate/provider-guard.ts';
import type { ImageProvider } from '#activities/providers/port.ts';
import { createProviders } from '#activities/providers/create-providers.ts';
import type { StagedImage } from '#activities/activity-types.ts';
import { FAILURES_TO_OPEN } from '#domain/provider/circuit-breaker.ts';
import { createCircuitBreakers } from '#drizzle/stores/circuit-breakers.ts';
import { listAttempts } from '#drizzle/queries/generations/attempts.ts';
import { createFeatureSwitches } from '#drizzle/stores/feature-switches.ts';
import { createMetrics } from '#temporal/worker/metrics.ts';
import type { checkProviders } from '#workflows/maintenance/check-providers.ts';
import { drawImage } from '../fakes/faults/draw-image.ts';
import { ALWAYS } from '../fakes/faults/fault.ts';
import { uniqueSuffix } from '../support/stack.ts';
import { openStudio, type Studio } from '../support/studio.ts';
import { until } from '../support/until.ts';
import { DEV, ILLUSTRATOR, SCHNELL, type TestUser } from '../support/insert-request.ts';

/** Makings while the circuit is open: enough for a 99th percentile to mean the slowest. */
const WHILE_OPEN = 24;
const ORDER = (model: string) => `POST /v1/models/${model}/predictions`;
const RUNS_MAX = 6;
/** What a worker knows of circuits may be so old. */
const CACHED_MS = 1_000;

let studio: Studio;
let user: TestUser;
beforeAll(async () => {
  const bytes = await drawImage({ widthPx: 512, heightPx: 512, seed: 7, format: 'png' });
  studio = await openStudio({
    wrapProvider: (provider) => (provider.name === 'illustrator' ? quick(provider, bytes) : provider),
  });
  await studio.startWorkers();
  user = await studio.user({ tier: 'pro', credits: 2_000 });
});
afterEach(async () => {
  studio.replicate.reset();
  await studio.database.call(
    'test.close',
    'UPDATE provider_circuits SET version = version + 1, failures = 0, open_until = NULL, not_before = NULL, openings = 0, probe = NULL, probe_until = NULL',
    [],
  );
});
afterAll(() => studio.close());

/** The next provider costs no core here: what is measured is the way to it. */
function quick(provider: ImageProvider, bytes: Buffer): ImageProvider {
  return {
    ...provider,
    submit: () => Promise.resolve({ externalId: randomUUID(), pollAfterMs: 0 }),
    poll: () => Promise.resolve({ state: 'succeeded', image: { bytes, costUsd: 0, credit: null } }),
  };
}

const orders = () => studio.replicate.calls()[ORDER(SCHNELL.model)] ?? 0;

async function make(plan = [SCHNELL, ILLUSTRATOR]) {
  const { id } = await studio.generate(user, { plan });
  const row = await studio.ended(id);
  const attempts = await listAttempts(studio.database, [id]);
  return { row, attempts, ends: attempts.map(({ state, failure }) => failure?.kind ?? state) };
}

async function isOpen() {
  const rows = await studio.database.call('test.open', 'SELECT 1 FROM provider_circuits WHERE open_until > now()', []);
  return rows.length > 0;
}

/** As after so many failures elsewhere; the workers here know of it within a second. */
async function open(): Promise<void> {
  const { failed } = createCircuitBreakers(studio.database);
  for (let times = 0; times < FAILURES_TO_OPEN; times += 1) {
    await failed({ ...SCHNELL, attemptId: randomUUID() }, { kind: 'transient' });
  }
  await sleep(CACHED_MS);
}

/** From now on; below zero it is over. */
async function moveOpenTime(by: string): Promise<void> {
  const text = 'UPDATE provider_circuits SET version = version + 1, open_until = now() + $1::interval';
  await studio.database.call('test.move', text, [by]);
}

/** Another worker: adapters and memories of its own; database, bucket and provider are shared. */
function anotherWorker() {
  const { database, store, wakeups, replicate } = studio;
  const log = pino({ level: 'silent' });
  const featureSwitches = createFeatureSwitches(database);
  return createGenerateImage({
    database,
    store,
    providers: createProviders({ replicate: { token: replicate.token, baseUrl: replicate.url } }),
    generationTimeoutMs: 30_000,
    wakeups,
    providerGuard: createProviderGuard({
      database,
      featureSwitches,
      circuits: createCircuitBreakers(database),
      budgets: {},
      log,
    }),
    measurements: createMetrics().measurements,
    log,
  });
}

/** An admitted generation that only this worker paints; retried as Temporal would, Retry-After included. */
async function paintBy(worker: ReturnType<typeof anotherWorker>): Promise<StagedImage> {
  const somebody = await studio.user({ credits: 10 });
  const generationId = await studio.insertRequest(somebody, { plan: [SCHNELL] });
  await studio.activities.local.admit({ generationId });
  for (let attempt = 1; ; attempt += 1) {
    try {
      const environment = new MockActivityEnvironment({ attempt: 1 });
      return (await environment.run(worker, { generationId, ordinal: 0, ...SCHNELL })) as StagedImage;
    } catch (error) {
      if (!(error instanceof ApplicationFailure) || error.nonRetryable || attempt === RUNS_MAX) throw error;
      await sleep(Number(error.nextRetryDelay ?? 0));
    }
  }
}

describe('a provider that only fails', () => {
  it('is left alone by every worker while its circuit is open, and asked again by one when its time is over', async ({
    annotate,
  }) => {
    studio.replicate.script({ on: 'create', fault: 'auth', times: ALWAYS });
    await Promise.all(Array.from({ length: FAILURES_TO_OPEN }, () => make()));
    expect(await isOpen()).toBe(true);
    await moveOpenTime('10 minutes'); // however slow the machine is
    const asked = orders();
    expect(asked).toBeGreaterThanOrEqual(FAILURES_TO_OPEN);

    const made: Awaited<ReturnType<typeof make>>[] = [];
    while (made.length < WHILE_OPEN) {
      made.push(...(await Promise.all([1, 2].map(() => make([SCHNELL, DEV, ILLUSTRATOR])))));
    }
    for (const { row, ends } of made) {
      expect(row).toMatchObject({ status: 'completed', provider: 'illustrator' });
      expect(ends).toEqual(['circuit_open', 'succeeded']); // the provider's other model is not even tried
    }
    await expect(paintBy(anotherWorker())).rejects.toMatchObject({ type: 'circuit_open', nonRetryable: true });
    expect(orders()).toBe(asked);
    const reachedMs = made
      .map(({ attempts: [first, next] }) => next!.createdAt.getTime() - first!.createdAt.getTime())
      .toSorted((a, b) => a - b);
    await annotate(`time to the next provider, ms: median ${reachedMs[WHILE_OPEN / 2]}, p99 ${reachedMs.at(-1)}`);

    studio.replicate.reset();
    studio.replicate.script({ on: 'prediction', fault: 'slow', ms: 5_000 });
    await moveOpenTime('-1 second');
    await sleep(CACHED_MS);
    const probe = make();
    await until(() => studio.replicate.ledger().length === 1);
    const meanwhile = await Promise.all([make(), make(), make()]);
    expect(meanwhile.map(({ row }) => row.provider)).toEqual(['illustrator', 'illustrator', 'illustrator']);
    expect((await probe).row.provider).toBe('replicate');
    expect(studio.replicate.ledger()).toHaveLength(1);
    expect((await make()).row.provider).toBe('replicate');
  });

  it('has what was bought before collected all the same', async () => {
    studio.replicate.script({ on: 'prediction', fault: 'slow', ms: 4_000, promptIncludes: 'patience' });
    const { id } = await studio.generate(user, { plan: [SCHNELL], prompt: 'patience' });
    await until(() => studio.replicate.ledger().length === 1);
    await open();
    expect(await studio.ended(id)).toMatchObject({ status: 'completed', provider: 'replicate' });
    expect(await isOpen()).toBe(true);
  });

  it('fails with the credits returned where nobody else may be asked', async () => {
    await open();
    const { row } = await make([SCHNELL, DEV]);
    expect(row).toMatchObject({ status: 'failed', creditsReturned: true, failure: { code: 'providers_unavailable' } });
    expect(orders()).toBe(0);
  });
});

describe('a check', () => {
  const check = () =>
    studio.temporal.client.workflow.execute<typeof checkProviders>('checkProviders', {
      workflowId: `check-${uniqueSuffix()}`,
      taskQueue: studio.temporal.queues.workflows,
    });

  it('that fails keeps orders back before anybody had to fail, and a good one lets them go again', async () => {
    studio.replicate.script({ on: 'account', fault: 'auth', times: 2 });
    expect(await check()).toEqual({ replicate: 'auth' });
    expect((await make()).ends).toEqual(['circuit_open', 'succeeded']);
    expect(orders()).toBe(0);
    expect(await check()).toEqual({ replicate: 'well' });
    expect((await make()).row.provider).toBe('replicate');
  });

  it('that fails once is made again before it counts', async () => {
    studio.replicate.script({ on: 'account', fault: 'server_error' });
    expect(await check()).toEqual({ replicate: 'well' });
    expect(await isOpen()).toBe(false);
  });
});

describe('Retry-After', () => {
  it("is kept by all workers, by the provider's clock", async () => {
    studio.replicate.script({ on: 'create', fault: 'rate_limited', retryAfterS: 2 });
    const workers = [anotherWorker(), anotherWorker()];
    const first = paintBy(workers[0]!);
    await until(() => orders() === 1);
    await until(async () => {
      const rows = await studio.database.call(
        'test.held',
        `SELECT 1 FROM provider_limits WHERE next_create_at > now()`,
        [],
      );
      return rows.length > 0;
    });
    const others = [0, 1, 0, 1].map((at) => paintBy(workers[at]!));
    await Promise.all([first, ...others]);
    expect(studio.replicate.ledger()).toHaveLength(5);
    expect(studio.replicate.early()).toBe(0);
  });
});
