import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { KEY_SCOPES } from '#contract/api-key.ts';
import type { Route } from '#contract/route.ts';
import { ROUTES, type RouteName } from '#contract/routes.ts';
import { API_KEYS_MAX } from '#domain/account/api-key.ts';
import type { TestUser } from '#tests/api/serve-api.ts';
import { testApi } from '#tests/api/test-api.ts';
import { newKey } from './key-secret.ts';

const studio = testApi();
const READER = { name: 'Newsletter', scopes: ['avatars:read'], expiresInDays: 30 } as const;

async function createKey({ token }: Pick<TestUser, 'token'>, changes: object = {}) {
  const { body, headers } = await studio.client.ok('createApiKey', { token, body: { ...READER, ...changes } });
  expect(headers.get('Cache-Control')).toBe('no-store');
  return body;
}

const listKeys = async (token: string) => (await studio.client.ok('listApiKeys', { token })).body.data;

describe('an API key', () => {
  it('acts as its user, within its scopes', async () => {
    const user = await studio.user({ tier: 'pro', role: 'admin' });
    const { key } = await createKey(user);
    const me = await studio.client.ok('readProfile', { token: key });
    // An admin's key has no admin's rights.
    expect(me.body).toMatchObject({ accountId: user.accountId, tier: 'pro', role: 'user' });
    expect((await studio.client.ok('listProjects', { token: key })).body.data).toHaveLength(1);
    const refused = await studio.client.problem('createProject', { token: key, body: { name: 'More' } });
    expect([refused.status, refused.body.detail]).toEqual([403, 'This route needs the scope avatars:write.']);
  });

  it('is refused by routes for users who signed in, for admins and for services, with every scope', async () => {
    const { key } = await createKey(await studio.user({ role: 'admin' }), { scopes: [...KEY_SCOPES] });
    const routes = Object.entries(ROUTES) as [RouteName, Route][];
    const reserved = routes.filter(([, { only, base }]) => only !== undefined && base === undefined);
    expect(reserved.length).toBeGreaterThan(15);
    for (const [name] of reserved) {
      const { status } = await studio.client.problem(name, { token: key, id: randomUUID() });
      expect({ name, status }).toEqual({ name, status: 403 });
    }
    const { subject } = await studio.user();
    const headers = { 'X-On-Behalf-Of': subject };
    expect((await studio.client.problem('listProjects', { token: key, headers })).status).toBe(403);
  });

  it('is shown once, listed by its start, and not stored', async () => {
    const { token } = await studio.user();
    const { key, ...created } = await createKey({ token });
    expect(await listKeys(token)).toEqual([created]);
    expect(created).toMatchObject({ start: key.slice(0, 8), lastUsedAt: null });
    const { rows } = await studio.fixture.owner.query('SELECT k::text AS stored FROM api_keys k');
    for (const { stored } of rows as { stored: string }[]) expect(stored).not.toContain(key.slice(4));
    expect(studio.logged.join('')).not.toContain(key);
  });

  it('shows when it was last used', async () => {
    const { token } = await studio.user();
    const { key } = await createKey({ token });
    await studio.client.ok('listProjects', { token: key });
    await expect.poll(async () => (await listKeys(token))[0]?.lastUsedAt).not.toBeNull();
  });

  it('stops working within a second on every instance once it is revoked', async () => {
    const other = await studio.startInstance();
    const { token } = await studio.user();
    const { id, key } = await createKey({ token });
    await other.client.ok('listProjects', { token: key });
    expect((await studio.client.raw('revokeApiKey', { token, id })).status).toBe(204);
    const revokedAt = performance.now();
    await expect.poll(async () => (await other.client.raw('listProjects', { token: key })).status).toBe(401);
    expect(performance.now() - revokedAt).toBeLessThan(5_000);
    expect((await studio.client.problem('revokeApiKey', { token, id })).status).toBe(404);
  });

  it('is replaced by a rotation, and works for another day', async () => {
    const { token } = await studio.user();
    const old = await createKey({ token }, { expiresInDays: 90 });
    const { body: next } = await studio.client.ok('rotateApiKey', { token, id: old.id });
    expect(next).toMatchObject({ name: old.name, scopes: old.scopes });
    for (const { key } of [old, next])
      expect((await studio.client.raw('listProjects', { token: key })).status).toBe(200);
    const expiries = (await listKeys(token)).map(({ expiresAt }) => Date.parse(expiresAt) - Date.now());
    const [days, hours] = [24 * 3_600_000, 3_600_000];
    expect(expiries.map((left) => Math.round(left / days))).toEqual([90, 1]);
    expect(Math.round(expiries[1]! / hours)).toBe(24);
  });

  it('has one successor with its lifetime, however many rotations are sent at once', async () => {
    const { token } = await studio.user();
    const { id } = await createKey({ token }, { expiresInDays: 90 });
    const rotations = await Promise.all(
      Array.from({ length: 8 }, () => studio.client.raw('rotateApiKey', { token, id })),
    );
    expect(rotations.map(({ status }) => status).toSorted()).toEqual([201, ...Array.from({ length: 7 }, () => 409)]);
    const days = (await listKeys(token)).map(({ expiresAt }) => Date.parse(expiresAt) - Date.now());
    expect(days.map((left) => Math.round(left / 86_400_000))).toEqual([90, 1]);
    const { body } = await studio.client.problem('rotateApiKey', { token, id });
    expect(body.detail).toMatch(/rotated before/);
  });

  it('lasts a year at most', async () => {
    const { token } = await studio.user();
    for (const expiresInDays of [366, 0, -1, 1.5, 1e9, null]) {
      const body = { ...READER, scopes: [...READER.scopes], expiresInDays: expiresInDays as number };
      const refused = await studio.client.problem('createApiKey', { token, body });
      expect(refused.body).toMatchObject({ code: 'validation_failed', errors: [{ path: 'expiresInDays' }] });
    }
    await createKey({ token }, { expiresInDays: 365 });
    const [key, ...others] = await listKeys(token);
    expect([Math.round((Date.parse(key!.expiresAt) - Date.now()) / 86_400_000), others]).toEqual([365, []]);
  });

  it('does not work after its time', async () => {
    const user = await studio.user();
    const { key } = await createKey(user);
    await studio.fixture.owner.query(
      `UPDATE api_keys SET expires_at = now() - interval '1 second' WHERE account_id = $1`,
      [user.accountId],
    );
    expect((await studio.client.problem('listProjects', { token: key })).status).toBe(401);
    expect(await listKeys(user.token)).toEqual([]);
  });

  it('ends with the account', async () => {
    const user = await studio.user();
    const { key } = await createKey(user);
    await studio.client.raw('eraseProfile', { token: user.token });
    await expect.poll(async () => (await studio.client.raw('listProjects', { token: key })).status).toBe(401);
  });

  it.each([
    ['unknown', () => newKey().key],
    ['mistyped', () => `${newKey().key.slice(0, -1)}!`],
    ['only a prefix', () => 'avs_'],
  ])('that is %s is answered with 401', async (_what, key) => {
    const { status, headers } = await studio.client.problem('listProjects', { token: key() });
    expect([status, headers.get('WWW-Authenticate')]).toEqual([401, 'Bearer']);
  });

  it('can’t be managed by another user', async () => {
    const { id } = await createKey(await studio.user());
    const { token } = await studio.user();
    for (const name of ['revokeApiKey', 'rotateApiKey'] as const) {
      expect((await studio.client.problem(name, { token, id })).status).toBe(404);
    }
  });

  it(`is one of at most ${API_KEYS_MAX}, however many are created at once`, async () => {
    const { token } = await studio.user();
    const creations = await Promise.all(
      Array.from({ length: API_KEYS_MAX + 5 }, () => studio.client.raw('createApiKey', { token, body: READER })),
    );
    expect(creations.filter(({ status }) => status === 201)).toHaveLength(API_KEYS_MAX);
    expect(creations.filter(({ status }) => status === 409)).toHaveLength(5);
    expect(await listKeys(token)).toHaveLength(API_KEYS_MAX);
    const [{ id } = { id: '' }] = await listKeys(token);
    expect((await studio.client.problem('rotateApiKey', { token, id })).status).toBe(409);
  });
});
