import { beforeAll, describe, expect, it } from 'vitest';
import { deliveredAvatar } from '#tests/api/delivered-avatar.ts';
import type { TestUser } from '#tests/api/serve-api.ts';
import { testApi } from '#tests/api/test-api.ts';

const studio = testApi();

let user: TestUser;
let elsewhere: string;
let ids: Record<'bea' | 'ada' | 'cleo', string>;
beforeAll(async () => {
  user = await studio.user();
  elsewhere = (await studio.client.ok('createProject', { token: user.token, body: { name: 'Other' } })).body.id;
  const other = { ...user, projectId: elsewhere };
  ids = {
    bea: (await deliveredAvatar(studio, user, { name: 'Bea' })).id,
    ada: (await deliveredAvatar(studio, other, { name: 'ada' })).id,
    cleo: (await deliveredAvatar(studio, user, { name: 'Cleo' })).id,
  };
  await studio.fixture.owner.query(`UPDATE avatars SET usage_count = 3, last_used_at = now() WHERE id = $1`, [ids.ada]);
});

const list = async (query: Record<string, string> = {}) =>
  (await studio.client.ok('listAvatars', { token: user.token, query })).body;
const names = async (query: Record<string, string>) => (await list(query)).data.map(({ name }) => name);

describe('GET /avatars', () => {
  it('lists the avatars of all projects, newest first, and of one project on its own route', async () => {
    expect(await names({})).toEqual(['Cleo', 'ada', 'Bea']);
    const { body } = await studio.client.ok('listProjectAvatars', { token: user.token, id: elsewhere });
    expect(body.data.map(({ id }) => id)).toEqual([ids.ada]);
    const stranger = await studio.user();
    expect((await studio.client.ok('listAvatars', { token: stranger.token })).body.meta.total).toBe(0);
  });

  it.each([
    [{ sort: 'name' }, ['ada', 'Bea', 'Cleo']],
    [{ sort: 'name', direction: 'desc' }, ['Cleo', 'Bea', 'ada']],
    [{ sort: 'createdAt', direction: 'asc' }, ['Bea', 'ada', 'Cleo']],
  ])('sorts by %j', async (query, expected) => {
    expect(await names(query)).toEqual(expected);
  });

  it.each(['usageCount', 'lastUsedAt'])('sorts used avatars first by %s, or last when ascending', async (sort) => {
    expect((await names({ sort }))[0]).toBe('ada');
    expect((await names({ sort, direction: 'asc' })).at(-1)).toBe('ada');
  });

  it('finds gender and age by the attribute or, where it is not set, by the prompt', async () => {
    const stating = (id: string, prompt: string, attributes: object) =>
      studio.fixture.owner.query('UPDATE avatars SET prompt = $2, attributes = $3 WHERE id = $1', [
        id,
        prompt,
        JSON.stringify(attributes),
      ]);
    await stating(ids.bea, 'An OLD fisherman. Head and shoulders.', {});
    await stating(ids.ada, 'a young lady in an old coat', {});
    await stating(ids.cleo, 'a man', { gender: 'woman', ageRange: '40s' });
    expect(await names({ gender: 'man' })).toEqual(['Bea']);
    expect(await names({ gender: 'woman' })).toEqual(['Cleo', 'ada']);
    expect(await names({ ageRange: '60+' })).toEqual(['Bea']);
    expect(await names({ ageRange: '20s' })).toEqual(['ada']);
    expect((await list({ ageRange: '40s' })).meta.total).toBe(1);
  });

  it('accepts a cursor only with the sort it came from', async () => {
    const first = await list({ sort: 'name', limit: '1' });
    const cursor = first.meta.nextCursor!;
    expect(await names({ sort: 'name', cursor })).toEqual(['Bea', 'Cleo']);
    const projects = await studio.client.ok('listProjects', { token: user.token, query: { limit: '1' } });
    for (const query of [
      { cursor },
      { sort: 'name', direction: 'desc', cursor },
      { sort: 'name', cursor: projects.body.meta.nextCursor! },
      { cursor: 'x' },
    ]) {
      const { body } = await studio.client.problem('listAvatars', { token: user.token, query });
      expect([body.code, body.errors?.[0]?.path]).toEqual(['validation_failed', 'cursor']);
    }
  });

  it.each([
    [{ sort: 'price' }, 'sort'],
    [{ direction: 'up' }, 'direction'],
    [{ trashed: 'maybe' }, 'trashed'],
    [{ gender: 'x' }, 'gender'],
    [{ q: 'x'.repeat(101) }, 'q'],
  ])('refuses the query %j', async (query, path) => {
    const { body } = await studio.client.problem('listAvatars', { token: user.token, query });
    expect(body.errors?.[0]?.path).toBe(path);
  });

  it('answers 304 until an avatar changes', async () => {
    const listWith = (etag?: string) =>
      studio.client.raw('listAvatars', { token: user.token, ...(etag && { headers: { 'If-None-Match': etag } }) });
    const etag = (await listWith()).headers.get('ETag')!;
    // fetch adds no-cache to a conditional request, which forbids 304: send the header that a browser's cache sends.
    const answer = await studio.client.raw('listAvatars', {
      token: user.token,
      headers: { 'If-None-Match': etag, 'Cache-Control': 'max-age=0' },
    });
    expect(answer.status).toBe(304);
    await studio.client.ok('updateAvatar', { token: user.token, id: ids.cleo, body: { persona: { age: 33 } } });
    expect((await listWith(etag)).headers.get('ETag')).not.toBe(etag);
  });
});
