import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { deliveredAvatar } from '#tests/api/delivered-avatar.ts';
import type { TestUser } from '#tests/api/serve-api.ts';
import { testApi } from '#tests/api/test-api.ts';
import { whenServed } from '#tests/api/when-served.ts';
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
/** One of many at the same time: on a busy machine, some wait for a lock or a connection until they get a 503, having changed nothing. */
const actWhenServed = (user: TestUser, body: Record<string, unknown>) => whenServed(() => act(user, body));
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
    ['no avatar', { action: 'trash', ids: [] }],
    ['201 avatars', { action: 'trash', ids: Array.from({ length: 201 }, () => randomUUID()) }],
    ['what is no id', { action: 'trash', ids: ['x'] }],
    ['a move to no project', { action: 'move', ids: [randomUUID()] }],
    ['a project to trash to', { action: 'trash', ids: [randomUUID()], projectId: randomUUID() }],
    ['an unknown action', { action: 'burn', ids: [randomUUID()] }],
    ['no action', { ids: [randomUUID()] }],
  ])('refuses %s', async (_, body) => {
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
    const answers = await Promise.all(rounds.map((request) => actWhenServed(user, request)));
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

describe('PATCH /avatars', () => {
  const update = async ({ token }: TestUser, changes: readonly object[]) =>
    (await studio.client.ok('updateAvatars', { token, body: { changes } })).body;
  const refusedUpdate = async ({ token }: TestUser, changes: readonly object[]) =>
    (await studio.client.problem('updateAvatars', { token, body: { changes } })).body;
  const read = async ({ token }: TestUser, id: string) => (await studio.client.ok('readAvatar', { token, id })).body;

  it('gives each avatar its own changes, merges attributes, and counts those that differed', async () => {
    const user = await userWith(3);
    const [first, second, third] = user.ids as [string, string, string];
    const before = await read(user, second);
    expect(
      await update(user, [
        { id: first, name: 'Guard', favorite: true },
        { id: second, attributes: { gender: 'woman', style: 'noir' } },
        { id: third, name: (await read(user, third)).name },
      ]),
    ).toEqual({ changed: 2 });
    expect(await read(user, first)).toMatchObject({ name: 'Guard', favorite: true });
    expect(await read(user, second)).toMatchObject({
      name: before.name,
      favorite: false,
      attributes: { ...before.attributes, gender: 'woman', style: 'noir' },
    });
    expect(await listed(user, { gender: 'woman', style: 'noir' })).toEqual([second]);
    expect(await update(user, [{ id: second, attributes: { gender: null, style: null } }])).toEqual({ changed: 1 });
    const { gender, style } = (await read(user, second)).attributes;
    expect([gender, style]).toEqual([undefined, undefined]);
    expect(await listed(user, { q: 'guard' })).toEqual([first]);
  });

  it('changes nothing when an avatar is missing or another user’s, or when a text is refused', async () => {
    const [user, stranger] = [await userWith(1), await userWith(1)];
    const [id] = user.ids as [string];
    for (const foreignId of [stranger.ids[0]!, randomUUID()]) {
      const changes = [id, foreignId].map((one) => ({ id: one, favorite: true }));
      expect((await refusedUpdate(user, changes)).code).toBe('not_found');
    }
    const refusal = await refusedUpdate(user, [
      { id, favorite: true },
      { id: randomUUID(), attributes: { ethnicity: 'naked child' } },
    ]);
    expect(refusal).toMatchObject({
      code: 'prompt_not_allowed',
      errors: [{ path: 'changes.1.attributes.ethnicity' }],
    });
    expect((await refusedUpdate(user, [{ id }, { id }])).code).toBe('validation_failed');
    expect([await read(user, id), await read(stranger, stranger.ids[0]!)]).toMatchObject([
      { favorite: false },
      { favorite: false },
    ]);
  });

  it('applies concurrent changes of different fields, in whatever order the avatars are named', async () => {
    const user = await userWith(6);
    await Promise.all([
      update(
        user,
        user.ids.map((id) => ({ id, favorite: true })),
      ),
      update(
        user,
        user.ids.toReversed().map((id) => ({ id, attributes: { ageRange: '40s' } })),
      ),
    ]);
    expect(await listed(user, { favorite: 'true', ageRange: '40s' })).toEqual(user.ids.toSorted());
  });
});
