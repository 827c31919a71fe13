import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { record } from '#drizzle/ledger/record.ts';
import type { TestUser } from '#tests/api/serve-api.ts';
import { testApi } from '#tests/api/test-api.ts';
import { anAvatar } from '#tests/support/database/world.ts';

const studio = testApi();

const PHASH = '0110100110010110'.repeat(4);
const OTHER_PHASH = '1111000011001010'.repeat(4);

/** PHASH with its first bits flipped. */
function flipped(bits: number): string {
  return [...PHASH].map((bit, index) => (index < bits ? String(1 - Number(bit)) : bit)).join('');
}

let avatarCount = 0;
async function createAvatar(user: TestUser, phash: string, sha256?: string): Promise<string> {
  const { token, projectId: id, accountId } = user;
  const body = { sourceType: 'text_to_image', prompt: 'a harbor master' } as const;
  const { body: generation } = await studio.client.ok('createGeneration', { token, id, body });
  avatarCount += 1;
  const image = { object: randomUUID(), bytes: 1, sha256: sha256 ?? avatarCount.toString(16).padStart(64, '0') };
  const avatar = anAvatar(accountId, { phash, image });
  await record(studio.fixture.database, generation.id, avatar);
  return avatar.id;
}

describe('GET /avatars/:id/similar', () => {
  it('lists similar avatars, most similar first, up to the limit', async () => {
    const user = await studio.user();
    const original = await createAvatar(user, PHASH, 'e'.repeat(64));
    const [near, exact, far] = [
      await createAvatar(user, flipped(2)),
      await createAvatar(user, PHASH, 'e'.repeat(64)),
      await createAvatar(user, flipped(7)),
    ];
    await createAvatar(user, flipped(8));
    const { token } = user;
    const { body } = await studio.client.ok('listSimilar', { token, id: original });
    expect(body.data.map(({ avatar, match, distance }) => [avatar.id, match, distance])).toEqual([
      [exact, 'exact', 0],
      [near, 'near', 2],
      [far, 'near', 7],
    ]);
    const limited = await studio.client.ok('listSimilar', { token, id: original, query: { limit: '1' } });
    expect(limited.body.data).toHaveLength(1);
  });

  it('answers 404 for another user’s avatar', async () => {
    const [user, stranger] = [await studio.user(), await studio.user()];
    const id = await createAvatar(user, PHASH);
    for (const foreignId of [id, randomUUID()]) {
      const { body } = await studio.client.problem('listSimilar', { token: stranger.token, id: foreignId });
      expect(body.code).toBe('not_found');
    }
  });
});

describe('GET /duplicates', () => {
  it('groups duplicates with the recommended one first, and pages through the groups', async () => {
    const user = await studio.user({ tier: 'pro' });
    const [a, b] = [await createAvatar(user, PHASH), await createAvatar(user, flipped(4))];
    const [c, d] = [
      await createAvatar(user, OTHER_PHASH, 'd'.repeat(64)),
      await createAvatar(user, OTHER_PHASH, 'd'.repeat(64)),
    ];
    await createAvatar(user, flipped(20));
    await studio.fixture.owner.query('UPDATE avatars SET usage_count = 3 WHERE id = $1', [b]);
    const { token } = user;
    const { body } = await studio.client.ok('listDuplicates', { token });
    const summary = body.data.map(({ match, count, keeper, avatars }) => ({
      match,
      count,
      keeper,
      ids: avatars.map(({ id }) => id),
    }));
    expect(summary).toEqual([
      { match: 'exact', count: 2, keeper: { avatarId: c, reason: 'oldest' }, ids: [c, d] },
      { match: 'near', count: 2, keeper: { avatarId: b, reason: 'most_used' }, ids: [b, a] },
    ]);
    const first = await studio.client.ok('listDuplicates', { token, query: { limit: '1' } });
    expect(first.body).toMatchObject({ data: [{ match: 'exact' }], meta: { total: 2, hasMore: true } });
    const query = { limit: '1', cursor: first.body.meta.nextCursor ?? '' };
    const second = await studio.client.ok('listDuplicates', { token, query });
    expect(second.body).toMatchObject({ data: [{ match: 'near' }], meta: { hasMore: false, nextCursor: null } });
  });
});

describe('POST /duplicates/resolve', () => {
  it('retains one avatar and moves the others to the trash, from which they can be restored', async () => {
    const user = await studio.user();
    const [retain, copy] = [await createAvatar(user, PHASH), await createAvatar(user, PHASH)];
    const { token } = user;
    const { body } = await studio.client.ok('resolveDuplicates', { token, body: { retain, trash: [copy] } });
    expect(body).toEqual({ retained: retain, trashed: [copy] });
    expect((await studio.client.ok('listDuplicates', { token })).body.data).toEqual([]);
    const trashed = await studio.client.ok('readAvatar', { token, id: copy });
    expect(trashed.body.trashedAt).not.toBeNull();
    await studio.client.ok('restoreAvatar', { token, id: copy });
    expect((await studio.client.ok('listDuplicates', { token })).body.data).toHaveLength(1);
  });

  it('changes nothing when one of the avatars belongs to another user', async () => {
    const [user, stranger] = [await studio.user(), await studio.user()];
    const [retain, copy] = [await createAvatar(user, PHASH), await createAvatar(user, PHASH)];
    const otherId = await createAvatar(stranger, PHASH);
    const { token } = user;
    const { body } = await studio.client.problem('resolveDuplicates', {
      token,
      body: { retain, trash: [copy, otherId] },
    });
    expect(body.code).toBe('not_found');
    expect((await studio.client.ok('listDuplicates', { token })).body.data).toHaveLength(1);
    expect((await studio.client.ok('readAvatar', { token: stranger.token, id: otherId })).body.trashedAt).toBeNull();
  });

  it('refuses to trash the avatar that is to be retained', async () => {
    const { token } = await studio.user();
    const retain = randomUUID();
    const { body } = await studio.client.problem('resolveDuplicates', { token, body: { retain, trash: [retain] } });
    expect(body).toMatchObject({ code: 'validation_failed', errors: [{ path: 'trash' }] });
  });
});
