import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { deliveredAvatar } from '../../tests/api/delivered-avatar.ts';
import type { TestUser } from '../../tests/api/serve-api.ts';
import { testApi } from '../../tests/api/test-api.ts';
import type { ObjectRemoval } from '../../temporal/object-removal.ts';

const asked: Parameters<ObjectRemoval['request']>[0][] = [];
const studio = testApi({ removal: { request: async (wish) => asked.push(wish) > 0 } });

async function personWith(count: number): Promise<TestUser & { readonly ids: string[] }> {
  const person = await studio.person({ tier: 'plus' });
  const ids: string[] = [];
  for (let made = 0; made < count; made += 1) ids.push((await deliveredAvatar(studio, person)).id);
  return { ...person, ids };
}

const act = async ({ token }: TestUser, body: Record<string, unknown>) =>
  (await studio.client.ok('changeAvatars', { token, body })).body;
const refused = async ({ token }: TestUser, body: Record<string, unknown>) =>
  (await studio.client.problem('changeAvatars', { token, body })).body.code;
const listed = async ({ token }: TestUser, query: Record<string, string> = {}) =>
  (await studio.client.ok('listAvatars', { token, query })).body.data.map(({ id }) => id).toSorted();
const newProject = async ({ token }: TestUser) =>
  (await studio.client.ok('createProject', { token, body: { name: 'Other' } })).body.id;

describe('an act on many avatars', () => {
  it('trashes, restores, moves and deletes them, and says how many were not so before', async () => {
    const person = await personWith(3);
    const { ids } = person;
    const [first] = ids as [string];
    expect(await act(person, { action: 'trash', ids: [first] })).toEqual({ action: 'trash', count: 1, changed: 1 });
    expect(await act(person, { action: 'trash', ids })).toEqual({ action: 'trash', count: 3, changed: 2 });
    expect(await listed(person)).toEqual([]);
    expect(await act(person, { action: 'restore', ids })).toEqual({ action: 'restore', count: 3, changed: 3 });
    const projectId = await newProject(person);
    expect(await act(person, { action: 'move', ids: [first], projectId })).toMatchObject({ changed: 1 });
    expect(await act(person, { action: 'move', ids, projectId })).toMatchObject({ count: 3, changed: 2 });
    const { body } = await studio.client.ok('readProject', { token: person.token, id: projectId });
    expect(body.avatarCount).toBe(3);
    expect(await act(person, { action: 'restore', ids, projectId: person.projectId })).toMatchObject({ changed: 3 });
    expect(asked).toEqual([]);
    expect(await act(person, { action: 'delete', ids })).toEqual({ action: 'delete', count: 3, changed: 3 });
    expect(asked).toEqual([{ accountId: person.accountId }]);
    expect(await listed(person, { trashed: 'true' })).toEqual([]);
  });

  it('does nothing when one of them, or the project, is missing or belongs to somebody else', async () => {
    const person = await personWith(2);
    const stranger = await personWith(1);
    const projectId = await newProject(person);
    for (const stray of [stranger.ids[0]!, randomUUID()]) {
      const ids = [...person.ids, stray];
      expect(await refused(person, { action: 'trash', ids })).toBe('not_found');
      expect(await refused(person, { action: 'restore', ids })).toBe('not_found');
      expect(await refused(person, { action: 'delete', ids })).toBe('not_found');
      expect(await refused(person, { action: 'move', ids, projectId })).toBe('not_found');
    }
    const { ids } = person;
    for (const strange of [stranger.projectId, randomUUID()]) {
      expect(await refused(person, { action: 'move', ids, projectId: strange })).toBe('not_found');
      expect(await refused(person, { action: 'restore', ids, projectId: strange })).toBe('not_found');
    }
    expect(await listed(person)).toEqual(ids.toSorted());
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
  ])('is refused as %j', async (body) => {
    const { token } = await studio.person();
    expect((await studio.client.problem('changeAvatars', { token, body })).status).toBe(400);
  });

  it('is refused when it names one twice', async () => {
    const person = await personWith(1);
    const [id] = person.ids;
    expect(await refused(person, { action: 'trash', ids: [id, id] })).toBe('validation_failed');
  });

  it('at the same moment as others, in any order of ids, is done whole each time', async () => {
    const person = await personWith(12);
    const shuffled = [person.ids, person.ids.toReversed(), person.ids.toSorted()];
    const wishes = shuffled.flatMap((ids) => [
      { action: 'trash', ids },
      { action: 'restore', ids },
    ]);
    const rounds = Array.from({ length: 3 }, () => wishes).flat();
    const answers = await Promise.all(rounds.map((wish) => act(person, wish)));
    for (const { count, changed } of answers) expect([0, count]).toContain(changed);
    const [active, trashed] = [await listed(person), await listed(person, { trashed: 'true' })];
    expect([active.length, trashed.length].toSorted((a, b) => a - b)).toEqual([0, 12]);
  });

  it('deletes them once when two ask for it at once', async () => {
    const person = await personWith(6);
    const half = person.ids.slice(0, 3);
    const ask = (ids: string[]) =>
      studio.client.raw('changeAvatars', { token: person.token, body: { action: 'delete', ids } });
    const answers = await Promise.all([ask(person.ids), ask(half.toReversed())]);
    const left = await listed(person);
    const statuses = answers.map(({ status }) => status);
    // Whoever comes second misses some, and so does nothing.
    expect([
      [[200, 404], 0],
      [[404, 200], 3],
    ]).toContainEqual([statuses, left.length]);
  });
});
