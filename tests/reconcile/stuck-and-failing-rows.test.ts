import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { generationWorkflowId } from '#domain/generation/workflow-id.ts';
import { record } from '#drizzle/ledger/record.ts';
import { release } from '#drizzle/ledger/release.ts';
import { beginAttempt } from '#drizzle/queries/generations/attempt-steps.ts';
import { listAttempts, storeExternalId } from '#drizzle/queries/generations/attempts.ts';
import { markAccepted } from '#drizzle/queries/generations/generation-progress.ts';
import { readGeneration } from '#drizzle/queries/generations/generations.ts';
import { reserveBudget } from '#drizzle/queries/providers/provider-spending.ts';
import { anAvatar } from '../support/database/world.ts';
import { asOwner } from '../support/as-owner.ts';
import { SCHNELL, type TestUser } from '../support/insert-request.ts';
import { createTestDatabase, type TestDatabase } from '../support/stack.ts';
import { openStudio, type Studio } from '../support/studio.ts';

const STUCK_AFTER_MS = 300;
const COST_USD = 0.003;

let database: TestDatabase;
let studio: Studio;
let user: TestUser;
/** Generations whose row can't be released, whose workflow does not answer, and that are captured right before their release. */
const unreleasable = new Set<string>();
const unanswering = new Set<string>();
const captured = new Set<string>();

beforeAll(async () => {
  database = await createTestDatabase();
  studio = await openStudio({
    database,
    stuckAfterMs: STUCK_AFTER_MS,
    partLimits: { budgetMs: 1_500, timeoutMs: 3_000 },
    wrapDatabase: (real) => ({
      ...real,
      async call(name, text, values) {
        const id = String(values[0]);
        if (name === 'ledger.release' && unreleasable.has(id)) throw new Error('this row is broken');
        if (name === 'ledger.release' && captured.has(id)) await record(real, id, anAvatar(user.accountId));
        return real.call(name, text, values);
      },
    }),
    wrapWorkflows: (control) => ({
      ...control,
      admit: (start) =>
        unanswering.has(start.generationId) ? sleep(1_000).then(() => undefined) : control.admit(start),
    }),
  });
  await studio.startWorkers();
});
beforeEach(async () => {
  for (const set of [unreleasable, unanswering, captured]) set.clear();
  studio.replicate.reset();
  user = await studio.user({ credits: 100 });
});
afterAll(async () => {
  await studio.close();
  await database.drop();
});

/** Runs one round. @returns how many rows each part changed, -1 where it failed */
function reconcile(): Promise<Record<string, number>> {
  return studio.temporal.client.workflow.execute<() => Promise<Record<string, number>>>('reconcile', {
    workflowId: `reconcile-${randomUUID()}`,
    taskQueue: studio.temporal.queues.workflows,
  });
}

const change = (statement: string, values: unknown[]) =>
  asOwner(database.ownerUrl, async (owner) => {
    await owner.query("SET session_replication_role = 'replica'");
    await owner.query(statement, values);
  });
const workflowOf = (id: string) => studio.temporal.client.workflow.getHandle(generationWorkflowId(id));
const stateOf = async (id: string) => (await workflowOf(id).describe()).status.name;
const passDeadline = (id: string) =>
  change("UPDATE avatar_generations SET deadline_at = now() - interval '11 minutes' WHERE id = $1", [id]);
const endLongAgo = (id: string) =>
  change("UPDATE avatar_generations SET finished_at = now() - interval '10 minutes' WHERE id = $1", [id]);

/** Holds the credits of a generation whose workflow runs and stands still. */
async function startStuckWorkflow(start = startWithoutWorker): Promise<string> {
  const id = await studio.insertRequest(user, { plan: [SCHNELL] });
  await studio.activities.local.admit({ generationId: id });
  await start(id);
  return id;
}

const startAs = (type: string, taskQueue: string, id: string) =>
  studio.temporal.client.workflow.start(type, { workflowId: generationWorkflowId(id), taskQueue });
/** Nothing works on this queue. */
const startWithoutWorker = (id: string) => startAs('generateAvatar', `nobody-${id}`, id);
/** The worker does not have this type any more, so the workflow's task fails again and again. */
const startFailing = (id: string) => startAs('removedWorkflow', studio.temporal.queues.workflows, id);

describe('a workflow that stands still', () => {
  it('since its task fails for ever, is terminated and settled past its deadline, and its credits return', async () => {
    const id = await startStuckWorkflow(startFailing);
    expect((await reconcile()).settledGenerations).toBe(0);
    await passDeadline(id);
    expect((await reconcile()).settledGenerations).toBe(0);
    expect(await stateOf(id)).toBe('RUNNING');
    await sleep(STUCK_AFTER_MS);
    expect((await reconcile()).settledGenerations).toBe(1);
    expect(await stateOf(id)).toBe('TERMINATED');
    expect(await studio.ended(id)).toMatchObject({ failure: { code: 'deadline' }, creditsReturned: true });
    expect(await studio.credits(user)).toEqual({ posted: 100, held: 0 });
    expect(await studio.violations()).toEqual([]);
  });

  it('is left alone while its row changes', async () => {
    const id = await startStuckWorkflow();
    await passDeadline(id);
    await reconcile();
    await sleep(STUCK_AFTER_MS);
    await studio.database.call('test.progress', "UPDATE avatar_generations SET stage = 'saving' WHERE id = $1", [id]);
    expect((await reconcile()).settledGenerations).toBe(0);
    expect(await stateOf(id)).toBe('RUNNING');
    await workflowOf(id).terminate('the end of this test');
    await reconcile();
  });

  it('keeps its avatar and the charge when one of its steps captures before the release', async () => {
    const id = await startStuckWorkflow();
    await passDeadline(id);
    await reconcile();
    await sleep(STUCK_AFTER_MS);
    captured.add(id);
    expect((await reconcile()).settledGenerations).toBe(0);
    expect((await readGeneration(studio.database, id))?.status).toBe('completed');
    expect(await studio.transfers(id)).toEqual(['reserve', 'capture']);
    expect(await studio.violations()).toEqual([]);
  });

  it('is replaced when it is stuck before its admission', async () => {
    const id = await studio.insertRequest(user, { plan: [SCHNELL] });
    await markAccepted(studio.database, id);
    await startWithoutWorker(id);
    await studio.age(id, 16 * 60_000);
    await reconcile();
    await sleep(STUCK_AFTER_MS);
    await reconcile();
    expect(await stateOf(id)).toBe('TERMINATED');
    await reconcile();
    expect((await studio.ended(id)).status).toBe('completed');
  });
});

describe('one bad row', () => {
  it('does not stop the settlement of the others', async () => {
    const ids = await Promise.all([1, 2, 3].map(() => startStuckWorkflow()));
    for (const id of ids) await workflowOf(id).terminate('by this test');
    unreleasable.add(ids[0]!);
    const failed = await studio.metric('avatar_reconcile_row_failures_total', { part: 'settledGenerations' });
    const round = await reconcile();
    expect(round).toMatchObject({ settledGenerations: 2, sweptObjects: expect.any(Number) });
    expect(await studio.metric('avatar_reconcile_row_failures_total', { part: 'settledGenerations' })).toBe(failed + 1);
    unreleasable.clear();
    expect((await reconcile()).settledGenerations).toBe(1);
    expect(await studio.credits(user)).toEqual({ posted: 100, held: 0 });
  });

  it('that does not answer delays no accepted generation behind it', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 3; count += 1) {
      const id = await studio.insertRequest(user, { plan: [SCHNELL] });
      await markAccepted(studio.database, id);
      ids.push(id);
    }
    unanswering.add(ids[0]!);
    expect((await reconcile()).startedGenerations).toBe(2);
    expect((await studio.ended(ids[2]!)).status).toBe('completed');
    unanswering.clear();
    expect((await reconcile()).startedGenerations).toBe(1);
    await studio.ended(ids[0]!);
  });
});

describe('an attempt that outlived its generation', () => {
  const attemptOf = async (id: string) => (await listAttempts(studio.database, [id]))[0]!;
  const spent = async () => {
    const [row] = await studio.database.call<{ usd: string }>(
      'test.spent',
      "SELECT coalesce(sum(usd), 0) AS usd FROM provider_spending WHERE provider = 'all'",
      [],
    );
    return Number(row?.usd);
  };

  /** A generation that ended long ago, with an attempt that counts against the budget. */
  async function endedWithAttempt(state: 'created' | 'submitting'): Promise<string> {
    const id = await studio.insertRequest(user, { plan: [SCHNELL] });
    await studio.activities.local.admit({ generationId: id });
    const outcome = await beginAttempt(studio.database, { generationId: id, ordinal: 0, ...SCHNELL });
    if (outcome.kind !== 'attempt') throw new Error(outcome.kind);
    await reserveBudget(studio.database, outcome.attempt.id, COST_USD, { totalUsd: undefined, ownUsd: undefined });
    const longAgo = "now() - interval '10 minutes'";
    await change(`UPDATE provider_attempts SET state = $2, submitting_at = ${longAgo} WHERE id = $1`, [
      outcome.attempt.id,
      state,
    ]);
    await release(studio.database, { generationId: id, status: 'failed', failure: { code: 'internal', message: 'x' } });
    await endLongAgo(id);
    return id;
  }

  /** A prediction that never ends, of a generation that ended without cancelling it. */
  async function endedWithJob(): Promise<string> {
    const id = await endedWithAttempt('submitting');
    const { seed, builtPrompt: prompt } = (await readGeneration(studio.database, id))!;
    studio.replicate.script({ on: 'prediction', fault: 'stuck' });
    const reply = await fetch(`${studio.replicate.url}/models/${SCHNELL.model}/predictions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${studio.replicate.token}` },
      body: JSON.stringify({ input: { seed, prompt } }),
    });
    const { id: job } = (await reply.json()) as { id: string };
    await storeExternalId(studio.database, (await attemptOf(id)).id, job);
    return id;
  }

  it.each(['created', 'submitting'] as const)(
    'is closed, and its budget returned, when nothing was bought (%s)',
    async (state) => {
      const before = await spent();
      const id = await endedWithAttempt(state);
      expect(await spent()).toBeCloseTo(before + COST_USD);
      expect((await reconcile()).closedAttempts).toBe(1);
      expect((await attemptOf(id)).state).toBe('cancelled');
      expect(await spent()).toBeCloseTo(before);
      expect((await reconcile()).closedAttempts).toBe(0);
    },
  );

  it('is cancelled at the provider', async () => {
    const id = await endedWithJob();
    expect((await reconcile()).closedAttempts).toBe(1);
    expect((await attemptOf(id)).state).toBe('cancelled');
    expect(studio.replicate.ledger()[0]?.cancelled).toBe(true);
  });

  it('is looked up and cancelled when the reply to its call was lost', async () => {
    const id = await endedWithJob();
    await change("UPDATE provider_attempts SET state = 'submitting', external_id = NULL WHERE generation_id = $1", [
      id,
    ]);
    expect((await reconcile()).closedAttempts).toBe(1);
    expect(studio.replicate.ledger()[0]?.cancelled).toBe(true);
  });

  it('stays open until the provider accepts the cancel', async () => {
    const id = await endedWithJob();
    studio.replicate.script({ on: 'cancel', fault: 'server_error', times: 2 });
    await studio.activities.local.abandon({ generationId: id });
    expect((await attemptOf(id)).state).toBe('submitted');
    expect((await reconcile()).closedAttempts).toBe(-1);
    expect((await reconcile()).closedAttempts).toBe(1);
    expect(studio.replicate.ledger()[0]?.cancelled).toBe(true);
  });
});
