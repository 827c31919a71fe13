import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { generationWorkflowId } from '#domain/generation/workflow-id.ts';
import { release } from '#drizzle/ledger/release.ts';
import { readGeneration } from '#drizzle/queries/generations/generations.ts';
import { insertStoredObjects } from '#drizzle/queries/objects/stored-objects.ts';
import type { StorageSettings } from '#stack/stack.ts';
import { asOwner } from '../support/as-owner.ts';
import { createTestBucket, createTestDatabase, createTestNamespace, type TestDatabase } from '../support/stack.ts';
import { openStudio, type Studio } from '../support/studio.ts';
import { until } from '../support/until.ts';
import { SCHNELL, type TestUser } from '../support/insert-request.ts';

const HOUR_MS = 3600_000;

let database: TestDatabase;
let storage: StorageSettings;
/** The regular studio, and three whose worker has another namespace, bucket or clock. */
let studio: Studio;
let elsewhere: Studio;
let otherBucket: Studio;
let lateClock: Studio;
let user: TestUser;

beforeAll(async () => {
  [database, storage] = await Promise.all([createTestDatabase(), createTestBucket()]);
  const namespace = await createTestNamespace();
  [studio, elsewhere, otherBucket, lateClock] = await Promise.all([
    openStudio({ database, storage, settleMax: 2 }),
    openStudio({ database, storage, temporal: { namespace } }),
    openStudio({ database }),
    openStudio({ database, storage, now: () => Date.now() + 2 * HOUR_MS }),
  ]);
  for (const each of [studio, elsewhere, otherBucket, lateClock]) await each.startWorkers();
});
beforeEach(async () => {
  user = await studio.user({ credits: 100 });
});
afterAll(async () => {
  await Promise.all([studio, elsewhere, otherBucket, lateClock].map((each) => each.close()));
  await database.drop();
});

/** Runs one round. @returns how many rows each part changed, -1 where it failed or refused */
function reconcile({ temporal }: Studio): Promise<Record<string, number>> {
  return temporal.client.workflow.execute<() => Promise<Record<string, number>>>('reconcile', {
    workflowId: `reconcile-${randomUUID()}`,
    taskQueue: temporal.queues.workflows,
  });
}

const refusals = (of: Studio, reason: string) => of.metric('avatar_reconcile_refusals_total', { reason });
const failures = (of: Studio, part: string) => of.metric('avatar_reconcile_failures_total', { part });
const statusOf = async (id: string) => (await readGeneration(studio.database, id))?.status;
const change = (statement: string, values: unknown[]) =>
  asOwner(database.ownerUrl, async (owner) => {
    await owner.query("SET session_replication_role = 'replica'");
    await owner.query(statement, values);
  });

/** Starts generations whose predictions never end. @returns their ids */
async function startStuckGenerations(count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) {
    studio.replicate.script({ on: 'prediction', fault: 'stuck' });
    ids.push((await studio.generate(user, { plan: [SCHNELL] })).id);
    await until(() => studio.replicate.ledger().length > n);
  }
  return ids;
}

async function cancel(id: string): Promise<void> {
  await studio.temporal.generations.cancel(id, { reason: 'test', by: 'test' });
  await studio.ended(id);
  studio.replicate.reset();
}

/** Creates an orphan in the bucket that is old enough to be swept. @returns its name */
async function createOrphan(): Promise<string> {
  const name = `staging/${randomUUID()}`;
  const bytes = Buffer.from('staged');
  const row = {
    name,
    kind: 'staged',
    accountId: user.accountId,
    generationId: null,
    sizeBytes: bytes.length,
  } as const;
  await insertStoredObjects(studio.database, [row]);
  await studio.store.write(name, bytes, { contentType: 'image/png', immutable: false });
  await change("UPDATE stored_objects SET created_at = now() - interval '1 hour' WHERE name = $1", [name]);
  return name;
}

describe('a reconciler connected to an empty namespace', () => {
  it('settles no generation that may run in another namespace until its deadline has passed, and counts the refusal', async () => {
    const [id = ''] = await startStuckGenerations(1);
    expect((await reconcile(elsewhere)).settledGenerations).toBe(0);
    expect(await statusOf(id)).toBe('processing');
    expect(await refusals(elsewhere, 'unknown_workflows')).toBe(1);
    expect((await reconcile(studio)).settledGenerations).toBe(0);
    expect(await refusals(studio, 'unknown_workflows')).toBe(0);

    await studio.temporal.client.workflow.getHandle(generationWorkflowId(id)).terminate('by this test');
    await change("UPDATE avatar_generations SET deadline_at = now() - interval '11 minutes' WHERE id = $1", [id]);
    expect((await reconcile(elsewhere)).settledGenerations).toBe(1);
    expect(await studio.ended(id)).toMatchObject({ failure: { code: 'interrupted' }, creditsReturned: true });
    expect(await studio.violations()).toEqual([]);
    studio.replicate.reset();
  });
});

describe('a reconciler round that finds more lost generations than it may settle', () => {
  it('settles none of them, counts as a failure, and continues once there are fewer', async () => {
    const ids = await startStuckGenerations(3);
    for (const id of ids) {
      await studio.temporal.client.workflow.getHandle(generationWorkflowId(id)).terminate('by this test');
    }
    const succeeded = () => studio.metric('avatar_reconcile_last_success_timestamp_seconds', {});
    const before = { at: await succeeded(), failed: await failures(studio, 'settledGenerations') };
    expect(await reconcile(studio)).toMatchObject({ settledGenerations: -1, startedGenerations: 0, sweptObjects: 0 });
    expect(await Promise.all(ids.map(statusOf))).toEqual(['processing', 'processing', 'processing']);
    expect(await refusals(studio, 'too_many_lost')).toBe(1);
    expect({ at: await succeeded(), failed: await failures(studio, 'settledGenerations') }).toEqual({
      at: before.at,
      failed: before.failed + 1,
    });

    await release(studio.database, { generationId: ids[0]!, status: 'cancelled', by: 'operator' });
    expect((await reconcile(studio)).settledGenerations).toBe(2);
    expect(await succeeded()).toBeGreaterThan(before.at);
    expect(await studio.credits(user)).toEqual({ posted: 100, held: 0 });
    studio.replicate.reset();
  });
});

describe('a reconciler with the wrong bucket', () => {
  it('removes no row of an object in the right bucket, and counts the refusal', async () => {
    const { id } = await studio.generate(user);
    await studio.ended(id);
    const name = await createOrphan();
    expect(await reconcile(otherBucket)).toMatchObject({ sweptObjects: -1, expiredUploads: -1 });
    expect(await refusals(otherBucket, 'wrong_bucket')).toBe(2);
    const removal = otherBucket.activities.publish.removeAllObjects({ accountId: user.accountId });
    await expect(removal).rejects.toThrow('not in this bucket');
    expect(await studio.store.exists(name)).toBe(true);
    expect((await reconcile(studio)).sweptObjects).toBeGreaterThan(0);
    expect(await studio.store.exists(name)).toBe(false);
  });
});

describe('a reconciler whose clock differs from the database', () => {
  it('removes and settles nothing by age, and still starts accepted generations', async () => {
    const [id = ''] = await startStuckGenerations(1);
    const name = await createOrphan();
    const round = await reconcile(lateClock);
    expect(round).toMatchObject({
      settledGenerations: -1,
      closedAttempts: -1,
      droppedGenerations: -1,
      prunedCallbacks: -1,
      sweptObjects: -1,
      expiredUploads: -1,
      startedGenerations: 0,
      startedDeliveries: 0,
    });
    expect(await refusals(lateClock, 'clock_skew')).toBe(7);
    expect([await statusOf(id), await studio.store.exists(name)]).toEqual(['processing', true]);
    await expect(lateClock.activities.publish.purgeTrash()).rejects.toThrow('nothing is removed');
    await cancel(id);
  });
});
