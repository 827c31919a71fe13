import sharp from 'sharp';
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { SHARE_DAYS, SHARES_MAX } from '#domain/avatar/share.ts';
import { deleteEndedShares } from '#drizzle/queries/avatars/shares.ts';
import { deliveredAvatar } from '#tests/api/delivered-avatar.ts';
import type { TestUser } from '#tests/api/serve-api.ts';
import { testApi } from '#tests/api/test-api.ts';
import { anAvatar } from '#tests/support/database/world.ts';
import { digestOf, newShareToken } from './share-token.ts';

const studio = testApi();
const DAY_MS = 86_400_000;
const STATEMENT = 'This is my face';

let admin: TestUser;
let image: Buffer;
beforeAll(async () => {
  admin = await studio.user({ role: 'admin' });
  image = await sharp({ create: { width: 64, height: 64, channels: 3, background: 'teal' } })
    .webp()
    .toBuffer();
});

/** A user with an avatar whose image is stored. */
async function userWithAvatar(): Promise<TestUser & { readonly avatarId: string }> {
  const user = await studio.user();
  const avatar = anAvatar(user.accountId);
  await studio.store.write(avatar.image.object, image, { contentType: 'image/webp', immutable: true });
  const { id } = await deliveredAvatar(studio, user, avatar);
  return { ...user, avatarId: id };
}

const share = async ({ token, avatarId }: TestUser & { readonly avatarId: string }, changes: object = {}) => {
  const body = { days: 7, showsName: true, ...changes };
  return (await studio.client.ok('createShare', { token, id: avatarId, body })).body;
};
const shared = (token: string) => studio.client.raw('readShared', { id: token });
const sharedImage = (token: string) => studio.client.raw('readSharedImage', { id: token });
/** From its own address: reports are limited by it. */
const report = (token: string, kind = 'likeness', address = `198.51.100.${Math.floor(Math.random() * 250)}`) =>
  studio.client.raw('reportShared', {
    id: token,
    body: { kind, statement: STATEMENT },
    headers: { 'X-Forwarded-For': address },
  });
const reportsOf = async (avatarId: string) =>
  (await studio.client.ok('listReports', { token: admin.token, query: { limit: '100' } })).body.data.filter(
    (found) => found.avatarId === avatarId,
  );

/** An answer without what differs between requests. */
async function withoutIds(response: Response, token: string): Promise<object> {
  const body = (await response.text()).replaceAll(token, '').replaceAll(response.headers.get('X-Request-Id')!, '');
  return { status: response.status, body, cached: response.headers.get('Cache-Control') };
}

describe('a link to an avatar', () => {
  it('does not exist until its user creates it', async () => {
    const user = await userWithAvatar();
    const { token, avatarId: id } = user;
    expect((await studio.client.ok('listShares', { token, id })).body).toEqual({ data: [] });
    const { token: secret, ...created } = await share(user);
    expect((await studio.client.ok('listShares', { token, id })).body).toEqual({ data: [created] });
    expect((await shared(secret)).status).toBe(200);
  });

  it('shows a visitor the image and how it was made, and nothing of account, project, prompt or id', async () => {
    const user = await userWithAvatar();
    const { token: secret, expiresAt } = await share(user);
    const response = await studio.client.ok('readShared', { id: secret });
    const { body: avatar } = await studio.client.ok('readAvatar', { token: user.token, id: user.avatarId });
    expect(response.body).toEqual({
      name: avatar.name,
      width: avatar.width,
      height: avatar.height,
      credit: avatar.generation.credit,
      provenance: avatar.provenance,
      expiresAt,
    });
    const file = await sharedImage(secret);
    expect([file.status, file.headers.get('Content-Type')]).toEqual([200, 'image/webp']);
    expect((await sharp(Buffer.from(await file.arrayBuffer())).metadata()).width).toBe(64);
    for (const { headers } of [response, file]) {
      expect(headers.get('Cache-Control')).toBe('private, no-store');
      expect(headers.get('X-Robots-Tag')).toContain('noindex');
      expect(headers.get('Referrer-Policy')).toBe('no-referrer');
    }
  });

  it('shows the name only if its user wants it', async () => {
    const { token } = await share(await userWithAvatar(), { showsName: false });
    expect((await studio.client.ok('readShared', { id: token })).body.name).toBeNull();
  });

  it.each(SHARE_DAYS)('ends after %i days', async (days) => {
    const { createdAt, expiresAt } = await share(await userWithAvatar(), { days });
    expect(Date.parse(expiresAt) - Date.parse(createdAt)).toBe(days * DAY_MS);
  });

  it('has no other lifetime', async () => {
    const { token, avatarId: id } = await userWithAvatar();
    for (const days of [0, 2, 31, -1, '7', null]) {
      const body = { days, showsName: true };
      expect((await studio.client.problem('createShare', { token, id, body })).status).toBe(400);
    }
  });

  it('is stored as a hash and logged nowhere', async () => {
    const user = await userWithAvatar();
    const { token: secret } = await share(user);
    await shared(secret);
    await sharedImage(secret);
    await report(secret);
    const { rows } = await studio.fixture.owner.query<{ stored: string }>(
      'SELECT s::text AS stored FROM avatar_shares s',
    );
    for (const { stored } of rows) expect(stored).not.toContain(secret.slice(4));
    expect(studio.logged.join('')).not.toContain(secret);
  });

  it('is one of at most five that are open, also by requests at the same time', async () => {
    const user = await userWithAvatar();
    const { token, avatarId: id } = user;
    const create = () => studio.client.raw('createShare', { token, id, body: { days: 1, showsName: false } });
    const answers = await Promise.all(Array.from({ length: SHARES_MAX + 3 }, create));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(SHARES_MAX);
    expect(statuses.filter((status) => status === 409)).toHaveLength(3);
    await studio.fixture.owner.query(`UPDATE avatar_shares SET expires_at = now() WHERE avatar_id = $1`, [id]);
    expect((await create()).status).toBe(201);
    expect((await studio.client.ok('listShares', { token, id })).body.data).toHaveLength(1);
  });

  it('is deleted by the reconciler some time after it has ended, and not before', async () => {
    const user = await userWithAvatar();
    const [ended, open] = [await share(user), await share(user)];
    await studio.fixture.owner.query(`UPDATE avatar_shares SET expires_at = now() WHERE id = $1`, [ended.id]);
    expect(await deleteEndedShares(studio.fixture.database, 1_000)).toBeGreaterThan(0);
    const { rows } = await studio.fixture.owner.query('SELECT id FROM avatar_shares WHERE avatar_id = $1', [
      user.avatarId,
    ]);
    expect(rows).toEqual([{ id: open.id }]);
  });

  it('sends no more images in a minute than people ask for', async () => {
    const { token: secret } = await share(await userWithAvatar());
    expect((await sharedImage(secret)).status).toBe(200);
    await studio.fixture.owner.query(`UPDATE rate_limits SET points = 120 WHERE key = $1`, [
      `shared images:${digestOf(secret)}`,
    ]);
    const refused = await sharedImage(secret);
    expect([refused.status, refused.headers.has('Retry-After')]).toEqual([429, true]);
    expect((await shared(secret)).status).toBe(200);
  });

  it('is created only by its avatar’s user, signed in', async () => {
    const user = await userWithAvatar();
    const body = { days: 1, showsName: false };
    const stranger = await studio.user();
    const foreign = { token: stranger.token, id: user.avatarId };
    expect((await studio.client.problem('createShare', { ...foreign, body })).status).toBe(404);
    expect((await studio.client.problem('listShares', foreign)).status).toBe(404);
    const { id } = await share(user);
    expect((await studio.client.problem('revokeShare', { token: stranger.token, id })).status).toBe(404);
    const key = await studio.client.ok('createApiKey', {
      token: user.token,
      body: { name: 'Script', scopes: ['avatars:read', 'avatars:write'], expiresInDays: 1 },
    });
    const byKey = { token: key.body.key, id: user.avatarId };
    expect((await studio.client.problem('createShare', { ...byKey, body })).status).toBe(403);
    const service = await studio.tokens.forService({ sub: 'chat', scopes: ['avatars:read', 'avatars:write'] });
    const byService = { token: service, id: user.avatarId, headers: { 'X-On-Behalf-Of': user.subject } };
    expect((await studio.client.problem('createShare', { ...byService, body })).status).toBe(403);
  });
});

describe('a link that shows nothing', () => {
  const query = (sql: string) => async (user: TestUser & { readonly avatarId: string }) => {
    await studio.fixture.owner.query(sql, [sql.includes('accounts') ? user.accountId : user.avatarId]);
  };
  const ENDED: Readonly<
    Record<string, (user: TestUser & { readonly avatarId: string }, shareId: string) => Promise<unknown>>
  > = {
    'was revoked': ({ token }, id) => studio.client.ok('revokeShare', { token, id }),
    'has expired': query(`UPDATE avatar_shares SET expires_at = now() WHERE avatar_id = $1`),
    'leads to the trash': ({ token, avatarId: id }) => studio.client.ok('deleteAvatar', { token, id }),
    'leads to a deleted avatar': query('DELETE FROM avatars WHERE id = $1'),
    'leads to an avatar in review': query(`UPDATE avatars SET review = 'needs_review' WHERE id = $1`),
    'leads to an avatar that was taken down': ({ avatarId: id }) =>
      studio.client.ok('takedownAvatar', { token: admin.token, id, body: { reason: 'A real person' } }),
    'is of a blocked account': query(`UPDATE accounts SET blocked_at = now() WHERE id = $1`),
    'is of an erased account': ({ token }) => studio.client.ok('eraseProfile', { token }),
  };

  it.each(Object.entries(ENDED))('because it %s is answered like one that never existed', async (_what, end) => {
    const user = await userWithAvatar();
    const { token: secret, id } = await share(user);
    expect((await shared(secret)).status).toBe(200);
    await end(user, id);
    const { token: unknown } = newShareToken();
    for (const read of [shared, sharedImage, report]) {
      const [ended, missing] = await Promise.all(
        [secret, unknown].map(async (one) => withoutIds(await read(one), one)),
      );
      expect(ended).toMatchObject({ status: 404, cached: 'no-store' });
      expect(ended).toEqual(missing);
    }
  });

  it('shows the avatar again once that is restored from the trash', async () => {
    const user = await userWithAvatar();
    const { token, avatarId: id } = user;
    const { token: secret } = await share(user);
    await studio.client.ok('deleteAvatar', { token, id });
    expect((await shared(secret)).status).toBe(404);
    expect((await studio.client.problem('createShare', { token, id, body: { days: 1, showsName: true } })).status).toBe(
      404,
    );
    await studio.client.ok('restoreAvatar', { token, id });
    expect((await shared(secret)).status).toBe(200);
  });
});

describe('a visitor', () => {
  it('reports an avatar to the administrators without an account, once of each kind until it is decided', async () => {
    const user = await userWithAvatar();
    const { token: secret } = await share(user);
    for (let n = 0; n < 3; n += 1) expect((await report(secret)).status).toBe(202);
    expect((await report(secret, 'copyright')).status).toBe(202);
    const found = await reportsOf(user.avatarId);
    expect(found).toMatchObject([
      { reporterId: null, accountId: user.accountId, kind: 'likeness', statement: STATEMENT },
      { reporterId: null, kind: 'copyright' },
    ]);
    await studio.client.ok('dismissReport', { token: admin.token, id: found[0]!.id });
    expect((await report(secret)).status).toBe(202);
    expect(await reportsOf(user.avatarId)).toHaveLength(2);
    await studio.client.ok('takedownAvatar', {
      token: admin.token,
      id: user.avatarId,
      body: { reason: 'A real person' },
    });
    expect(await reportsOf(user.avatarId)).toEqual([]);
  });

  it('can’t report without end from one address', async () => {
    const { token: secret } = await share(await userWithAvatar());
    const statuses: number[] = [];
    for (let n = 0; n < 7; n += 1) statuses.push((await report(secret, 'other', '203.0.113.9')).status);
    expect(statuses).toEqual([202, 202, 202, 202, 202, 429, 429]);
    expect((await report(secret, 'other', '203.0.113.10')).status).toBe(202);
  });

  it('learns nothing from a token that can’t exist', async () => {
    for (const token of [randomUUID(), 'x', 'y'.repeat(500), '%00', newShareToken().token]) {
      expect((await shared(token)).status).toBe(404);
    }
  });
});
