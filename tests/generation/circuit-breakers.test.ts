import { randomUUID } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/activity';
import { MockActivityEnvironment } from '@temporalio/testing';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createGenerateImage } from '#activities/generate/generate-image.ts';
import { createStagedImages } from '#activities/publish/staged-images.ts';
import { createProviderGuard } from '#activities/generate/provider-guard.ts';
import type { ImageProvider } from '#activities/providers/port.ts';
import { createProviders } from '#activities/providers/create-providers.ts';
import type { StagedImage } from '#activities/activity-types.ts';
import { FAILURES_TO_OPEN } from '#domain/provider/circuit-breaker.ts';
import { createCircuitBreakers } from '#drizzle/stores/circuit-breakers.ts';
import { listAttempts } from '#drizzle/queries/generations/attempts.ts';
import { createMetrics } from '#temporal/worker/metrics.ts';
import type { checkProviders } from '#workflows/maintenance/check-providers.ts';
import { drawImage } from '../fakes/faults/draw-image.ts';
import { ALWAYS } from '../fakes/faults/fault.ts';
import { closeCircuits } from '../support/close-circuits.ts';
import { uniqueSuffix } from '../support/stack.ts';
import { openStudio, type Studio } from '../support/studio.ts';
import { until } from '../support/until.ts';
import { DEV, ILLUSTRATOR, SCHNELL, type TestUser } from '../support/insert-request.ts';

/** Generations while the circuit is open: few enough that the 99th percentile is the slowest one. */
const WHILE_OPEN = 10;
const CREATE_CALL = (model: string) => `POST /v1/models/${model}/predictions`;
const RUNS_MAX = 6;
/** How long a worker caches the state of circuit breakers. */
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
  await closeCircuits(studio.database);
});
afterAll(() => studio.close());

/** An illustrator without CPU cost, because the time to the next provider is measured. */
function quick(provider: ImageProvider, bytes: Buffer): ImageProvider {
  return {
    ...provider,
    submit: () => Promise.resolve({ externalId: randomUUID(), pollAfterMs: 0 }),
    poll: () => Promise.resolve({ state: 'succeeded', image: { bytes, costUsd: 0, credit: null } }),
  };
}

const createCalls = () => studio.replicate.calls()[CREATE_CALL(SCHNELL.model)] ?? 0;

async function generate(plan = [SCHNELL, ILLUSTRATOR]) {
  const { id } = await studio.generate(user, { plan });
  const row = await studio.ended(id);
  const attempts = await listAttempts(studio.database, [id]);
  return { row, attempts, outcomes: attempts.map(({ state, failure }) => failure?.kind ?? state) };
}

async function isOpen() {
  const rows = await studio.database.call('test.open', 'SELECT 1 FROM provider_circuits WHERE open_until > now()', []);
  return rows.length > 0;
}

/** Opens the circuit with failures, and waits until the workers see it. */
async function openCircuit(): Promise<void> {
  const { failed } = createCircuitBreakers(studio.database);
  for (let times = 0; times < FAILURES_TO_OPEN; times += 1) {
    await failed({ ...SCHNELL, attemptId: randomUUID() }, { kind: 'transient' });
  }
  await sleep(CACHED_MS);
}

/** Sets how long the circuit stays open from now; a negative interval ends it. */
async function setOpenTime(by: string): Promise<void> {
  const text = 'UPDATE provider_circuits SET version = version + 1, open_until = now() + $1::interval';
  await studio.database.call('test.move', text, [by]);
}

/** `generateImage` of another worker: its own adapters and caches; database, bucket and provider are shared. */
function anotherWorker() {
  const { database, store, wakeups, decoder, replicate } = studio;
  const log = pino({ level: 'silent' });
  return createGenerateImage({
    database,
    store,
    providers: createProviders({ REPLICATE_API_TOKEN: replicate.token, REPLICATE_BASE_URL: replicate.url }),
    generationTimeoutMs: 30_000,
    wakeups,
    decoder,
    providerGuard: createProviderGuard({
      circuits: createCircuitBreakers(database),
      budgets: {},
      log,
    }),
    stagedImages: createStagedImages(),
    measurements: createMetrics().measurements,
    log,
  });
}

/** Runs an admitted generation on this worker only, with the retries and delays that Temporal would apply. */
async function generateBy(worker: ReturnType<typeof anotherWorker>): Promise<StagedImage> {
  const account = await studio.user({ credits: 10 });
  const generationId = await studio.insertRequest(account, { plan: [SCHNELL] });
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

describe('the circuit breaker of a failing provider', () => {
  it('stops requests from every worker while it is open, and lets a single probe through after that', async ({
    annotate,
  }) => {
    studio.replicate.script({ on: 'create', fault: 'auth', times: ALWAYS });
    await Promise.all(Array.from({ length: FAILURES_TO_OPEN }, () => generate()));
    expect(await isOpen()).toBe(true);
    await setOpenTime('10 minutes'); // on a slow machine the tests take longer than the circuit stays open
    const callsBefore = createCalls();
    expect(callsBefore).toBeGreaterThanOrEqual(FAILURES_TO_OPEN);

    const results: Awaited<ReturnType<typeof generate>>[] = [];
    while (results.length < WHILE_OPEN) {
      results.push(...(await Promise.all([1, 2].map(() => generate([SCHNELL, DEV, ILLUSTRATOR])))));
    }
    for (const { row, outcomes } of results) {
      expect(row).toMatchObject({ status: 'completed', provider: 'illustrator' });
      expect(outcomes).toEqual(['circuit_open', 'succeeded']); // the provider's other model is skipped too
    }
    await expect(generateBy(anotherWorker())).rejects.toMatchObject({ type: 'circuit_open', nonRetryable: true });
    expect(createCalls()).toBe(callsBefore);
    const fallbackMs = results
      .map(({ attempts: [first, next] }) => next!.createdAt.getTime() - first!.createdAt.getTime())
      .toSorted((a, b) => a - b);
    await annotate(`time to the next provider, ms: median ${fallbackMs[WHILE_OPEN / 2]}, p99 ${fallbackMs.at(-1)}`);

    studio.replicate.reset();
    studio.replicate.script({ on: 'prediction', fault: 'slow', ms: 5_000 });
    await setOpenTime('-1 second');
    await sleep(CACHED_MS);
    const probe = generate();
    await until(() => studio.replicate.ledger().length === 1);
    const meanwhile = await Promise.all([generate(), generate(), generate()]);
    expect(meanwhile.map(({ row }) => row.provider)).toEqual(['illustrator', 'illustrator', 'illustrator']);
    expect((await probe).row.provider).toBe('replicate');
    expect(studio.replicate.ledger()).toHaveLength(1);
    expect((await generate()).row.provider).toBe('replicate');
  });

  it('still lets predictions be collected that were paid before it opened', async () => {
    studio.replicate.script({ on: 'prediction', fault: 'slow', ms: 4_000, promptIncludes: 'patience' });
    const { id } = await studio.generate(user, { plan: [SCHNELL], prompt: 'patience' });
    await until(() => studio.replicate.ledger().length === 1);
    await openCircuit();
    expect(await studio.ended(id)).toMatchObject({ status: 'completed', provider: 'replicate' });
    expect(await isOpen()).toBe(true);
  });

  it('fails the generation and returns the credits when no other provider is planned', async () => {
    await openCircuit();
    const { row } = await generate([SCHNELL, DEV]);
    expect(row).toMatchObject({ status: 'failed', creditsReturned: true, failure: { code: 'providers_unavailable' } });
    expect(createCalls()).toBe(0);
  });
});

describe('a provider health check', () => {
  const check = () =>
    studio.temporal.client.workflow.execute<typeof checkProviders>('checkProviders', {
      workflowId: `check-${uniqueSuffix()}`,
      taskQueue: studio.temporal.queues.workflows,
    });

  it('opens the circuit when it fails, before any generation does, and closes it when it succeeds', async () => {
    studio.replicate.script({ on: 'account', fault: 'auth', times: 2 });
    expect(await check()).toEqual({ replicate: 'auth' });
    expect((await generate()).outcomes).toEqual(['circuit_open', 'succeeded']);
    expect(createCalls()).toBe(0);
    expect(await check()).toEqual({ replicate: 'well' });
    expect((await generate()).row.provider).toBe('replicate');
  });

  it('is repeated once before a failure counts', async () => {
    studio.replicate.script({ on: 'account', fault: 'server_error' });
    expect(await check()).toEqual({ replicate: 'well' });
    expect(await isOpen()).toBe(false);
  });
});

describe('the Retry-After of a provider', () => {
  it("is respected by all workers, measured with the provider's clock", async () => {
    studio.replicate.script({ on: 'create', fault: 'rate_limited', retryAfterS: 2 });
    const workers = [anotherWorker(), anotherWorker()];
    const first = generateBy(workers[0]!);
    await until(() => createCalls() === 1);
    await until(async () => {
      const rows = await studio.database.call(
        'test.held',
        `SELECT 1 FROM provider_limits WHERE next_create_at > now()`,
        [],
      );
      return rows.length > 0;
    });
    const others = [0, 1, 0, 1].map((at) => generateBy(workers[at]!));
    await Promise.all([first, ...others]);
    expect(studio.replicate.ledger()).toHaveLength(5);
    expect(studio.replicate.callsIgnoringRetryAfter()).toBe(0);
  });
});
