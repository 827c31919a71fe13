import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BATCH_MAX_ITEMS } from '#domain/generation/batch.ts';
import { batchWorkflowId, generationWorkflowId } from '#domain/generation/workflow-id.ts';
import { markBatchAccepted } from '#drizzle/queries/generations/batch-progress.ts';
import { listMembers } from '#drizzle/queries/generations/batches.ts';
import { encodeHistory } from '../support/history-bytes.ts';
import { admitBatch, endedBatch, insertBatchRequest } from '../support/request-batch.ts';
import { openStudio, type Studio } from '../support/studio.ts';
import { SCHNELL } from '../support/insert-request.ts';
import { readLongRun } from '../support/long-run.ts';
import { until } from '../support/until.ts';
import type { RunningWorkers } from '../support/temporal-environment.ts';

const TEST_TIMEOUT_MS = 300_000;
/** More than the workers have slots; as many as a batch may have in the long run. */
const MEMBERS = readLongRun('matrices') === undefined ? 15 : BATCH_MAX_ITEMS;

let studio: Studio;
let workers: RunningWorkers;

beforeAll(async () => {
  studio = await openStudio();
  workers = await studio.startWorkers();
});
afterAll(() => studio.close());

const handleOf = (id: string) => studio.temporal.client.workflow.getHandle(batchWorkflowId(id));
const statuses = async (id: string) => (await listMembers(studio.database, id)).map(({ status }) => status);
const reconcile = () => studio.temporal.client.workflow.execute('reconcile', reconcileOptions());
const reconcileOptions = () => ({
  workflowId: `reconcile-${studio.temporal.queues.workflows}-${performance.now()}`,
  taskQueue: studio.temporal.queues.workflows,
  args: [],
});

describe('a batch', () => {
  it(
    `generates ${MEMBERS} members, each in its own workflow, and reports how each ended`,
    async () => {
      const user = await studio.user({ tier: 'pro', credits: 10 * MEMBERS });
      const id = await insertBatchRequest(studio, user, { size: MEMBERS, plan: [SCHNELL] });
      expect(await admitBatch(studio, id)).toEqual({ kind: 'admitted' });
      expect(await studio.credits(user)).toMatchObject({ posted: 10 * MEMBERS });
      const members = await endedBatch(studio, id);
      expect(members.map(({ status }) => status)).toEqual(Array(MEMBERS).fill('completed'));
      expect(members.every(({ priority }) => priority === 3)).toBe(true);
      expect(await handleOf(id).result()).toEqual({ completed: MEMBERS });
      const status = await handleOf(id).query<{ members: Record<string, string> }>('status');
      expect(Object.keys(status.members)).toEqual(members.map((member) => member.id));
      expect(await studio.credits(user)).toEqual({ posted: 0, held: 0 });
      for (const member of members) expect(await studio.transfers(member.id)).toEqual(['reserve', 'capture']);
      studio.replicate.reset();
    },
    TEST_TIMEOUT_MS,
  );

  it('is refused as a whole when one credit is missing, and starts no member', async () => {
    const user = await studio.user({ credits: 39 });
    const id = await insertBatchRequest(studio, user, { size: 4 });
    const outcome = { kind: 'refused', refusal: 'insufficient_credits', admissionNumber: 0 };
    expect(await admitBatch(studio, id)).toEqual(outcome);
    expect(await handleOf(id).result()).toEqual({});
    expect(await studio.credits(user)).toEqual({ posted: 39, held: 0 });
    expect(await statuses(id)).toEqual(Array(4).fill('requested'));
  });

  it('continues when one member fails, and releases the hold of that member', async () => {
    const user = await studio.user({ credits: 30 });
    studio.replicate.script({ on: 'prediction', fault: 'nsfw' });
    const id = await insertBatchRequest(studio, user, { size: 3, plan: [SCHNELL] });
    await admitBatch(studio, id);
    const ended = (await endedBatch(studio, id)).map(({ status }) => status);
    expect(ended.toSorted()).toEqual(['completed', 'completed', 'failed']);
    expect(await handleOf(id).result()).toEqual({ completed: 2, failed: 1 });
    expect(await studio.credits(user)).toEqual({ posted: 10, held: 0 });
    studio.replicate.reset();
  });

  it('keeps completed members when it is cancelled, and releases the holds of the rest', async () => {
    const user = await studio.user({ credits: 30 });
    const id = await insertBatchRequest(studio, user, { size: 3, plan: [SCHNELL] });
    studio.replicate.script({ on: 'prediction', fault: 'stuck' });
    studio.replicate.script({ on: 'prediction', fault: 'stuck' });
    await admitBatch(studio, id);
    await until(async () => (await statuses(id)).includes('completed'), { what: 'the first image' });
    await until(() => studio.replicate.ledger().length === 3, { what: 'the paid calls' });
    const request = { reason: 'enough', by: user.accountId };
    expect(await studio.temporal.generations.batches.cancel(id, request)).toBe(true);
    expect((await endedBatch(studio, id)).map(({ status }) => status).toSorted()).toEqual([
      'cancelled',
      'cancelled',
      'completed',
    ]);
    expect(await handleOf(id).result()).toEqual({ completed: 1, cancelled: 2 });
    expect(await studio.credits(user)).toEqual({ posted: 20, held: 0 });
    await until(() => studio.replicate.ledger().filter(({ cancelled }) => cancelled).length === 2);
    studio.replicate.reset();
  });

  it('completes its members when its own workflow is terminated', async () => {
    const user = await studio.user({ credits: 20 });
    studio.replicate.script({ on: 'prediction', fault: 'slow', ms: 1_500 });
    const id = await insertBatchRequest(studio, user, { size: 2, plan: [SCHNELL] });
    await admitBatch(studio, id);
    await until(async () => studio.replicate.ledger().length > 0, { what: 'the first paid call' });
    await handleOf(id).terminate('by an operator');
    expect((await endedBatch(studio, id)).map(({ status }) => status)).toEqual(['completed', 'completed']);
    expect(await studio.credits(user)).toEqual({ posted: 0, held: 0 });
    studio.replicate.reset();
  });

  it('settles a member whose workflow was terminated, and counts it as failed', async () => {
    const user = await studio.user({ credits: 20 });
    studio.replicate.script({ on: 'prediction', fault: 'stuck' });
    const id = await insertBatchRequest(studio, user, { size: 2, plan: [SCHNELL] });
    await admitBatch(studio, id);
    await until(async () => (await statuses(id)).includes('completed'), { what: 'the other member' });
    const stuck = (await listMembers(studio.database, id)).find(({ status }) => status !== 'completed')!;
    await studio.temporal.client.workflow.getHandle(generationWorkflowId(stuck.id)).terminate('by an operator');
    expect(await handleOf(id).result()).toEqual({ completed: 1, failed: 1 });
    expect((await studio.ended(stuck.id)).failure?.code).toBe('interrupted');
    expect(await studio.credits(user)).toEqual({ posted: 10, held: 0 });
    studio.replicate.reset();
  });

  it("closes as cancelled and releases all holds on Temporal's own cancel", async () => {
    const user = await studio.user({ credits: 20 });
    for (let i = 0; i < 2; i += 1) studio.replicate.script({ on: 'prediction', fault: 'stuck' });
    const id = await insertBatchRequest(studio, user, { size: 2, plan: [SCHNELL] });
    await admitBatch(studio, id);
    await until(() => studio.replicate.ledger().length === 2, { what: 'both paid calls' });
    await handleOf(id).cancel();
    expect((await endedBatch(studio, id)).map(({ status }) => status)).toEqual(['cancelled', 'cancelled']);
    await until(async () => (await handleOf(id).describe()).status.name === 'CANCELLED', {
      what: 'the cancelled workflow',
    });
    expect(await studio.credits(user)).toEqual({ posted: 20, held: 0 });
    studio.replicate.reset();
  });

  it('is started as a whole by the reconciler when it was accepted without a worker', async () => {
    await workers.stop();
    const user = await studio.user({ credits: 30 });
    const id = await insertBatchRequest(studio, user, { size: 3 });
    expect(await admitBatch(studio, id)).toBeUndefined();
    await handleOf(id).terminate('to look as if it had never been started');
    await markBatchAccepted(studio.database, id);
    workers = await studio.startWorkers();
    expect(await statuses(id)).toEqual(Array(3).fill('requested'));
    expect(await reconcile()).toMatchObject({ startedGenerations: 0, startedBatches: 1 });
    expect((await endedBatch(studio, id)).map(({ status }) => status)).toEqual(Array(3).fill('completed'));
    expect(await studio.credits(user)).toEqual({ posted: 0, held: 0 });
  });

  it('has no prompt in its history', async () => {
    const user = await studio.user({ credits: 20 });
    const id = await insertBatchRequest(studio, user, { size: 2, prompt: 'zebra-prompt-secret' });
    await admitBatch(studio, id);
    await handleOf(id).result();
    const text = encodeHistory(await handleOf(id).fetchHistory()).toString('latin1');
    expect(text).toContain(id);
    for (const personal of ['zebra-prompt-secret', 'Test avatar', 'test|']) expect(text).not.toContain(personal);
  });

  it('leaves a ledger without violations', async () => {
    expect(await studio.violations()).toEqual([]);
  });
});
