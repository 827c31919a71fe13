import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { UNANSWERED_AFTER_MS } from '#domain/generation/admission.ts';
import { taskQueues } from '#domain/generation/task-queue.ts';
import { generationWorkflowId } from '#domain/generation/workflow-id.ts';
import { markAccepted } from '#drizzle/queries/generations/generation-progress.ts';
import { readGeneration } from '#drizzle/queries/generations/generations.ts';
import { TemporalUnavailable } from '#temporal/client/temporal-unavailable.ts';
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
const handleOf = (id: string) => studio.temporal.client.workflow.getHandle(generationWorkflowId(id));
const waitForClose = (id: string) =>
  handleOf(id)
    .result()
    .catch(() => undefined);

/** Runs one round of the reconciler through its Schedule. */
async function reconcile(): Promise<void> {
  const actions = async () => (await schedule().describe()).info.recentActions.map(({ action }) => action.workflow);
  const before = new Set((await actions()).map(({ firstExecutionRunId }) => firstExecutionRunId));
  const { client, queues } = studio.temporal;
  await createReconciler({ client, queues }).trigger();
  const round = await until(async () =>
    (await actions()).find(({ firstExecutionRunId }) => !before.has(firstExecutionRunId)),
  );
  await studio.temporal.client.workflow.getHandle(round.workflowId, round.firstExecutionRunId).result();
}

/** Starts a generation whose prediction never ends. @returns its id */
async function startStuckGeneration(): Promise<string> {
  studio.replicate.script({ on: 'prediction', fault: 'stuck' });
  const { id } = await studio.generate(user, { plan: [SCHNELL] });
  await until(() => studio.replicate.ledger().length === 1);
  return id;
}

async function cancel(id: string): Promise<void> {
  await studio.temporal.generations.cancel(id, { reason: 'test', by: 'test' });
  await studio.ended(id);
}

/** Resets the workflow to before its first task, as the Temporal UI does. */
async function resetToStart(id: string): Promise<void> {
  const { events } = await handleOf(id).fetchHistory();
  const firstTask = events?.find((event) => event.workflowTaskCompletedEventAttributes);
  await studio.temporal.client.workflowService.resetWorkflowExecution({
    namespace: studio.temporal.client.options.namespace,
    workflowExecution: { workflowId: generationWorkflowId(id) },
    workflowTaskFinishEventId: firstTask!.eventId!,
    requestId: randomUUID(),
    reason: 'test',
  });
}

describe('a workflow that an operator touches', () => {
  it('is settled by the reconciler after a termination: credits returned, prediction cancelled, objects removed', async () => {
    const id = await startStuckGeneration();
    const failed = await studio.metric('avatar_generations_total', { outcome: 'failed', code: 'interrupted' });
    await handleOf(id).terminate('by an operator');
    await reconcile();
    const row = await studio.ended(id);
    expect(row).toMatchObject({ status: 'failed', failure: { code: 'interrupted' }, creditsReturned: true });
    expect(await studio.metric('avatar_generations_total', { outcome: 'failed', code: 'interrupted' })).toBe(
      failed + 1,
    );
    await until(() => studio.replicate.ledger()[0]?.cancelled);
    expect(await studio.credits(user)).toEqual({ posted: 20, held: 0 });
    expect(await studio.transfers(id)).toEqual(['reserve', 'release']);
    expect(await studio.violations()).toEqual([]);
  });

  it('buys, charges and delivers nothing again when it is reset after completion', async () => {
    const { id } = await studio.generate(user, { plan: [SCHNELL] });
    expect((await studio.ended(id)).status).toBe('completed');
    await waitForClose(id);
    await resetToStart(id);
    await waitForClose(id);
    expect((await readGeneration(studio.database, id))?.status).toBe('completed');
    expect(await studio.transfers(id)).toEqual(['reserve', 'capture']);
    expect(studio.replicate.ledger()).toHaveLength(1);
    expect(await studio.store.list(`avatars/${user.accountId}/`)).toHaveLength(2);
  });

  it('continues with the paid prediction when it is reset while running', async () => {
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
  it('reports Temporal as unavailable when it is triggered before a worker has created its Schedule', async () => {
    const { client } = studio.temporal;
    const unscheduled = createReconciler({ client, queues: taskQueues(`-${randomUUID()}`) });
    await expect(unscheduled.trigger()).rejects.toThrow(TemporalUnavailable);
  });

  it('starts a generation that was accepted while no workflow could be started', async () => {
    const id = await studio.insertRequest(user, { plan: [SCHNELL] });
    await markAccepted(studio.database, id);
    await reconcile();
    expect((await studio.ended(id)).status).toBe('completed');
  });

  it('does not touch running generations', async () => {
    const id = await startStuckGeneration();
    await reconcile();
    expect((await readGeneration(studio.database, id))?.status).toBe('processing');
    await cancel(id);
  });

  it('drops a request that was never accepted, a minute after it was noted, without charging it', async () => {
    const id = await studio.insertRequest(user, { plan: [SCHNELL] });
    await studio.age(id, UNANSWERED_AFTER_MS - MINUTE_MS);
    await reconcile();
    expect(await readGeneration(studio.database, id)).toBeDefined();
    await studio.age(id, 2 * MINUTE_MS);
    await reconcile();
    expect(await readGeneration(studio.database, id)).toBeDefined();
    await studio.age(id, 2 * MINUTE_MS);
    await reconcile();
    expect(await readGeneration(studio.database, id)).toBeUndefined();
    expect(await studio.credits(user)).toEqual({ posted: 20, held: 0 });
  });

  it('raises the priority of a generation that has waited longer than its tier allows', async () => {
    const first = await startStuckGeneration();
    const { id } = await studio.generate(user, { plan: [SCHNELL] });
    await reconcile();
    expect((await readGeneration(studio.database, id))?.priority).toBe(4);
    await studio.age(id, 6 * MINUTE_MS);
    await reconcile();
    await until(async () => (await readGeneration(studio.database, id))?.priority === 3);
    await cancel(first);
    await cancel(id);
  });
});
