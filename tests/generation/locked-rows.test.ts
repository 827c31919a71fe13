import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, DatabaseError } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '#drizzle/connection/database.ts';
import { listAttempts } from '#drizzle/queries/generations/attempts.ts';
import { markCancelRequested } from '#drizzle/queries/generations/generation-progress.ts';
import { withClient } from '#stack/postgres/databases.ts';
import { createTestDatabase, type TestDatabase } from '../support/stack.ts';
import type { FaultScript } from '../fakes/faults/fault.ts';
import { openStudio, type Studio } from '../support/studio.ts';
import { until } from '../support/until.ts';
import { DEV, SCHNELL } from '../support/insert-request.ts';

/** Longer than the lock timeout (3 s), so each step is refused at least once. */
const LOCKED_MS = 5_000;
/** All generations run concurrently on two busy cores. */
const WITHIN = { timeoutMs: 60_000 };

/** The row that each statement waits for. `staged`: the bytes are in the bucket, and the attempt's end is to be recorded. */
const STEPS = {
  'ledger.reserve': 'account',
  'attempts.first': 'generation',
  'attempts.storeExternalId': 'attempt',
  staged: 'attempt',
  'ledger.record': 'account',
  'ledger.release': 'account',
} as const;
type Step = keyof typeof STEPS;

const LOCK = {
  account: 'SELECT FROM accounts a JOIN avatar_generations g ON g.account_id = a.id WHERE g.id = $1 FOR UPDATE OF a',
  generation: 'SELECT FROM avatar_generations WHERE id = $1 FOR UPDATE',
  attempt: 'SELECT FROM provider_attempts WHERE generation_id = $1 FOR UPDATE',
};

/** Locks the row as soon as the generation reaches the step. */
interface LockTrigger {
  readonly step: Step;
  readonly generationId: string;
  locked?: { readonly done: Promise<void> };
  /** The locked step goes on when this is settled. */
  readonly cancelSent?: PromiseWithResolvers<void>;
}

let database: TestDatabase;
let studio: Studio;
const lockTriggers: LockTrigger[] = [];
/** Database errors for some generations' statements. After two the next run is Temporal's third attempt. */
const refusals = [
  { generationId: randomUUID(), statement: 'attempts.first', code: '55P03', left: 2 },
  { generationId: randomUUID(), statement: 'attempts.storeExternalId', code: '42501', left: 1 },
];
const LOST = 'a person whose reply was lost';
const UNSTORABLE = 'a person whose external id cannot be stored';

beforeAll(async () => {
  database = await createTestDatabase();
  studio = await openStudio({
    database,
    heartbeatTimeoutMs: 3_000,
    wrapDatabase: withLocks,
    wrapStore: (store) => ({
      ...store,
      async write(name, ...rest) {
        const written = await store.write(name, ...rest);
        if (name.startsWith('staging/')) await onStep('staged', name.slice('staging/'.length));
        return written;
      },
    }),
    // A prediction whose id is not stored cannot be found again, as with Hugging Face.
    wrapProvider: (provider) => ({
      ...provider,
      find: async (lost, signal) => (lost.request.prompt.includes(LOST) ? provider.find(lost, signal) : undefined),
    }),
  });
  await studio.startWorkers();
});
afterAll(async () => {
  await studio.close();
  await database.drop();
});

function withLocks(real: Database): Database {
  return {
    ...real,
    async call(name, text, values) {
      await onStep(name, values[0]);
      for (const refusal of refusals.filter(({ statement, left }) => statement === name && left > 0)) {
        if (!(await isOf(refusal.generationId, values[0]))) continue;
        refusal.left -= 1;
        throw Object.assign(new DatabaseError('refused by this test', 0, 'error'), { code: refusal.code });
      }
      return real.call(name, text, values);
    },
  };
}

/** @param id of the generation or of one of its attempts */
async function isOf(generationId: string, id: unknown): Promise<boolean> {
  if (generationId === id) return true;
  return (await listAttempts(studio.database, [generationId])).some((attempt) => attempt.id === id);
}

async function onStep(step: string, id: unknown): Promise<void> {
  for (const trigger of lockTriggers.filter((candidate) => candidate.step === step)) {
    if (!(await isOf(trigger.generationId, id))) continue;
    await (trigger.locked ??= { done: lock(trigger) }).done;
    await trigger.cancelSent?.promise;
  }
}

/** Locks the row from another session for {@link LOCKED_MS}. */
async function lock({ step, generationId }: LockTrigger): Promise<void> {
  const locker = new Client({ connectionString: database.ownerUrl });
  await locker.connect();
  await locker.query('BEGIN');
  await locker.query(LOCK[STEPS[step]], [generationId]);
  void sleep(LOCKED_MS).then(() => locker.end());
}

/**
 * Runs one generation with two candidates whose row is locked at the step. `ledger.release` is reached by a cancel or by a refused
 * prompt; at every other step the cancel comes while the step waits.
 */
async function generate(step: Step, isCancelled: boolean) {
  const user = await studio.user();
  const isRelease = step === 'ledger.release';
  const cancelSent = isCancelled && !isRelease ? { cancelSent: Promise.withResolvers<void>() } : {};
  const trigger: LockTrigger = { step, generationId: randomUUID(), ...cancelSent };
  lockTriggers.push(trigger);
  const { generationId: id } = trigger;
  const prompt = `a person at ${step}, ${isCancelled ? 'cancelled' : 'undisturbed'}`;
  if (isRelease && !isCancelled) studio.replicate.script({ on: 'prediction', fault: 'nsfw', promptIncludes: prompt });
  const admission = studio.generate(user, { id, prompt, plan: [SCHNELL, DEV] });
  if (isCancelled) {
    await until(
      async () => (isRelease ? (await listAttempts(studio.database, [id]))[0]?.externalId : trigger.locked),
      WITHIN,
    );
    await trigger.locked?.done;
    let isMarked = false;
    // The API answers 503 when it had to wait for too long, and the client asks again.
    const marking = until(() => markCancelRequested(studio.database, id).then(() => (isMarked = true)), WITHIN);
    // If the step waited for the row first, it would go on first, and buy.
    await until(async () => isMarked || (await cancelWaits()), WITHIN);
    trigger.cancelSent?.resolve();
    await marking;
    await studio.temporal.generations.cancel(id, { reason: 'changed_mind', by: user.accountId });
  }
  await admission;
  const { status } = await studio.ended(id, WITHIN.timeoutMs);
  expect(trigger.locked, `${step} was not reached`).toBeDefined();
  const bought = studio.replicate.ledger().filter((entry) => entry.prompt.includes(prompt)).length;
  return { step, status, bought, transfers: await studio.transfers(id), held: (await studio.credits(user)).held };
}

/** Whether a cancel waits for the row of its generation. */
async function cancelWaits(): Promise<boolean> {
  return withClient(database.ownerUrl, async (owner) => {
    const { rowCount } = await owner.query(
      `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE $1`,
      ['update "avatar_generations" set "cancel%'],
    );
    return rowCount === 1;
  });
}

/** Runs one of the generations with database errors. @returns its status and the states of its predictions */
async function generateRefused(index: number, prompt: string, fault: FaultScript) {
  const user = await studio.user();
  studio.replicate.script(fault);
  const { id } = await studio.generate(user, { id: refusals[index]!.generationId, prompt, plan: [SCHNELL, DEV] });
  const { status } = await studio.ended(id, WITHIN.timeoutMs);
  const bought = studio.replicate.ledger().filter((entry) => entry.prompt.includes(prompt));
  return { status, bought: bought.map(({ state }) => state) };
}

it(
  'a generation whose row is locked for five seconds at any step completes with one purchase, or is cancelled on request',
  async () => {
    const steps = Object.keys(STEPS) as Step[];
    const other = Promise.all([
      generateRefused(0, LOST, { on: 'create', fault: 'reset_after_accept', promptIncludes: LOST }),
      generateRefused(1, UNSTORABLE, { on: 'prediction', fault: 'slow', ms: 10_000, promptIncludes: UNSTORABLE }),
    ]);
    const ends = await Promise.all(
      [false, true].flatMap((isCancelled) => steps.map((step) => generate(step, isCancelled))),
    );

    const completed = { status: 'completed', bought: 1, transfers: ['reserve', 'capture'], held: 0 };
    const failed = { status: 'failed', bought: 1, transfers: ['reserve', 'release'], held: 0 };
    const cancelled = { ...failed, status: 'cancelled' };
    expect(ends).toEqual([
      { step: 'ledger.reserve', ...completed },
      { step: 'attempts.first', ...completed },
      { step: 'attempts.storeExternalId', ...completed },
      { step: 'staged', ...completed },
      { step: 'ledger.record', ...completed },
      { step: 'ledger.release', ...failed },
      { step: 'ledger.reserve', ...cancelled, bought: 0 },
      { step: 'attempts.first', ...cancelled, bought: 0 },
      { step: 'attempts.storeExternalId', ...cancelled },
      { step: 'staged', ...cancelled },
      { step: 'ledger.record', ...cancelled },
      { step: 'ledger.release', ...cancelled },
    ]);
    expect(await other).toEqual([
      // Database errors do not count as the provider's failures, so the lost prediction is found.
      { status: 'completed', bought: ['succeeded'] },
      // A prediction whose id cannot be stored is cancelled at once, because later nothing could.
      { status: 'failed', bought: ['canceled'] },
    ]);
    expect(refusals.map(({ left }) => left)).toEqual([0, 0]);
    expect(await studio.violations()).toEqual([]);
    const delivered = 6 * ['image', 'thumbnail'].length;
    await until(async () => (await studio.objects()).length === delivered, { what: 'a bucket without orphans' });
  },
  2 * WITHIN.timeoutMs,
);
