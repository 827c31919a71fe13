import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, DatabaseError } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '#drizzle/connection/database.ts';
import { listAttempts } from '#drizzle/queries/generations/attempts.ts';
import { markCancelRequested } from '#drizzle/queries/generations/generation-progress.ts';
import { createTestDatabase, type TestDatabase } from '../support/stack.ts';
import type { FaultScript } from '../fakes/faults/fault.ts';
import { openStudio, type Studio } from '../support/studio.ts';
import { until } from '../support/until.ts';
import { DEV, SCHNELL } from '../support/insert-request.ts';

/** Longer than a statement waits for a lock (3 s), so each step is refused at least once. */
const LOCKED_MS = 5_000;
/** Everything happens side by side, on two busy cores. */
const WITHIN = { timeoutMs: 60_000 };

/** The row that each statement waits for. `staged`: the bytes are in the bucket, and the attempt's end is to be told. */
const STEPS = {
  'ledger.reserve': 'account',
  'attempts.submitting': 'attempt',
  'attempts.storeExternalId': 'attempt',
  staged: 'attempt',
  'ledger.record': 'account',
  'ledger.release': 'account',
} as const;
type Step = keyof typeof STEPS;

const LOCK = {
  account: 'SELECT FROM accounts a JOIN avatar_generations g ON g.account_id = a.id WHERE g.id = $1 FOR UPDATE OF a',
  attempt: 'SELECT FROM provider_attempts WHERE generation_id = $1 FOR UPDATE',
};

/** The row is locked as soon as the generation comes to the step. */
interface Trap {
  readonly step: Step;
  readonly generationId: string;
  locked?: { readonly by: Promise<void> };
}

let database: TestDatabase;
let studio: Studio;
const traps: Trap[] = [];
/** What the database answers to some generations' statements, so often. Twice, and the run is the third, by Temporal's count. */
const refusals = [
  { generationId: randomUUID(), statement: 'attempts.submitting', code: '55P03', left: 2 },
  { generationId: randomUUID(), statement: 'attempts.storeExternalId', code: '42501', left: 1 },
];
const LOST = 'somebody whose reply was lost';
const UNKEPT = 'somebody whose id can not be kept';

beforeAll(async () => {
  database = await createTestDatabase();
  studio = await openStudio({
    database,
    heartbeatTimeoutMs: 3_000,
    wrapDatabase: trapped,
    wrapStore: (store) => ({
      ...store,
      async write(name, ...rest) {
        const written = await store.write(name, ...rest);
        if (name.startsWith('staging/')) await passes('staged', name.slice('staging/'.length));
        return written;
      },
    }),
    // A purchase that is not written down can't be found again, as with Hugging Face.
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

function trapped(real: Database): Database {
  return {
    ...real,
    async call(name, text, values) {
      await passes(name, values[0]);
      for (const refusal of refusals.filter(({ statement, left }) => statement === name && left > 0)) {
        if (!(await isOf(refusal.generationId, values[0]))) continue;
        refusal.left -= 1;
        throw Object.assign(new DatabaseError('refused, says the test', 0, 'error'), { code: refusal.code });
      }
      return real.call(name, text, values);
    },
  };
}

/** @param id of the generation or of its attempt */
async function isOf(generationId: string, id: unknown): Promise<boolean> {
  if (generationId === id) return true;
  return (await listAttempts(studio.database, [generationId])).some((attempt) => attempt.id === id);
}

async function passes(step: string, id: unknown): Promise<void> {
  for (const trap of traps.filter((one) => one.step === step)) {
    if (await isOf(trap.generationId, id)) await (trap.locked ??= { by: lock(trap) }).by;
  }
}

/** Another session takes the lock and holds it for a while. */
async function lock({ step, generationId }: Trap): Promise<void> {
  const locker = new Client({ connectionString: database.ownerUrl });
  await locker.connect();
  await locker.query('BEGIN');
  await locker.query(LOCK[STEPS[step]], [generationId]);
  void sleep(LOCKED_MS).then(() => locker.end());
}

/**
 * One generation of one account, with two candidates to buy from. It comes to its release by a cancel, or because the provider
 * refuses its prompt; everywhere else the cancel comes while the step waits.
 */
async function generate(step: Step, isCancelled: boolean) {
  const user = await studio.user();
  const trap: Trap = { step, generationId: randomUUID() };
  traps.push(trap);
  const { generationId: id } = trap;
  const prompt = `somebody at ${step}, ${isCancelled ? 'cancelled' : 'undisturbed'}`;
  const isEnding = step === 'ledger.release';
  if (isEnding && !isCancelled) studio.replicate.script({ on: 'prediction', fault: 'nsfw', promptIncludes: prompt });
  const asked = studio.generate(user, { id, prompt, plan: [SCHNELL, DEV] });
  if (isCancelled) {
    await until(
      async () => (isEnding ? (await listAttempts(studio.database, [id]))[0]?.externalId : trap.locked),
      WITHIN,
    );
    await markCancelRequested(studio.database, id);
    await studio.temporal.generations.cancel(id, { reason: 'changed_mind', by: user.accountId });
  }
  await asked;
  const { status } = await studio.ended(id, WITHIN.timeoutMs);
  expect(trap.locked, `nobody came to ${step}`).toBeDefined();
  const bought = studio.replicate.ledger().filter((entry) => entry.prompt.includes(prompt)).length;
  return { step, status, bought, transfers: await studio.transfers(id), held: (await studio.credits(user)).held };
}

/** How it ended, and what was bought for it: one of the refused generations. */
async function generateRefused(index: number, prompt: string, fault: FaultScript) {
  const user = await studio.user();
  studio.replicate.script(fault);
  const { id } = await studio.generate(user, { id: refusals[index]!.generationId, prompt, plan: [SCHNELL, DEV] });
  const { status } = await studio.ended(id, WITHIN.timeoutMs);
  const bought = studio.replicate.ledger().filter((entry) => entry.prompt.includes(prompt));
  return { status, bought: bought.map(({ state }) => state) };
}

it(
  'completes and buys once where a step finds its row locked for five seconds, and a cancel meanwhile is a cancel',
  async () => {
    const steps = Object.keys(STEPS) as Step[];
    const other = Promise.all([
      generateRefused(0, LOST, { on: 'create', fault: 'reset_after_accept', promptIncludes: LOST }),
      generateRefused(1, UNKEPT, { on: 'prediction', fault: 'slow', ms: 10_000, promptIncludes: UNKEPT }),
    ]);
    const ends = await Promise.all(
      [false, true].flatMap((isCancelled) => steps.map((step) => generate(step, isCancelled))),
    );

    const completed = { status: 'completed', bought: 1, transfers: ['reserve', 'capture'], held: 0 };
    const failed = { status: 'failed', bought: 1, transfers: ['reserve', 'release'], held: 0 };
    const cancelled = { ...failed, status: 'cancelled' };
    expect(ends).toEqual([
      { step: 'ledger.reserve', ...completed },
      { step: 'attempts.submitting', ...completed },
      { step: 'attempts.storeExternalId', ...completed },
      { step: 'staged', ...completed },
      { step: 'ledger.record', ...completed },
      { step: 'ledger.release', ...failed },
      { step: 'ledger.reserve', ...cancelled, bought: 0 },
      { step: 'attempts.submitting', ...cancelled, bought: 0 },
      { step: 'attempts.storeExternalId', ...cancelled },
      { step: 'staged', ...cancelled },
      { step: 'ledger.record', ...cancelled },
      { step: 'ledger.release', ...cancelled },
    ]);
    expect(await other).toEqual([
      // Refusals of the database are not counted as the provider's: the reply is looked for.
      { status: 'completed', bought: ['succeeded'] },
      // What can never be written down is cancelled: nobody could do it later.
      { status: 'failed', bought: ['canceled'] },
    ]);
    expect(refusals.map(({ left }) => left)).toEqual([0, 0]);
    expect(await studio.violations()).toEqual([]);
    const delivered = 6 * ['image', 'thumbnail'].length;
    await until(async () => (await studio.objects()).length === delivered, { what: 'a bucket without orphans' });
  },
  2 * WITHIN.timeoutMs,
);
