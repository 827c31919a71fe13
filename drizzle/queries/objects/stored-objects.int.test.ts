import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { deliver, record } from '#drizzle/ledger/record.ts';
import { release } from '#drizzle/ledger/release.ts';
import { useDatabase } from '#tests/support/database/fixture.ts';
import { admitted, anAvatar, newTenant, type Tenant } from '#tests/support/database/world.ts';
import { markRemoved } from './object-removal.ts';
import {
  bytesOfAccount,
  insertGenerationObjects,
  insertStoredObjects,
  listObjectsOfGeneration,
  listOrphanedObjects,
} from './stored-objects.ts';

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

  /** Registers both files of an avatar that is to come, as the step that writes them does. */
  async function registered(tenant: Tenant, generationId: string, avatar = anAvatar(tenant.account.id)) {
    const files = [
      { name: avatar.image.object, kind: 'image' as const, sizeBytes: avatar.image.bytes },
      { name: avatar.thumbnail.object, kind: 'thumbnail' as const, sizeBytes: avatar.thumbnail.bytes },
    ].map((file) => ({ ...file, accountId: tenant.account.id, avatarId: avatar.id }));
    const live = await insertGenerationObjects(fixture.database, generationId, files);
    return { avatar, live, names: files.map(({ name }) => name) };
  }
  const versions = async (names: readonly string[]) =>
    (await fixture.owner.query('SELECT xmin FROM stored_objects WHERE name = ANY ($1) ORDER BY name', [names])).rows;

  it('registered for an avatar belong to it, without another write when it is recorded', async () => {
    const tenant = await newTenant(fixture.database);
    const { id } = await admitted(fixture.database, tenant);
    const { avatar, names } = await registered(tenant, id);
    const other = await admitted(fixture.database, tenant);
    const others = await registered(tenant, other.id);
    await record(fixture.database, other.id, others.avatar);
    const [before, othersBefore] = [await versions(names), await versions(others.names)];
    expect(before).toHaveLength(2);
    expect(await deliver(fixture.database, id, avatar)).toEqual({
      outcome: { kind: 'recorded', replay: false },
      leftovers: [],
    });
    expect(await versions(names)).toEqual(before);
    await markRemovedForGood(names);
    expect(await bytesOfAccount(fixture.database, tenant.account.id)).toBe(2 * (1000 + 100));
    expect(await versions(others.names)).toEqual(othersBefore);
    await fixture.database.call('t.delete', 'DELETE FROM avatars WHERE id = $1', [avatar.id]);
    expect(await orphaned()).toEqual(expect.arrayContaining(names));
    expect(await versions(others.names)).toEqual(othersBefore);
  });

  const failure = { code: 'internal', message: 'it broke' } as const;
  it.each([{ status: 'failed', failure } as const, { status: 'cancelled' } as const])(
    'belong to nothing once their generation has $status, and none is added',
    async (end) => {
      const tenant = await newTenant(fixture.database);
      const { id } = await admitted(fixture.database, tenant);
      const [{ avatar, names }, other] = [await registered(tenant, id), await admitted(fixture.database, tenant)];
      const others = await registered(tenant, other.id);
      expect(await listObjectsOfGeneration(fixture.database, id)).toEqual([]);
      const stagedImage = await staged(tenant, id);
      const stagedBefore = await versions([stagedImage]);
      await release(fixture.database, { generationId: id, ...end });
      const left = (await listObjectsOfGeneration(fixture.database, id)).map(({ name }) => name);
      expect(left).toEqual([...names, stagedImage].toSorted());
      expect(await versions([stagedImage])).toEqual(stagedBefore);
      expect(await orphaned()).toEqual(expect.arrayContaining(names));
      expect(await listObjectsOfGeneration(fixture.database, other.id)).toEqual([]);
      expect(await record(fixture.database, id, avatar)).toMatchObject({ kind: 'lost' });
      expect((await registered(tenant, id)).live).toBe(false);
      expect(await record(fixture.database, other.id, others.avatar)).toEqual({ kind: 'recorded', replay: false });
    },
  );

  it('of another run, with other bytes, belong to nothing once the avatar is recorded', async () => {
    const tenant = await newTenant(fixture.database);
    const { id } = await admitted(fixture.database, tenant);
    const { avatar, names } = await registered(tenant, id);
    const stale = anAvatar(tenant.account.id, {
      id: avatar.id,
      image: { ...avatar.image, object: `${avatar.image.object}-2` },
      thumbnail: { ...avatar.thumbnail, object: `${avatar.thumbnail.object}-2` },
    });
    await registered(tenant, id, stale);
    const leftovers = [stale.image.object, stale.thumbnail.object].toSorted();
    expect((await deliver(fixture.database, id, avatar)).leftovers).toEqual(leftovers);
    expect(await orphaned()).toEqual(expect.arrayContaining(leftovers));
    expect(await orphaned()).not.toEqual(expect.arrayContaining(names));
  });

  it('are registered before their generation ends, or not at all, when both happen at once', async () => {
    const tenant = await newTenant(fixture.database);
    for (let round = 0; round < 12; round += 1) {
      const { id } = await admitted(fixture.database, tenant);
      const [{ live, names }] = await Promise.all([
        registered(tenant, id),
        release(fixture.database, { generationId: id, status: 'cancelled' }),
      ]);
      const found = (await listObjectsOfGeneration(fixture.database, id)).map(({ name }) => name);
      expect(found).toEqual(live ? names.toSorted() : []);
    }
  });

  it('wait for a settlement in progress before they are registered', async () => {
    const tenant = await newTenant(fixture.database);
    const { id } = await admitted(fixture.database, tenant);
    await fixture.owner.query('BEGIN');
    await fixture.owner.query(`SELECT FROM release_generation($1, 'cancelled', NULL, NULL, NULL, 'user')`, [id]);
    const late = registered(tenant, id);
    await fixture.owner.query('SELECT pg_sleep(0.2)');
    await fixture.owner.query('COMMIT');
    expect((await late).live).toBe(false);
    expect(await listObjectsOfGeneration(fixture.database, id)).toEqual([]);
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
