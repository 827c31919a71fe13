import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { deliveredAvatar } from '#tests/api/delivered-avatar.ts';
import type { TestUser } from '#tests/api/serve-api.ts';
import { testApi } from '#tests/api/test-api.ts';
import type { ObjectRemoval } from '#temporal/client/object-removal.ts';

const removals: Parameters<ObjectRemoval['request']>[0][] = [];
const studio = testApi({ removal: { request: async (removal) => removals.push(removal) > 0 } });

const FOREVER = { forever: 'true' };
const remove = ({ token }: TestUser, id: string, query: Record<string, string> = {}) =>
  studio.client.raw('deleteAvatar', { token, id, query });
const listed = async ({ token }: TestUser, query: Record<string, string> = {}) =>
  (await studio.client.ok('listAvatars', { token, query })).body.data.map(({ id }) => id);
const project = async ({ token, projectId: id }: TestUser) =>
  (await studio.client.ok('readProject', { token, id })).body;
const otherProject = async ({ token }: TestUser) =>
  (await studio.client.ok('createProject', { token, body: { name: 'Other' } })).body.id;

describe('an avatar in the trash', () => {
  it('is listed only in the trash, can still be read, and is restored unchanged', async () => {
    const user = await studio.user();
    const { id } = await deliveredAvatar(studio, user);
    const before = (await studio.client.ok('readAvatar', { token: user.token, id })).body;
    const answer = await remove(user, id);
    expect([answer.status, await answer.text()]).toEqual([204, '']);
    expect(await listed(user)).toEqual([]);
    expect(await listed(user, { trashed: 'true' })).toEqual([id]);
    expect(await project(user)).toMatchObject({ avatarCount: 0, covers: [] });
    const inTrash = (await studio.client.ok('readAvatar', { token: user.token, id })).body;
    expect(inTrash).toEqual({ ...before, trashedAt: expect.any(String) });
    expect((await remove(user, id)).status).toBe(204);
    expect((await studio.client.ok('readAvatar', { token: user.token, id })).body).toEqual(inTrash);
    expect((await studio.client.ok('restoreAvatar', { token: user.token, id })).body).toEqual(before);
    expect(await listed(user)).toEqual([id]);
    expect(await project(user)).toMatchObject({ avatarCount: 1 });
    expect(removals).toEqual([]);
  });

  it('can be restored to another project of the user, but not to a missing one', async () => {
    const user = await studio.user();
    const { id } = await deliveredAvatar(studio, user);
    await remove(user, id);
    const foreign = (await studio.user()).projectId;
    for (const projectId of [foreign, randomUUID()]) {
      const { status } = await studio.client.problem('restoreAvatar', { token: user.token, id, body: { projectId } });
      expect(status).toBe(404);
    }
    expect(await listed(user, { trashed: 'true' })).toEqual([id]);
    const projectId = await otherProject(user);
    const { body } = await studio.client.ok('restoreAvatar', { token: user.token, id, body: { projectId } });
    expect(body).toMatchObject({ projectId, trashedAt: null });
  });

  it('is deleted permanently on request, leaving a tombstone and the balance unchanged', async () => {
    const user = await studio.user();
    const { id, generationId } = await deliveredAvatar(studio, user);
    const credits = async () => (await studio.client.ok('readCredits', { token: user.token })).body;
    const before = await credits();
    expect((await remove(user, id, FOREVER)).status).toBe(204);
    expect(removals).toEqual([{ accountId: user.accountId }]);
    for (const query of [{}, FOREVER]) expect((await remove(user, id, query)).status).toBe(404);
    expect((await studio.client.problem('restoreAvatar', { token: user.token, id })).status).toBe(404);
    expect(await credits()).toEqual(before);
    const { rows } = await studio.fixture.owner.query(
      'SELECT generation_id FROM avatar_tombstones WHERE avatar_id = $1',
      [id],
    );
    expect(rows).toEqual([{ generation_id: generationId }]);
  });

  it.each([{ forever: 'yes' }, { forever: '' }, { force: 'true' }])(
    'is not deleted with the query %j',
    async (query) => {
      const user = await studio.user();
      expect((await remove(user, randomUUID(), query)).status).toBe(400);
    },
  );

  it('is either complete or deleted after concurrent changes, trashing, restoring and deleting', async () => {
    const user = await studio.user({ tier: 'plus' });
    for (let round = 0; round < 8; round += 1) {
      const { id } = await deliveredAvatar(studio, user);
      const change = (name: string) =>
        studio.client.raw('updateAvatar', { token: user.token, id, body: { name, persona: { name } } });
      const answers = await Promise.all([
        change('a'),
        remove(user, id),
        change('b'),
        remove(user, id, FOREVER),
        studio.client.raw('restoreAvatar', { token: user.token, id }),
        remove(user, id, FOREVER),
      ]);
      expect(answers.map(({ status }) => status).filter((status) => ![200, 204, 404].includes(status))).toEqual([]);
      for (const answer of answers.filter(({ status }) => status === 200)) {
        const { name, persona } = (await answer.json()) as { name: string; persona: { name: string } };
        // As it was generated, or as one of the two changes left it.
        expect(['Archmage by Ysolde', 'a by a', 'b by b']).toContain(`${name} by ${persona.name}`);
      }
      expect((await studio.client.problem('readAvatar', { token: user.token, id })).status).toBe(404);
    }
    expect(await listed(user)).toEqual([]);
  });
});
