import { describe, expect, it } from 'vitest';
import { record } from '#drizzle/ledger/record.ts';
import { deliveredAvatar } from '#tests/api/delivered-avatar.ts';
import type { TestUser } from '#tests/api/serve-api.ts';
import { testApi } from '#tests/api/test-api.ts';
import { anAvatar } from '#tests/support/database/world.ts';
import type { ObjectRemoval } from '#temporal/client/object-removal.ts';

const removals: Parameters<ObjectRemoval['request']>[0][] = [];
const studio = testApi({ removal: { request: async (removal) => removals.push(removal) > 0 } });

const BODY = { sourceType: 'text_to_image', prompt: 'a portrait' } as const;
const createGeneration = async ({ token, projectId: id }: TestUser) =>
  (await studio.client.ok('createGeneration', { token, id, body: BODY })).body.id;
const remove = ({ token, projectId: id }: TestUser) => studio.client.raw('deleteProject', { token, id });
const creditsOf = async ({ token }: TestUser) => (await studio.client.ok('readCredits', { token })).body;
const rows = async (statement: string, ...values: unknown[]) =>
  (await studio.fixture.owner.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${statement}`, values)).rows[0]!.n;

describe('DELETE /projects/:id', () => {
  it('deletes the avatars of the project and its trash, and leaves the ledger unchanged', async () => {
    const user = await studio.user();
    const [active, trashed] = [await deliveredAvatar(studio, user), await deliveredAvatar(studio, user)];
    await studio.client.raw('deleteAvatar', { token: user.token, id: trashed.id });
    const before = await creditsOf(user);
    expect((await remove(user)).status).toBe(204);
    for (const { id } of [active, trashed]) {
      expect((await studio.client.problem('readAvatar', { token: user.token, id })).status).toBe(404);
      expect((await studio.client.problem('restoreAvatar', { token: user.token, id })).status).toBe(404);
    }
    expect(await rows('avatar_tombstones WHERE account_id = $1', user.accountId)).toBe(2);
    expect(await rows('stored_objects WHERE account_id = $1 AND avatar_id IS NOT NULL', user.accountId)).toBe(0);
    expect(await creditsOf(user)).toEqual(before);
    expect(removals.at(-1)).toMatchObject({ accountId: user.accountId, generationIds: [] });
    const generation = await studio.client.ok('readGeneration', { token: user.token, id: active.generationId });
    expect(generation.body).toMatchObject({ status: 'completed', projectId: null, avatar: null });
  });

  it('cancels the unfinished generations of the project and releases their credits at once', async () => {
    const user = await studio.user();
    const before = await creditsOf(user);
    const ids = [await createGeneration(user), await createGeneration(user)];
    expect((await creditsOf(user)).held).toBe(20);
    expect((await remove(user)).status).toBe(204);
    expect(await creditsOf(user)).toEqual(before);
    for (const id of ids) {
      const { body } = await studio.client.ok('readGeneration', { token: user.token, id });
      expect(body).toMatchObject({
        status: 'cancelled',
        creditsReturned: 10,
        cancelReason: 'The project was deleted',
        projectId: null,
      });
      const outcome = await record(studio.fixture.database, id, anAvatar(user.accountId));
      expect(outcome).toMatchObject({ kind: 'lost', status: 'cancelled' });
    }
    expect(removals.at(-1)?.generationIds?.toSorted()).toEqual(ids.toSorted());
  });

  it('cancels a request that has not been admitted yet', async () => {
    const user = await studio.user();
    studio.workflows.outage = 'workers';
    const id = await createGeneration(user);
    studio.workflows.outage = 'none';
    expect((await remove(user)).status).toBe(204);
    const { body } = await studio.client.ok('readGeneration', { token: user.token, id });
    expect(body).toMatchObject({ status: 'cancelled', creditsReturned: 0 });
  });

  it('leaves no credits held and charges nothing without an avatar when generations start and finish at the same time', async () => {
    for (let round = 0; round < 6; round += 1) {
      const user = await studio.user();
      const ids = await Promise.all(Array.from({ length: 3 }, () => createGeneration(user)));
      await Promise.all([
        ...ids.map((id) => record(studio.fixture.database, id, anAvatar(user.accountId))),
        remove(user),
        remove(user),
        ...Array.from({ length: 3 }, () =>
          studio.client.raw('createGeneration', { token: user.token, id: user.projectId, body: BODY }),
        ),
      ]);
      const { held, posted } = await creditsOf(user);
      const captured = await rows("credit_transfers WHERE account_id = $1 AND kind = 'capture'", user.accountId);
      expect({ held, posted }).toEqual({ held: 0, posted: 100 - 10 * captured });
      expect(await rows('avatars WHERE account_id = $1', user.accountId)).toBe(0);
      expect(await rows('avatar_tombstones WHERE account_id = $1', user.accountId)).toBe(captured);
    }
  }, 60_000);

  it('deletes a project with more than a thousand avatars in chunks', async () => {
    const user = await studio.user();
    await deliveredAvatar(studio, user);
    const { owner } = studio.fixture;
    // Adds 1,001 copies without the ledger, whose audit covers credits only: these rows cost none.
    await owner.query("SET session_replication_role = 'replica'");
    await owner.query(
      `INSERT INTO avatars (id, account_id, project_id, generation_id, name, source_type, image_object, thumbnail_object, width, height, bytes, sha256)
       SELECT u, account_id, project_id, u, 'Copy', source_type, u, 't' || u, width, height, bytes, sha256
       FROM avatars, LATERAL (SELECT gen_random_uuid() AS u FROM generate_series(1, 1001) WHERE account_id IS NOT NULL) x WHERE account_id = $1`,
      [user.accountId],
    );
    await owner.query("SET session_replication_role = 'origin'");
    expect((await remove(user)).status).toBe(204);
    expect(await rows('avatars WHERE account_id = $1', user.accountId)).toBe(0);
    expect(studio.logged.some((entry) => entry.includes('"avatars":1002'))).toBe(true);
    await owner.query("SET session_replication_role = 'replica'");
    await owner.query(
      'DELETE FROM avatar_tombstones t WHERE NOT EXISTS (SELECT FROM avatar_generations g WHERE g.id = t.generation_id)',
    );
    await owner.query("SET session_replication_role = 'origin'");
  });

  it("answers 404 for a deleted project and for another user's", async () => {
    const user = await studio.user();
    const other = await studio.user();
    expect((await remove({ ...other, projectId: user.projectId })).status).toBe(404);
    expect((await remove(user)).status).toBe(204);
    expect((await remove(user)).status).toBe(404);
  });
});
