import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { taskQueues } from '#domain/generation/task-queue.ts';
import { generationWorkflowId } from '#domain/generation/workflow-id.ts';
import { markAccepted } from '#drizzle/queries/generations/generation-progress.ts';
import { readGeneration } from '#drizzle/queries/generations/generations.ts';
import { TemporalUnavailable } from '#temporal/client/generation-workflows.ts';
import { createReconciler, reconcilerScheduleId } from '#temporal/client/reconciler.ts';
import { ensureSchedules } from '#temporal/client/schedules.ts';
import { openStudio, type Studio } from '../support/studio.ts';
import { SCHNELL, type TestUser } from '../support/insert-request.ts';
import { until } from '../support/until.ts';

const MINUTE_MS = 60_000;

let studio: Studio;
let user: TestUser;

beforeAll(async () => {
  studio = await openStudio({ heartbeatTimeoutMs: 3_000, slots: { generate: 1, publish: 1 } });
  await studio.startWorkers();
  await ensureSchedules(studio.temporal.client, studio.temporal.queues);
});
beforeEach(async () => {
  user = await studio.user({ credits: 20 });
});
afterEach(() => studio.replicate.reset());
afterAll(async () => {
  await schedule().delete();
  await studio.close();
});

const schedule = () => studio.temporal.client.schedule.getHandle(reconcilerScheduleId(studio.temporal.queues));
const jobOf = (id: string) => studio.temporal.client.workflow.getHandle(generationWorkflowId(id));
const closed = (id: string) =>
  jobOf(id)
    .result()
    .catch(() => undefined);

/** One whole round of the reconciler, by its Schedule. */
async function reconcile(): Promise<void> {
  const taken = async () => (await schedule().describe()).info.recentActions.map(({ action }) => action.workflow);
  const before = new Set((await taken()).map(({ firstExecutionRunId }) => firstExecutionRunId));
  const { client, queues } = studio.temporal;
  await createReconciler({ client, queues }).trigger();
  const round = await until(async () =>
    (await taken()).find(({ firstExecutionRunId }) => !before.has(firstExecutionRunId)),
  );
  await studio.temporal.client.workflow.getHandle(round.workflowId, round.firstExecutionRunId).result();
}

/** A generation whose prediction never ends. */
async function generating(): Promise<string> {
  studio.replicate.script({ on: 'prediction', fault: 'stuck' });
  const { id } = await studio.generate(user, { plan: [SCHNELL] });
  await until(() => studio.replicate.ledger().length === 1);
  return id;
}

async function cancelled(id: string): Promise<void> {
  await studio.temporal.generations.cancel(id, { reason: 'test', by: 'test' });
  await studio.ended(id);
}

/** What the reset button of the Temporal UI does, back to before the first task. */
async function resetToStart(id: string): Promise<void> {
  const { events } = await jobOf(id).fetchHistory();
  const firstTask = events?.find((event) => event.workflowTaskCompletedEventAttributes);
  await studio.temporal.client.workflowService.resetWorkflowExecution({
    namespace: studio.temporal.client.options.namespace,
    workflowExecution: { workflowId: generationWorkflowId(id) },
    workflowTaskFinishEventId: firstTask!.eventId!,
    requestId: randomUUID(),
    reason: 'test',
  });
}

describe('an operator', () => {
  it('terminates: the reconciler returns the credits, cancels the prediction and removes what was written', async () => {
    const id = await generating();
    const failed = await studio.metric('avatar_generations_total', { outcome: 'failed' });
    await jobOf(id).terminate('an operator was here');
    await reconcile();
    const row = await studio.ended(id);
    expect(row).toMatchObject({ status: 'failed', failure: { code: 'interrupted' }, creditsReturned: true });
    expect(await studio.metric('avatar_generations_total', { outcome: 'failed' })).toBe(failed + 1);
    await until(() => studio.replicate.ledger()[0]?.cancelled);
    expect(await studio.credits(user)).toEqual({ posted: 20, held: 0 });
    expect(await studio.transfers(id)).toEqual(['reserve', 'release']);
    expect(await studio.violations()).toEqual([]);
  });

  it('resets a finished one: it is not bought, charged or delivered again', async () => {
    const { id } = await studio.generate(user, { plan: [SCHNELL] });
    expect((await studio.ended(id)).status).toBe('completed');
    await closed(id);
    await resetToStart(id);
    await closed(id);
    expect((await readGeneration(studio.database, id))?.status).toBe('completed');
    expect(await studio.transfers(id)).toEqual(['reserve', 'capture']);
    expect(studio.replicate.ledger()).toHaveLength(1);
    expect(await studio.store.list(`avatars/${user.accountId}/`)).toHaveLength(2);
  });

  it('resets a running one: it goes on with what was bought', async () => {
    studio.replicate.script({ on: 'prediction', fault: 'slow', ms: 3_000 });
    const { id } = await studio.generate(user, { plan: [SCHNELL] });
    await until(() => studio.replicate.ledger().length === 1);
    await resetToStart(id);
    expect((await studio.ended(id)).status).toBe('completed');
    expect(studio.replicate.ledger()).toHaveLength(1);
    expect(await studio.credits(user)).toEqual({ posted: 10, held: 0 });
  });
});

describe('the reconciler', () => {
  it('can not be triggered where no worker ever made its Schedule, and says that Temporal is not ready', async () => {
    const { client } = studio.temporal;
    const nowhere = createReconciler({ client, queues: taskQueues(`-${randomUUID()}`) });
    await expect(nowhere.trigger()).rejects.toThrow(TemporalUnavailable);
  });

  it('starts what was accepted while no workflow could be started', async () => {
    const id = await studio.insertRequest(user, { plan: [SCHNELL] });
    await markAccepted(studio.database, id);
    await reconcile();
    expect((await studio.ended(id)).status).toBe('completed');
  });

  it('leaves running ones alone', async () => {
    const id = await generating();
    await reconcile();
    expect((await readGeneration(studio.database, id))?.status).toBe('processing');
    await cancelled(id);
  });

  it('drops a request that nobody was told about after ten minutes, and never charges it', async () => {
    const id = await studio.insertRequest(user, { plan: [SCHNELL] });
    await reconcile();
    expect(await readGeneration(studio.database, id)).toBeDefined();
    await studio.age(id, 11 * MINUTE_MS);
    await reconcile();
    expect(await readGeneration(studio.database, id)).toBeUndefined();
    expect(await studio.credits(user)).toEqual({ posted: 20, held: 0 });
  });

  it('raises one that waited longer than its tier should', async () => {
    const first = await generating();
    const { id } = await studio.generate(user, { plan: [SCHNELL] });
    await reconcile();
    expect((await readGeneration(studio.database, id))?.priority).toBe(4);
    await studio.age(id, 6 * MINUTE_MS);
    await reconcile();
    await until(async () => (await readGeneration(studio.database, id))?.priority === 3);
    await cancelled(first);
    await cancelled(id);
  });
});
