import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { record } from '#drizzle/ledger/record.ts';
import { release } from '#drizzle/ledger/release.ts';
import { useDatabase } from '#tests/support/database/fixture.ts';
import { admitted, anAvatar, newTenant, type Tenant } from '#tests/support/database/world.ts';
import { markRemoved } from './object-removal.ts';
import { bytesOfAccount, listOrphanedObjects, listObjectsOfGeneration, insertStoredObjects } from './stored-objects.ts';

const fixture = useDatabase();

const orphaned = async (olderThanMs = -1_000) =>
  (await listOrphanedObjects(fixture.database, { olderThanMs, limit: 1000 })).map(({ name }) => name);

/** As if `lateWritesMs` had passed for all objects. */
const markRemovedForGood = (names: readonly string[]) => markRemoved(fixture.database, names, { lateWritesMs: -1_000 });

async function backdate(name: string): Promise<void> {
  await fixture.owner.query("UPDATE stored_objects SET created_at = now() - interval '1 hour' WHERE name = $1", [name]);
}

async function staged(tenant: Tenant, generationId: string | null): Promise<string> {
  const name = `staging/${randomUUID()}`;
  const object = { name, accountId: tenant.account.id, kind: 'staged' as const, sizeBytes: 50, generationId };
  await insertStoredObjects(fixture.database, [object]);
  await insertStoredObjects(fixture.database, [{ ...object, sizeBytes: 60 }]);
  return name;
}

describe('stored objects', () => {
  it('are orphaned once their generation has ended, not before', async () => {
    const tenant = await newTenant(fixture.database);
    const { id } = await admitted(fixture.database, tenant);
    const name = await staged(tenant, id);
    expect(await orphaned()).not.toContain(name);
    expect((await listObjectsOfGeneration(fixture.database, id)).map((object) => object.name)).toEqual([name]);
    await release(fixture.database, { generationId: id, status: 'cancelled' });
    expect(await orphaned()).toContain(name);
    expect(await orphaned(60_000)).not.toContain(name);
    await markRemovedForGood([name]);
    expect(await orphaned()).not.toContain(name);
  });

  it('are orphaned if their generation does not exist', async () => {
    const name = await staged(await newTenant(fixture.database), randomUUID());
    expect(await orphaned()).toContain(name);
  });

  it('belong to the avatar once it is recorded, and are not removed then', async () => {
    const tenant = await newTenant(fixture.database);
    const { id } = await admitted(fixture.database, tenant);
    const name = await staged(tenant, id);
    const avatar = anAvatar(tenant.account.id);
    const image = {
      name: avatar.image.object,
      accountId: tenant.account.id,
      kind: 'image' as const,
      sizeBytes: 1,
      generationId: id,
    };
    await insertStoredObjects(fixture.database, [image]);
    await record(fixture.database, id, avatar);
    expect((await listObjectsOfGeneration(fixture.database, id)).map((object) => object.name)).toEqual([name]);
    await markRemovedForGood([name, avatar.image.object, avatar.thumbnail.object]);
    expect(await bytesOfAccount(fixture.database, tenant.account.id)).toBe(1000 + 100);
    await fixture.database.call('t.delete', 'DELETE FROM avatars WHERE id = $1', [avatar.id]);
    expect(await orphaned()).toEqual(expect.arrayContaining([avatar.image.object, avatar.thumbnail.object]));
  });

  it('stay as tombstones while a late write may arrive, counted from the last registration', async () => {
    const tenant = await newTenant(fixture.database);
    const name = await staged(tenant, randomUUID());
    await backdate(name);
    const again = { name, accountId: tenant.account.id, kind: 'staged' as const, sizeBytes: 70, generationId: null };
    await insertStoredObjects(fixture.database, [again]);
    await markRemoved(fixture.database, [name], { lateWritesMs: 60_000 });
    expect(await bytesOfAccount(fixture.database, tenant.account.id)).toBe(0);
    expect(await orphaned()).toContain(name);
    expect(await orphaned(60_000)).not.toContain(name);
    await backdate(name);
    await markRemoved(fixture.database, [name], { lateWritesMs: 60_000 });
    expect(await orphaned()).not.toContain(name);
  });

  it('accept empty lists', async () => {
    await insertStoredObjects(fixture.database, []);
    await markRemovedForGood([]);
    expect(await bytesOfAccount(fixture.database, randomUUID())).toBe(0);
  });
});
