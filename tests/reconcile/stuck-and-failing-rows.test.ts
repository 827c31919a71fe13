import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { batchWorkflowId, generationWorkflowId } from '#domain/generation/workflow-id.ts';
import { release } from '#drizzle/ledger/release.ts';
import { listAttempts } from '#drizzle/queries/generations/attempts.ts';
import { markBatchAccepted } from '#drizzle/queries/generations/batch-progress.ts';
import { markAccepted } from '#drizzle/queries/generations/generation-progress.ts';
import { readGeneration } from '#drizzle/queries/generations/generations.ts';
import { asOwner } from '../support/as-owner.ts';
import { SCHNELL, type TestUser } from '../support/insert-request.ts';
import { endedBatch, insertBatchRequest } from '../support/request-batch.ts';
import { createTestDatabase, type TestDatabase } from '../support/stack.ts';
import { openStudio, type Studio } from '../support/studio.ts';
import { until } from '../support/until.ts';
import { COST_USD, endedWithAttempt, endedWithJob } from './ended-attempts.ts';
import { createFaultyRows } from './faulty-rows.ts';

const STUCK_AFTER_MS = 300;
const BUDGET_MS = 1_500;

let database: TestDatabase;
let studio: Studio;
let user: TestUser;
/** Judging eight of them takes longer than half of a part's time. */
const rows = createFaultyRows(BUDGET_MS * 0.6);

beforeAll(async () => {
  database = await createTestDatabase();
  studio = await openStudio({
    database,
    stuckAfterMs: STUCK_AFTER_MS,
    partLimits: { budgetMs: BUDGET_MS, timeoutMs: 3_000 },
    ...rows,
  });
  await studio.startWorkers();
});
beforeEach(async () => {
  rows.clear();
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
    rows.captured.set(id, user.accountId);
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

  it('is replaced when it is a batch that is stuck before its admission, and the new one has its own time', async () => {
    const id = await insertBatchRequest(studio, user, { size: 2 });
    await markBatchAccepted(studio.database, id);
    await change("UPDATE batches SET accepted_at = now() - interval '16 minutes' WHERE id = $1", [id]);
    const workflowId = batchWorkflowId(id);
    const start = () =>
      studio.temporal.client.workflow.start('generateBatch', { workflowId, taskQueue: `nobody-${id}` });
    const stuck = await start();
    await reconcile();
    await sleep(STUCK_AFTER_MS);
    await reconcile();
    expect((await stuck.describe()).status.name).toBe('TERMINATED');
    const next = await start();
    await reconcile();
    expect((await next.describe()).status.name).toBe('RUNNING');
    await next.terminate('by this test');
    expect((await reconcile()).startedBatches).toBe(1);
    expect((await endedBatch(studio, id)).map(({ status }) => status)).toEqual(['completed', 'completed']);
  });
});

describe('one bad row', () => {
  it('does not stop the settlement of the others', async () => {
    const ids = await Promise.all([1, 2, 3].map(() => startStuckWorkflow()));
    for (const id of ids) await workflowOf(id).terminate('by this test');
    rows.unreleasable.add(ids[0]!);
    const failed = await studio.metric('avatar_reconcile_row_failures_total', { part: 'settledGenerations' });
    const round = await reconcile();
    expect(round).toMatchObject({ settledGenerations: 2, sweptObjects: expect.any(Number) });
    expect(await studio.metric('avatar_reconcile_row_failures_total', { part: 'settledGenerations' })).toBe(failed + 1);
    rows.unreleasable.clear();
    expect((await reconcile()).settledGenerations).toBe(1);
    expect(await studio.credits(user)).toEqual({ posted: 100, held: 0 });
  });

  it('of a lost workflow does not stop the settlement of a stuck one', async () => {
    const [lost, stuck] = [await startStuckWorkflow(), await startStuckWorkflow()];
    await passDeadline(stuck);
    await reconcile();
    await sleep(STUCK_AFTER_MS);
    await workflowOf(lost).terminate('by this test');
    rows.unreleasable.add(lost);
    expect((await reconcile()).settledGenerations).toBe(1);
    expect(await stateOf(stuck)).toBe('TERMINATED');
    rows.unreleasable.clear();
    await reconcile();
  });

  it('is settled in its round however long the others take to be judged', async () => {
    const lost = await startStuckWorkflow();
    await workflowOf(lost).terminate('by this test');
    user = await studio.user({ tier: 'pro', credits: 1_000 });
    // All slots of the part are in use for two rounds of slow answers, which is longer than its time.
    for (let count = 0; count < 17; count += 1) {
      const id = await studio.insertRequest(user, { plan: [SCHNELL] });
      await studio.activities.local.admit({ generationId: id });
      rows.slow.add(id);
    }
    expect((await reconcile()).settledGenerations).toBe(1);
    const failure = { code: 'internal', message: 'by this test' } as const;
    for (const generationId of rows.slow) await release(studio.database, { generationId, status: 'failed', failure });
  });

  it('is started in its round however long the admissions of the others take', async () => {
    user = await studio.user({ tier: 'pro', credits: 1_000 });
    // As above: a round that waited for them would start sixteen.
    for (let count = 0; count < 24; count += 1) {
      const id = await studio.insertRequest(user, { plan: [SCHNELL] });
      await markAccepted(studio.database, id);
      rows.slowlyAdmitted.add(id);
    }
    expect((await reconcile()).startedGenerations).toBe(24);
    const ends = [...rows.slowlyAdmitted].map(async (id) => (await studio.ended(id)).status);
    expect(new Set(await Promise.all(ends))).toEqual(new Set(['completed']));
  });

  it('that does not answer delays no accepted generation behind it', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 3; count += 1) {
      const id = await studio.insertRequest(user, { plan: [SCHNELL] });
      await markAccepted(studio.database, id);
      ids.push(id);
    }
    rows.unanswering.add(ids[0]!);
    expect((await reconcile()).startedGenerations).toBe(2);
    expect((await studio.ended(ids[2]!)).status).toBe('completed');
    rows.unanswering.clear();
    expect((await reconcile()).startedGenerations).toBe(1);
    await studio.ended(ids[0]!);
  });
});

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
