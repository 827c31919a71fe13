import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { deliveredAvatar } from '#tests/api/delivered-avatar.ts';
import type { TestUser } from '#tests/api/serve-api.ts';
import { testApi } from '#tests/api/test-api.ts';
import type { ObjectRemoval } from '#temporal/client/object-removal.ts';

const removals: Parameters<ObjectRemoval['request']>[0][] = [];
const studio = testApi({ removal: { request: async (removal) => removals.push(removal) > 0 } });

async function userWith(count: number): Promise<TestUser & { readonly ids: string[] }> {
  const user = await studio.user({ tier: 'plus' });
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) ids.push((await deliveredAvatar(studio, user)).id);
  return { ...user, ids };
}

const act = async ({ token }: TestUser, body: Record<string, unknown>) =>
  (await studio.client.ok('changeAvatars', { token, body })).body;
const refused = async ({ token }: TestUser, body: Record<string, unknown>) =>
  (await studio.client.problem('changeAvatars', { token, body })).body.code;
const listed = async ({ token }: TestUser, query: Record<string, string> = {}) =>
  (await studio.client.ok('listAvatars', { token, query })).body.data.map(({ id }) => id).toSorted();
const newProject = async ({ token }: TestUser) =>
  (await studio.client.ok('createProject', { token, body: { name: 'Other' } })).body.id;

describe('POST /avatars/bulk', () => {
  it('trashes, restores, moves and deletes avatars, and counts the changed ones', async () => {
    const user = await userWith(3);
    const { ids } = user;
    const [first] = ids as [string];
    expect(await act(user, { action: 'trash', ids: [first] })).toEqual({ action: 'trash', count: 1, changed: 1 });
    expect(await act(user, { action: 'trash', ids })).toEqual({ action: 'trash', count: 3, changed: 2 });
    expect(await listed(user)).toEqual([]);
    expect(await act(user, { action: 'restore', ids })).toEqual({ action: 'restore', count: 3, changed: 3 });
    const projectId = await newProject(user);
    expect(await act(user, { action: 'move', ids: [first], projectId })).toMatchObject({ changed: 1 });
    expect(await act(user, { action: 'move', ids, projectId })).toMatchObject({ count: 3, changed: 2 });
    const { body } = await studio.client.ok('readProject', { token: user.token, id: projectId });
    expect(body.avatarCount).toBe(3);
    expect(await act(user, { action: 'restore', ids, projectId: user.projectId })).toMatchObject({ changed: 3 });
    expect(removals).toEqual([]);
    expect(await act(user, { action: 'delete', ids })).toEqual({ action: 'delete', count: 3, changed: 3 });
    expect(removals).toEqual([{ accountId: user.accountId }]);
    expect(await listed(user, { trashed: 'true' })).toEqual([]);
  });

  it('changes nothing when an avatar or the project is missing or belongs to another user', async () => {
    const user = await userWith(2);
    const stranger = await userWith(1);
    const projectId = await newProject(user);
    for (const foreignId of [stranger.ids[0]!, randomUUID()]) {
      const ids = [...user.ids, foreignId];
      expect(await refused(user, { action: 'trash', ids })).toBe('not_found');
      expect(await refused(user, { action: 'restore', ids })).toBe('not_found');
      expect(await refused(user, { action: 'delete', ids })).toBe('not_found');
      expect(await refused(user, { action: 'move', ids, projectId })).toBe('not_found');
    }
    const { ids } = user;
    for (const foreignProjectId of [stranger.projectId, randomUUID()]) {
      expect(await refused(user, { action: 'move', ids, projectId: foreignProjectId })).toBe('not_found');
      expect(await refused(user, { action: 'restore', ids, projectId: foreignProjectId })).toBe('not_found');
    }
    expect(await listed(user)).toEqual(ids.toSorted());
    expect(await listed(stranger)).toEqual(stranger.ids);
  });

  it.each([
    [{ action: 'trash', ids: [] }],
    [{ action: 'trash', ids: Array.from({ length: 201 }, () => randomUUID()) }],
    [{ action: 'trash', ids: ['x'] }],
    [{ action: 'move', ids: [randomUUID()] }],
    [{ action: 'trash', ids: [randomUUID()], projectId: randomUUID() }],
    [{ action: 'burn', ids: [randomUUID()] }],
    [{ ids: [randomUUID()] }],
  ])('refuses %j', async (body) => {
    const { token } = await studio.user();
    expect((await studio.client.problem('changeAvatars', { token, body })).status).toBe(400);
  });

  it('refuses a request that names an avatar twice', async () => {
    const user = await userWith(1);
    const [id] = user.ids;
    expect(await refused(user, { action: 'trash', ids: [id, id] })).toBe('validation_failed');
  });

  it('applies concurrent actions as a whole, in whatever order their ids are', async () => {
    const user = await userWith(12);
    const shuffled = [user.ids, user.ids.toReversed(), user.ids.toSorted()];
    const requests = shuffled.flatMap((ids) => [
      { action: 'trash', ids },
      { action: 'restore', ids },
    ]);
    const rounds = Array.from({ length: 3 }, () => requests).flat();
    const answers = await Promise.all(rounds.map((request) => act(user, request)));
    for (const { count, changed } of answers) expect([0, count]).toContain(changed);
    const [active, trashed] = [await listed(user), await listed(user, { trashed: 'true' })];
    expect([active.length, trashed.length].toSorted((a, b) => a - b)).toEqual([0, 12]);
  });

  it('deletes avatars once when two requests name them at the same time', async () => {
    const user = await userWith(6);
    const half = user.ids.slice(0, 3);
    const deleteAll = (ids: string[]) =>
      studio.client.raw('changeAvatars', { token: user.token, body: { action: 'delete', ids } });
    const answers = await Promise.all([deleteAll(user.ids), deleteAll(half.toReversed())]);
    const left = await listed(user);
    const statuses = answers.map(({ status }) => status);
    // The second request no longer finds all of its avatars, so it changes nothing.
    expect([
      [[200, 404], 0],
      [[404, 200], 3],
    ]).toContainEqual([statuses, left.length]);
  });
});
