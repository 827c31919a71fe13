import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ImageStore } from '#activities/storage/port.ts';
import type { StorageSettings } from '#stack/stack.ts';
import { readGeneration } from '#drizzle/queries/generations/generations.ts';
import { asOwner } from '../support/as-owner.ts';
import { SCHNELL, type TestUser } from '../support/insert-request.ts';
import {
  backUpTestDatabase,
  createTestBucket,
  createTestDatabase,
  createTestNamespace,
  type TestDatabase,
  uniqueSuffix,
} from '../support/stack.ts';
import { openStudio, type Studio, type StudioOptions } from '../support/studio.ts';
import { until } from '../support/until.ts';

const PRICE = 10;
const DAY_MS = 24 * 3600_000;
/** Objects without a row count at once, not after a day. */
const AT_ONCE = { inventoryGraceMs: -60_000 };

let database: TestDatabase;
let storage: StorageSettings;
let suffix: string;
let user: TestUser;
/** The studio before the loss, and after it. */
let before: Studio;
const opened: Studio[] = [];
const databases: TestDatabase[] = [];
/** While set, nothing is published. */
let publishing: Promise<void> | undefined;

beforeEach(async () => {
  suffix = `-${uniqueSuffix()}`;
  [database, storage] = await Promise.all([createTestDatabase(), createTestBucket()]);
  databases.push(database);
  const wrapStore = (store: ImageStore): ImageStore => ({
    ...store,
    async write(name, ...rest) {
      if (name.startsWith('avatars/')) await publishing;
      return store.write(name, ...rest);
    },
  });
  before = await open({ database, wrapStore });
  user = await before.user({ credits: 100 });
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((studio) => studio.close()));
  await Promise.all(databases.splice(0).map((each) => each.drop()));
});

/** Opens a studio with workers, by default with the same bucket, namespace and queues. */
async function open(options: StudioOptions): Promise<Studio> {
  const studio = await openStudio({ storage, temporal: { suffix }, ...AT_ONCE, ...options });
  opened.push(studio);
  await studio.startWorkers();
  return studio;
}

/** Ends the studio before the loss: its database is not used any more. */
async function lose(): Promise<void> {
  opened.splice(opened.indexOf(before), 1);
  await before.close();
}

const run = <Result>({ temporal }: Studio, workflow: 'reconcile' | 'inventoryBucket') =>
  temporal.client.workflow.execute<() => Promise<Result>>(workflow, {
    workflowId: `${workflow}-${randomUUID()}`,
    taskQueue: temporal.queues.workflows,
  });
const reconcile = (studio: Studio) => run<Record<string, number>>(studio, 'reconcile');

async function imagesOf(studio: Studio, id: string): Promise<string[]> {
  const rows = await studio.database.call<{ image: string; thumbnail: string }>(
    'test.images',
    'SELECT image_object AS image, thumbnail_object AS thumbnail FROM avatars WHERE generation_id = $1',
    [id],
  );
  return rows.flatMap(({ image, thumbnail }) => [image, thumbnail]);
}

async function deliver(studio: Studio): Promise<string> {
  const { id } = await studio.generate(user, { plan: [SCHNELL] });
  expect((await studio.ended(id)).status).toBe('completed');
  return id;
}

const areStored = async (studio: Studio, names: readonly string[]) =>
  (await Promise.all(names.map((name) => studio.store.exists(name)))).every(Boolean);

describe('a database that is older than Temporal and the bucket', () => {
  it('agrees with them again: what it has of delivered avatars stays, what it has not is not charged', async () => {
    const delivered = await deliver(before);
    const { promise, resolve } = Promise.withResolvers<void>();
    publishing = promise;
    const { id: unfinished } = await before.generate(user, { plan: [SCHNELL] });
    await until(() => before.replicate.ledger().length === 2, { what: 'the second prediction' });
    const backup = await backUpTestDatabase(database);
    databases.push(backup);
    resolve();
    publishing = undefined;
    expect((await before.ended(unfinished)).status).toBe('completed');
    const unknown = await deliver(before);
    expect(await before.credits(user)).toEqual({ posted: 100 - 3 * PRICE, held: 0 });
    const lostImages = [...(await imagesOf(before, unfinished)), ...(await imagesOf(before, unknown))];
    await lose();

    const after = await open({ database: backup });
    expect(await after.credits(user)).toEqual({ posted: 100 - PRICE, held: PRICE });
    expect((await reconcile(after)).settledGenerations).toBe(1);
    expect(await readGeneration(after.database, unfinished)).toMatchObject({
      status: 'failed',
      failure: { code: 'interrupted' },
      creditsReturned: true,
    });
    expect(await after.credits(user)).toEqual({ posted: 100 - PRICE, held: 0 });
    expect(await areStored(after, await imagesOf(after, delivered))).toBe(true);
    await run<number>(after, 'inventoryBucket');
    expect(await areStored(after, await imagesOf(after, delivered))).toBe(true);
    expect(await after.metric('avatar_inventory_objects_total', { finding: 'missing' })).toBe(0);
    expect(await after.metric('avatar_inventory_objects_total', { finding: 'foreign' })).toBe(0);
    const remaining = await Promise.all(lostImages.map((name) => after.store.exists(name)));
    expect(remaining.some(Boolean)).toBe(false);
    expect(after.replicate.ledger()).toEqual([]);
    expect(await after.violations()).toEqual([]);
  });

  it('keeps the images of avatars that it does not know for a day, and generates one again whose request is repeated', async () => {
    await deliver(before);
    const backup = await backUpTestDatabase(database);
    databases.push(backup);
    const unknown = await deliver(before);
    const images = await imagesOf(before, unknown);
    await lose();

    const after = await open({ database: backup, inventoryGraceMs: DAY_MS });
    expect(await run<number>(after, 'inventoryBucket')).toBe(0);
    expect(await areStored(after, images)).toBe(true);
    // Its client sends it again with the same key. Temporal remembers the first time, but what counts is this row's admission.
    await after.generate(user, { plan: [SCHNELL], id: unknown });
    expect((await after.ended(unknown)).status).toBe('completed');
    expect(await after.transfers(unknown)).toEqual(['reserve', 'capture']);
    expect(await after.credits(user)).toEqual({ posted: 100 - 2 * PRICE, held: 0 });
    expect(after.replicate.ledger()).toHaveLength(1);
    expect(await after.violations()).toEqual([]);
  });
});

describe('a database that is newer than Temporal', () => {
  it('starts what was accepted, settles what was in progress, and delivers nothing twice', async () => {
    const delivered = await deliver(before);
    before.replicate.script({ on: 'prediction', fault: 'stuck' });
    const { id: inProgress } = await before.generate(user, { plan: [SCHNELL] });
    await until(() => before.replicate.ledger().length === 2, { what: 'the second prediction' });
    const accepted = await before.insertRequest(user, { plan: [SCHNELL] });
    await asOwner(database.ownerUrl, (owner) =>
      owner.query('UPDATE avatar_generations SET accepted_at = now() WHERE id = $1', [accepted]),
    );
    await lose();

    const after = await open({ database, temporal: { namespace: await createTestNamespace(), suffix } });
    const round = await reconcile(after);
    expect(round).toMatchObject({ startedGenerations: 1, settledGenerations: 0 });
    expect((await after.ended(accepted)).status).toBe('completed');
    // A namespace without the workflow may be the wrong one, so that its deadline is waited for.
    expect(await after.metric('avatar_reconcile_refusals_total', { reason: 'unknown_workflows' })).toBe(1);
    await asOwner(database.ownerUrl, (owner) =>
      owner.query("UPDATE avatar_generations SET deadline_at = now() - interval '11 minutes' WHERE id = $1", [
        inProgress,
      ]),
    );
    expect((await reconcile(after)).settledGenerations).toBe(1);
    expect(await after.ended(inProgress)).toMatchObject({ status: 'failed', creditsReturned: true });
    await after.generate(user, { plan: [SCHNELL], id: delivered });
    expect(await after.transfers(delivered)).toEqual(['reserve', 'capture']);
    expect(await after.credits(user)).toEqual({ posted: 100 - 2 * PRICE, held: 0 });
    expect(after.replicate.ledger()).toHaveLength(1);
    expect(await after.violations()).toEqual([]);
  });
});
