import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { record } from '#drizzle/ledger/record.ts';
import type { TestUser } from '#tests/api/serve-api.ts';
import { testApi } from '#tests/api/test-api.ts';
import { anAvatar } from '#tests/support/database/world.ts';

const studio = testApi();

const LOOK = '0110100110010110'.repeat(4);
const OTHER = '1111000011001010'.repeat(4);

/** The look with its first bits turned over. */
function turned(bits: number): string {
  return [...LOOK].map((bit, index) => (index < bits ? String(1 - Number(bit)) : bit)).join('');
}

let made = 0;
async function avatarOf(user: TestUser, phash: string, sha256?: string): Promise<string> {
  const { token, projectId: id, accountId } = user;
  const body = { sourceType: 'text_to_image', prompt: 'a harbour master' } as const;
  const { body: generation } = await studio.client.ok('createGeneration', { token, id, body });
  made += 1;
  const image = { object: randomUUID(), bytes: 1, sha256: sha256 ?? made.toString(16).padStart(64, '0') };
  const avatar = anAvatar(accountId, { phash, image });
  await record(studio.fixture.database, generation.id, avatar);
  return avatar.id;
}

describe('GET /avatars/:id/similar', () => {
  it('shows what looks like it, the most alike first, as many as asked for', async () => {
    const user = await studio.user();
    const original = await avatarOf(user, LOOK, 'e'.repeat(64));
    const [near, exact, far] = [
      await avatarOf(user, turned(2)),
      await avatarOf(user, LOOK, 'e'.repeat(64)),
      await avatarOf(user, turned(7)),
    ];
    await avatarOf(user, turned(8));
    const { token } = user;
    const { body } = await studio.client.ok('listSimilar', { token, id: original });
    expect(body.data.map(({ avatar, match, distance }) => [avatar.id, match, distance])).toEqual([
      [exact, 'exact', 0],
      [near, 'near', 2],
      [far, 'near', 7],
    ]);
    const one = await studio.client.ok('listSimilar', { token, id: original, query: { limit: '1' } });
    expect(one.body.data).toHaveLength(1);
  });

  it('of somebody else’s avatar is not found', async () => {
    const [user, stranger] = [await studio.user(), await studio.user()];
    const id = await avatarOf(user, LOOK);
    for (const wish of [id, randomUUID()]) {
      const { body } = await studio.client.problem('listSimilar', { token: stranger.token, id: wish });
      expect(body.code).toBe('not_found');
    }
  });
});

describe('GET /duplicates', () => {
  it('groups copies with the one worth keeping first, and pages through the groups', async () => {
    const user = await studio.user({ tier: 'pro' });
    const [a, b] = [await avatarOf(user, LOOK), await avatarOf(user, turned(4))];
    const [c, d] = [await avatarOf(user, OTHER, 'd'.repeat(64)), await avatarOf(user, OTHER, 'd'.repeat(64))];
    await avatarOf(user, turned(20));
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
  it('keeps one and moves the others into the trash, from where they come back', async () => {
    const user = await studio.user();
    const [retain, copy] = [await avatarOf(user, LOOK), await avatarOf(user, LOOK)];
    const { token } = user;
    const { body } = await studio.client.ok('resolveDuplicates', { token, body: { retain, trash: [copy] } });
    expect(body).toEqual({ retained: retain, trashed: [copy] });
    expect((await studio.client.ok('listDuplicates', { token })).body.data).toEqual([]);
    const trashed = await studio.client.ok('readAvatar', { token, id: copy });
    expect(trashed.body.trashedAt).not.toBeNull();
    await studio.client.ok('restoreAvatar', { token, id: copy });
    expect((await studio.client.ok('listDuplicates', { token })).body.data).toHaveLength(1);
  });

  it('does nothing at all when one of them is not the caller’s', async () => {
    const [user, stranger] = [await studio.user(), await studio.user()];
    const [retain, copy] = [await avatarOf(user, LOOK), await avatarOf(user, LOOK)];
    const theirs = await avatarOf(stranger, LOOK);
    const { token } = user;
    const { body } = await studio.client.problem('resolveDuplicates', {
      token,
      body: { retain, trash: [copy, theirs] },
    });
    expect(body.code).toBe('not_found');
    expect((await studio.client.ok('listDuplicates', { token })).body.data).toHaveLength(1);
    expect((await studio.client.ok('readAvatar', { token: stranger.token, id: theirs })).body.trashedAt).toBeNull();
  });

  it('takes no request to trash what is to be kept', async () => {
    const { token } = await studio.user();
    const retain = randomUUID();
    const { body } = await studio.client.problem('resolveDuplicates', { token, body: { retain, trash: [retain] } });
    expect(body).toMatchObject({ code: 'validation_failed', errors: [{ path: 'trash' }] });
  });
});
