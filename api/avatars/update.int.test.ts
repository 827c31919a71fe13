import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { deliveredAvatar } from '#tests/api/delivered-avatar.ts';
import type { TestUser } from '#tests/api/serve-api.ts';
import { testApi } from '#tests/api/test-api.ts';

const studio = testApi();

const change = async ({ token }: TestUser, id: string, body: Record<string, unknown>) =>
  (await studio.client.ok('updateAvatar', { token, id, body })).body;

describe('PATCH /avatars/:id', () => {
  it('changes the name and single fields, and leaves omitted fields unchanged', async () => {
    const user = await studio.user();
    const { id } = await deliveredAvatar(studio, user);
    const before = (await studio.client.ok('readAvatar', { token: user.token, id })).body;
    expect(before.persona).toMatchObject({ age: 61, personality: ['wry'] });
    const renamed = await change(user, id, { name: ' Ysolde ' });
    expect(renamed).toEqual({ ...before, name: 'Ysolde', updatedAt: renamed.updatedAt });
    const older = await change(user, id, { persona: { age: 62 }, attributes: { hairColor: 'silver' } });
    expect(older.persona).toEqual({ ...before.persona, age: 62 });
    expect(older.attributes).toEqual({ ...before.attributes, hairColor: 'silver' });
    expect((await studio.client.ok('readAvatar', { token: user.token, id })).body).toEqual(older);
  });

  it('removes fields that are set to null, one or all of them', async () => {
    const user = await studio.user();
    const { id } = await deliveredAvatar(studio, user);
    const shorter = await change(user, id, {
      persona: { background: null },
      attributes: { style: null, gender: null },
    });
    expect(shorter.persona).toEqual({ name: 'Ysolde', age: 61, personality: ['wry'] });
    expect(shorter.attributes).toEqual({ ageRange: '60+' });
    const bare = await change(user, id, { persona: null, attributes: null });
    expect([bare.persona, bare.attributes]).toEqual([{}, {}]);
  });

  it('makes the avatar searchable by its new values, and no longer by the old ones', async () => {
    const user = await studio.user();
    const { id } = await deliveredAvatar(studio, user);
    const find = async (query: Record<string, string>) =>
      (await studio.client.ok('listAvatars', { token: user.token, query })).body.meta.total;
    await change(user, id, { attributes: { style: 'noir', gender: 'man' }, persona: { personality: ['stubborn'] } });
    expect(await find({ style: 'noir', gender: 'man', q: 'STUBBORN' })).toBe(1);
    expect(await find({ style: 'fantasy' })).toBe(0);
    expect(await find({ q: 'wry' })).toBe(0);
  });

  it('applies every one of many concurrent changes', async () => {
    const user = await studio.user();
    const { id } = await deliveredAvatar(studio, user);
    const traits = ['ethnicity', 'bodyType', 'hairStyle', 'hairColor', 'eyeColor', 'skinTone'];
    await Promise.all([
      ...traits.map((trait) => change(user, id, { attributes: { [trait]: trait } })),
      change(user, id, { name: 'Last' }),
      change(user, id, { persona: { age: 40 } }),
      change(user, id, { persona: { background: 'Set by another request' } }),
    ]);
    const { body } = await studio.client.ok('readAvatar', { token: user.token, id });
    expect(body.attributes).toMatchObject(Object.fromEntries(traits.map((trait) => [trait, trait])));
    expect(body).toMatchObject({
      name: 'Last',
      persona: { age: 40, background: 'Set by another request', personality: ['wry'] },
    });
  });

  it.each([
    [{ name: null }],
    [{ name: '' }],
    [{ persona: { age: 17 } }],
    [{ persona: { species: 'elf' } }],
    [{ persona: { personality: Array.from({ length: 11 }, () => 'x') } }],
    [{ attributes: { style: 'oil' } }],
    [{ usageCount: 5 }],
    [{ attributes: 'plain' }],
  ])('refuses %j', async (body) => {
    const { token } = await studio.user();
    expect((await studio.client.problem('updateAvatar', { token, id: randomUUID(), body })).status).toBe(400);
  });

  it("answers another user's request as it does for a missing avatar, as do delete, restore and read", async () => {
    const { id } = await deliveredAvatar(studio, await studio.user());
    const { token } = await studio.user();
    for (const act of ['updateAvatar', 'deleteAvatar', 'restoreAvatar', 'readAvatar'] as const) {
      const body = act === 'updateAvatar' ? { body: { name: 'Taken over' } } : {};
      const answers = await Promise.all(
        [id, randomUUID()].map((avatarId) => studio.client.problem(act, { token, id: avatarId, ...body })),
      );
      expect(answers.map(({ status, body: problem }) => [status, problem.code, problem.detail])).toEqual(
        Array.from({ length: 2 }, () => [404, 'not_found', answers[0]!.body.detail]),
      );
    }
  });
});

describe('the marks of an avatar', () => {
  it('are none at first, are set and cleared one by one, and choose what lists contain', async () => {
    const user = await studio.user();
    const [first, second] = [await deliveredAvatar(studio, user), await deliveredAvatar(studio, user)];
    const read = async () => (await studio.client.ok('readAvatar', { token: user.token, id: first.id })).body;
    expect(await read()).toMatchObject({ favorite: false, rating: null });
    await change(user, first.id, { favorite: true, rating: 4 });
    const marked = await change(user, first.id, { name: 'Ysolde' });
    expect(marked).toMatchObject({ favorite: true, rating: 4 });
    const listed = async (query: Record<string, string>) =>
      (await studio.client.ok('listAvatars', { token: user.token, query })).body.data.map(({ id }) => id);
    expect(await listed({ favorite: 'true' })).toEqual([first.id]);
    expect(await listed({ favorite: 'false' })).toEqual([second.id]);
    expect(await listed({ minRating: '4' })).toEqual([first.id]);
    expect(await listed({ minRating: '5' })).toEqual([]);
    expect(await change(user, first.id, { rating: null })).toMatchObject({ favorite: true, rating: null });
    expect(await listed({ minRating: '1' })).toEqual([]);
  });

  it.each([{ rating: 0 }, { rating: 6 }, { rating: 1.5 }, { favorite: null }, { favorite: 'true' }])(
    'are not changed by %j',
    async (body) => {
      const user = await studio.user();
      const { id } = await deliveredAvatar(studio, user);
      const refused = await studio.client.problem('updateAvatar', { token: user.token, id, body });
      expect(refused.body.code).toBe('validation_failed');
    },
  );

  it('stay in the trash and after it', async () => {
    const user = await studio.user();
    const { id } = await deliveredAvatar(studio, user);
    await change(user, id, { favorite: true, rating: 2 });
    await studio.client.ok('deleteAvatar', { token: user.token, id });
    const { body } = await studio.client.ok('restoreAvatar', { token: user.token, id });
    expect(body).toMatchObject({ favorite: true, rating: 2 });
  });
});
