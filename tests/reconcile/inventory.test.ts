import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { insertStoredObjects, listOrphanedObjects } from '#drizzle/queries/objects/stored-objects.ts';
import type { StorageSettings } from '#stack/stack.ts';
import { asOwner } from '../support/as-owner.ts';
import { createTestBucket, createTestDatabase, type TestDatabase } from '../support/stack.ts';
import { openStudio, type Studio } from '../support/studio.ts';
import { type TestUser } from '../support/insert-request.ts';

let database: TestDatabase;
let storage: StorageSettings;
let studio: Studio;
/** The same database with another bucket. */
let elsewhere: Studio;
/** Leaves objects without a row alone for a day. */
let patient: Studio;
let user: TestUser;

beforeAll(async () => {
  [database, storage] = await Promise.all([createTestDatabase(), createTestBucket()]);
  [studio, elsewhere, patient] = await Promise.all([
    openStudio({ database, storage, inventoryGraceMs: -60_000 }),
    openStudio({ database, inventoryGraceMs: -60_000 }),
    openStudio({ database, storage }),
  ]);
  await studio.startWorkers();
});
beforeEach(async () => {
  user = await studio.user({ credits: 100 });
});
afterAll(async () => {
  await Promise.all([studio, elsewhere, patient].map((each) => each.close()));
  await database.drop();
});

const inventory = (of: Studio = studio) =>
  of.temporal.client.workflow.execute<() => Promise<number>>('inventoryBucket', {
    workflowId: `inventory-${randomUUID()}`,
    taskQueue: of.temporal.queues.workflows,
  });
const found = (finding: string) => studio.metric('avatar_inventory_objects_total', { finding });
const age = (name: string) =>
  asOwner(database.ownerUrl, (owner) =>
    owner.query("UPDATE stored_objects SET created_at = now() - interval '1 hour' WHERE name = $1", [name]),
  );
const write = (name: string, of: Studio = studio) =>
  of.store.write(name, Buffer.from(name), { contentType: 'image/webp', immutable: true });

/** @returns the names of a delivered avatar's objects */
async function deliver(): Promise<{ image: string; thumbnail: string }> {
  const { id } = await studio.generate(user);
  expect((await studio.ended(id)).status).toBe('completed');
  const [row] = await studio.database.call<{ image: string; thumbnail: string }>(
    'test.objects',
    'SELECT image_object AS image, thumbnail_object AS thumbnail FROM avatars WHERE generation_id = $1',
    [id],
  );
  return row!;
}

describe('the inventory of the bucket', () => {
  it('removes an object that no row has, and keeps what avatars need', async () => {
    const { image, thumbnail } = await deliver();
    const orphan = `avatars/${user.accountId}/${randomUUID()}/x/image.webp`;
    await write(orphan);
    const before = await found('removed');
    expect(await inventory()).toBe(1);
    expect(await studio.store.exists(orphan)).toBe(false);
    expect(await Promise.all([image, thumbnail].map((name) => studio.store.exists(name)))).toEqual([true, true]);
    expect(await found('removed')).toBe(before + 1);
    expect(await studio.metric('avatar_inventory_last_success_timestamp_seconds', {})).toBeGreaterThan(0);
  });

  it('leaves an object alone that may still get its row', async () => {
    const fresh = `uploads/${user.accountId}/${randomUUID()}`;
    await write(fresh);
    const page = await patient.activities.publish.compareInventoryPage({ prefix: 2, after: null });
    expect(page.unknown).toEqual([]);
    await studio.store.remove(fresh);
  });

  it('never removes objects of accounts that are not in this database, and reports them', async () => {
    const foreign = `avatars/${randomUUID()}/${randomUUID()}/x/image.webp`;
    await write(foreign);
    const before = await found('foreign');
    expect(await inventory()).toBe(0);
    expect(await studio.store.exists(foreign)).toBe(true);
    expect(await found('foreign')).toBe(before + 1);
    await studio.store.remove(foreign);
  });

  it('reports an image that an avatar needs and that is missing; no orphan that the sweep removes', async () => {
    const { image } = await deliver();
    const orphan = `staging/${randomUUID()}`;
    const row = { name: orphan, kind: 'staged', accountId: user.accountId, generationId: null, sizeBytes: 3 } as const;
    await insertStoredObjects(studio.database, [row]);
    await studio.store.remove(image);
    for (const name of [image, orphan]) await age(name);
    const before = await found('missing');
    await deliver(); // the newest image is there
    await inventory();
    expect(await found('missing')).toBe(before + 1);
    await write(image);
    await inventory();
    expect(await found('missing')).toBe(before + 1);
  });

  it('reports no image of an avatar that is still to come, and leaves that of one that never came to the sweep', async () => {
    const { image } = await deliver();
    const [coming, never] = ['coming', 'never'].map(
      (at) => `avatars/${user.accountId}/${randomUUID()}/${at}/image.webp`,
    );
    await asOwner(database.ownerUrl, (owner) =>
      owner.query(
        `INSERT INTO stored_objects (name, account_id, kind, bytes, generation_id, avatar_id, created_at)
         SELECT o.name, g.account_id, 'image', 9, CASE WHEN o.ended THEN g.id ELSE gen_random_uuid() END, gen_random_uuid(), now() - interval '1 hour'
         FROM avatars g0 JOIN avatar_generations g ON g.id = g0.generation_id, (VALUES ($2::text, false), ($3, true)) AS o (name, ended)
         WHERE g0.image_object = $1`,
        [image, coming, never],
      ),
    );
    await write(never!);
    const before = await found('missing');
    expect(await inventory()).toBe(0);
    expect(await found('missing')).toBe(before);
    const orphans = await listOrphanedObjects(studio.database, { olderThanMs: 0, limit: 1000 });
    expect(orphans.map(({ name }) => name).filter((name) => [image, coming, never].includes(name))).toEqual([never]);
    await studio.store.remove(never!);
  });

  it('registers an object of an avatar again whose row was lost', async () => {
    const { thumbnail } = await deliver();
    await asOwner(database.ownerUrl, (owner) => owner.query('DELETE FROM stored_objects WHERE name = $1', [thumbnail]));
    expect(await inventory()).toBe(0);
    expect(await studio.store.exists(thumbnail)).toBe(true);
    const rows = await studio.database.call(
      'test.row',
      'SELECT kind FROM stored_objects WHERE name = $1 AND bytes > 0',
      [thumbnail],
    );
    expect(rows).toEqual([{ kind: 'thumbnail' }]);
  });

  it('removes nothing when implausibly many objects have no row', async () => {
    const names = Array.from({ length: 21 }, () => `avatars/${user.accountId}/${randomUUID()}/x/thumb.webp`);
    await Promise.all(names.map((name) => write(name)));
    expect(await inventory()).toBe(0);
    expect(await studio.store.exists(names[0]!)).toBe(true);
    expect(await studio.metric('avatar_reconcile_refusals_total', { reason: 'too_many_unknown_objects' })).toBe(1);
    await Promise.all(names.map((name) => studio.store.remove(name)));
  });

  it('refuses to compare with the wrong bucket', async () => {
    await deliver();
    const page = elsewhere.activities.publish.compareInventoryPage({ prefix: 0, after: null });
    await expect(page).rejects.toThrow('not in this bucket');
    expect(await elsewhere.metric('avatar_reconcile_refusals_total', { reason: 'wrong_bucket' })).toBe(1);
  });
});
