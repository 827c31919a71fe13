import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { batchWorkflowId, generationWorkflowId } from '#domain/generation/workflow-id.ts';
import { release } from '#drizzle/ledger/release.ts';
import { markBatchAccepted } from '#drizzle/queries/generations/batch-progress.ts';
import { markAccepted } from '#drizzle/queries/generations/generation-progress.ts';
import { readGeneration } from '#drizzle/queries/generations/generations.ts';
import { SCHNELL, type TestUser } from '../support/insert-request.ts';
import { endedBatch, insertBatchRequest } from '../support/request-batch.ts';
import { openReconciler, STUCK_AFTER_MS, type OpenReconciler } from './open-reconciler.ts';

let { studio, rows, reconcile, change, close } = {} as OpenReconciler;
let user: TestUser;

beforeAll(async () => {
  ({ studio, rows, reconcile, change, close } = await openReconciler());
});
beforeEach(async () => {
  rows.clear();
  studio.replicate.reset();
  user = await studio.user({ credits: 100 });
});
afterAll(() => close());

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
