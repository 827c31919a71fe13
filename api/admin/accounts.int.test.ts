import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { GRANT_MAX } from '#domain/account/granted-credits.ts';
import { VELOCITY } from '#domain/moderation/abuse.ts';
import { velocityFlags } from '#drizzle/queries/accounts/velocity-flags.ts';
import { deliveredAvatar } from '#tests/api/delivered-avatar.ts';
import type { TestUser } from '#tests/api/serve-api.ts';
import { adminApi } from '#tests/api/admin-api.ts';
import { until } from '#tests/support/until.ts';

const { studio, admin } = adminApi();

const audit = async (act: string, target?: string) =>
  (await studio.client.ok('listAudit', { token: admin.token, query: { act, ...(target && { target }) } })).body.data;
const credits = async ({ token }: TestUser) => (await studio.client.ok('readCredits', { token })).body.posted;

describe('GET /admin/accounts', () => {
  const rename = ({ accountId }: TestUser, name: string) =>
    studio.fixture.owner.query('UPDATE accounts SET display_name = $2 WHERE id = $1', [accountId, name]);
  const find = async (q: string | undefined, query: object = {}) =>
    (await studio.client.ok('findAccounts', { token: admin.token, query: { ...(q !== undefined && { q }), ...query } }))
      .body;

  it('finds names as people type them, and the subject of the sign-in', async () => {
    const user = await studio.user();
    const mark = randomUUID().slice(0, 8);
    await rename(user, `François-Łukasz ${mark}`);
    for (const q of [`francois ${mark}`, `LUKASZ ${mark}`, user.subject, user.subject.slice(0, -2)]) {
      expect((await find(q)).data).toMatchObject([{ id: user.accountId, displayName: `François-Łukasz ${mark}` }]);
    }
    for (const q of [`francois ${mark}x`, '%', '_', '...']) expect((await find(q)).data).toEqual([]);
  });

  it('pages through every account once, newest first', async () => {
    const mark = randomUUID().slice(0, 8);
    const ids: string[] = [];
    for (let count = 0; count < 5; count += 1) {
      const user = await studio.user();
      await rename(user, `Twin ${mark}`);
      ids.unshift(user.accountId);
    }
    const seen: string[] = [];
    let cursor: string | null | undefined;
    do {
      const { data, meta } = await find(mark, { limit: 2, ...(cursor && { cursor }) });
      expect(meta.total).toBe(5);
      seen.push(...data.map(({ id }) => id));
      cursor = meta.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(ids);
  });

  it('does not find an erased account, of which nothing is left to be found by', async () => {
    const user = await studio.user();
    await rename(user, `Gone ${user.accountId}`);
    await studio.client.raw('eraseProfile', { token: user.token });
    expect((await find(user.accountId)).data).toEqual([]);
    const { rows } = await studio.fixture.owner.query('SELECT folded_identity FROM accounts WHERE id = $1', [
      user.accountId,
    ]);
    expect(rows).toEqual([{ folded_identity: null }]);
  });

  it('uses the index, and is recorded without what was searched for', async () => {
    await find('somebody secret');
    const [act] = await audit('account.search');
    expect(act).toMatchObject({ actorId: admin.accountId, target: null, body: {}, result: { found: 0 } });
    const plan = await studio.fixture.owner.query(
      `SET enable_seqscan = off; EXPLAIN SELECT FROM accounts WHERE erased_at IS NULL AND folded_identity LIKE '%somebody%'`,
    );
    expect(JSON.stringify(plan)).toContain('accounts_folded_identity');
  });

  it('is for admins only', async () => {
    const { token } = await studio.user();
    expect((await studio.client.problem('findAccounts', { token })).status).toBe(403);
  });
});

describe('GET /admin/accounts/:id', () => {
  it('returns balance, statement and generations, and audits the read', async () => {
    const user = await studio.user();
    const { generationId } = await deliveredAvatar(studio, user);
    const request = { token: admin.token, id: user.accountId };
    const { body: account } = await studio.client.ok('readAdminAccount', request);
    expect(account).toMatchObject({
      credits: { posted: 90, held: 0, available: 90 },
      limits: { usedToday: 1, unfinishedNow: 0 },
      ledger: { total: 3, newest: [{ kind: 'capture' }, { kind: 'reserve' }, { kind: 'topup', reference: 'starter' }] },
      generations: { total: 1, newest: [{ id: generationId, status: 'completed' }] },
    });
    const [act] = await audit('account.read', user.accountId);
    expect(act).toMatchObject({ actorId: admin.accountId, outcome: 'done', status: 200 });
  });

  it('answers 404 for an unknown account, and audits the attempt', async () => {
    const id = randomUUID();
    expect((await studio.client.problem('readAdminAccount', { token: admin.token, id })).status).toBe(404);
    expect(await audit('account.read', id)).toMatchObject([
      { outcome: 'refused', status: 404, result: { code: 'not_found' } },
    ]);
  });
});

describe('POST /admin/accounts/:id/credits', () => {
  const request = (id: string, body: object) => ({
    token: admin.token,
    id,
    body: { grantId: randomUUID(), amount: 200, reason: 'The outage', ...body },
  });

  it('adds the credits once, however often and at the same time it is sent, and audits amount and reason', async () => {
    const user = await studio.user();
    const before = await credits(user);
    const grant = request(user.accountId, {});
    const answers = await Promise.all(Array.from({ length: 6 }, () => studio.client.ok('grantCredits', grant)));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(answers.filter(({ headers }) => headers.get('Idempotent-Replayed') === null)).toHaveLength(1);
    expect(await credits(user)).toBe(before + 200);
    const acts = await audit('account.grant', user.accountId);
    expect(acts).toHaveLength(6);
    expect(acts[0]).toMatchObject({
      actorId: admin.accountId,
      body: { amount: 200, reason: 'The outage' },
      result: { available: before + 200 },
    });
    const { rows } = await studio.fixture.owner.query('SELECT violation FROM ledger_audit WHERE id = $1', [
      user.accountId,
    ]);
    expect(rows).toEqual([]);
  });

  it.each([0, -5, 1.5, GRANT_MAX + 1, 1e21, null, '200', undefined])('refuses %s credits', async (amount) => {
    const user = await studio.user();
    const before = await credits(user);
    const { status } = await studio.client.problem('grantCredits', request(user.accountId, { amount }));
    expect([status, await credits(user)]).toEqual([400, before]);
  });

  it('refuses a grant id of another account or amount, an account that does not exist, and no reason', async () => {
    const [user, other] = [await studio.user(), await studio.user()];
    const grantId = randomUUID();
    await studio.client.ok('grantCredits', request(user.accountId, { grantId }));
    const refused = [
      request(other.accountId, { grantId }),
      request(user.accountId, { grantId, amount: 201 }),
      request(randomUUID(), {}),
      request(user.accountId, { reason: '\u200B' }),
    ];
    const statuses = [];
    for (const each of refused) statuses.push((await studio.client.problem('grantCredits', each)).status);
    expect(statuses).toEqual([409, 409, 404, 400]);
  });

  it('to oneself is in the audit log as any other', async () => {
    await studio.client.ok('grantCredits', request(admin.accountId, { amount: 1 }));
    const [act] = await audit('account.grant', admin.accountId);
    expect(act).toMatchObject({ actorId: admin.accountId, target: admin.accountId, body: { amount: 1 } });
  });

  it('has a reference that no payment may have, and many of them are not flagged as payments', async () => {
    const service = await studio.tokens.forService({ sub: 'pay', scopes: ['credits:write'] });
    const { subject, accountId } = await studio.user();
    const body = { userId: subject, amount: 5, reference: 'grant:x' };
    const refused = await studio.client.problem('createTopup', { token: service, body });
    expect(refused.body).toMatchObject({ code: 'validation_failed', errors: [{ path: 'reference' }] });
    for (let count = 0; count <= VELOCITY.topupsAnHour; count += 1) {
      await studio.client.ok('grantCredits', request(accountId, { amount: 1 }));
    }
    const flagged = await velocityFlags(studio.fixture.database);
    expect(JSON.stringify(flagged)).not.toContain(accountId);
  });
});

describe('POST /admin/accounts/:id/tier', () => {
  const set = (id: string, tier: string | null) => ({ token: admin.token, id, body: { tier, reason: 'By invoice' } });
  const me = async ({ token }: TestUser, client = studio.client) => (await client.ok('readProfile', { token })).body;

  it('holds on every instance whatever the token says, until it is given back', async () => {
    const other = await studio.startInstance();
    const user = await studio.user();
    for (const { client } of [studio, other]) expect((await me(user, client)).tier).toBe('free');
    const { body } = await studio.client.ok('setAccountTier', set(user.accountId, 'pro') as never);
    expect(body).toMatchObject({ from: 'free', to: 'pro', assignedTier: 'pro', dailyGenerations: 1000, priority: 2 });
    const seen = { timeoutMs: 5_000, what: 'that every instance knows of the tier' };
    for (const { client } of [studio, other]) await until(async () => (await me(user, client)).tier === 'pro', seen);
    const created = await studio.client.ok('createGeneration', {
      token: user.token,
      id: user.projectId,
      body: { sourceType: 'text_to_image', prompt: 'a lamplighter' },
    });
    const { rows } = await studio.fixture.owner.query('SELECT tier FROM avatar_generations WHERE id = $1', [
      created.body.id,
    ]);
    expect(rows).toEqual([{ tier: 'pro' }]);

    await studio.client.ok('setAccountTier', set(user.accountId, null) as never);
    for (const { client } of [studio, other]) await until(async () => (await me(user, client)).tier === 'free', seen);
    expect(await audit('account.tier', user.accountId)).toMatchObject([
      { body: { tier: null }, result: { from: 'pro', to: 'pro' } },
      { body: { tier: 'pro', reason: 'By invoice' }, result: { from: 'free', to: 'pro' } },
    ]);
  });

  it('is refused for a tier that does not exist, a service’s, an unknown account and a service', async () => {
    const user = await studio.user();
    const service = await studio.user();
    await studio.fixture.owner.query(`UPDATE accounts SET tier = 'service' WHERE id = $1`, [service.accountId]);
    const refused = [
      set(user.accountId, 'gold'),
      set(user.accountId, 'service'),
      set(randomUUID(), 'pro'),
      set(service.accountId, 'pro'),
    ];
    const statuses = [];
    for (const each of refused) {
      statuses.push((await studio.client.problem('setAccountTier', each as never)).status);
    }
    expect(statuses).toEqual([400, 400, 404, 409]);
  });
});
