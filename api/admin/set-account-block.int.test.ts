import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { record } from '#drizzle/ledger/record.ts';
import { adminApi } from '#tests/api/admin-api.ts';
import { anAvatar } from '#tests/support/database/world.ts';
import { until } from '#tests/support/until.ts';

const { studio, admin, createGeneration, audit } = adminApi();

describe('POST /admin/accounts/:id/block', () => {
  /** Promised within a second; a busy machine needs more. */
  const SEEN = { timeoutMs: 5_000, what: 'that every instance knows of the block' };
  const block = (id: string, blocked: boolean) =>
    studio.client.ok('setAccountBlock', { token: admin.token, id, body: { blocked, reason: 'Sells its credits' } });

  it('refuses everybody who acts for the account on every instance, ends streams, and returns credits', async () => {
    const other = await studio.startInstance();
    const { token, accountId, subject, projectId } = await studio.user();
    const generationId = await createGeneration({ token, accountId, subject, projectId });
    const scopes = ['avatars:read'] as const;
    const { body: key } = await studio.client.ok('createApiKey', {
      token,
      body: { name: 'Script', scopes: [...scopes], expiresInDays: 1 },
    });
    const service = {
      token: await studio.tokens.forService({ sub: 'chat', scopes: [...scopes] }),
      headers: { 'X-On-Behalf-Of': subject },
    };
    const callers = [{ token }, { token: key.key }, service];
    for (const caller of callers) for (const { client } of [studio, other]) await client.ok('readCredits', caller);
    const stream = await other.client.raw('watchEverything', { token });

    const { body: blocked } = await block(accountId, true);
    expect(blocked).toEqual({ blockedAt: expect.any(String), cancelled: 1, notReached: 0 });
    await stream.text();
    const answer = async (client: typeof studio.client, caller: (typeof callers)[number]) => {
      const response = await client.raw('readCredits', caller);
      return `${response.status} ${(await response.json()).code}`;
    };
    for (const caller of callers) {
      for (const { client } of [studio, other]) {
        await until(async () => (await answer(client, caller)) === '403 account_blocked', SEEN);
      }
    }
    const { body: account } = await studio.client.ok('readAdminAccount', { token: admin.token, id: accountId });
    expect(account).toMatchObject({
      blockedAt: blocked.blockedAt,
      credits: { posted: 100, held: 0 },
      generations: { newest: [{ id: generationId, status: 'cancelled' }] },
    });

    expect((await block(accountId, false)).body).toEqual({ blockedAt: null, cancelled: 0, notReached: 0 });
    await until(async () => (await other.client.raw('readCredits', { token: key.key })).status === 200, SEEN);
    const acts = (await audit({ target: accountId })).filter(({ act }) => act === 'account.block');
    expect(acts).toMatchObject([
      { body: { blocked: false, reason: 'Sells its credits' }, outcome: 'done' },
      { body: { blocked: true }, result: { cancelled: 1, notReached: 0 } },
    ]);
  });

  it('lets nothing be delivered or charged that it asked to cancel, whether it reached the workflow or not', async () => {
    const user = await studio.user();
    const [reached, missed] = [await createGeneration(user), await createGeneration(user)];
    const { database, owner } = studio.fixture;
    studio.workflows.outage = 'temporal';
    expect((await block(user.accountId, true)).body).toMatchObject({ cancelled: 0, notReached: 2 });
    expect(await record(database, missed, anAvatar(user.accountId))).toEqual({ kind: 'cancelled' });
    studio.workflows.outage = 'none';
    expect((await block(user.accountId, true)).body).toMatchObject({ cancelled: 2, notReached: 0 });
    for (const id of [reached, missed])
      expect(await record(database, id, anAvatar(user.accountId))).toMatchObject({ kind: 'lost' });
    const { body: account } = await studio.client.ok('readAdminAccount', { token: admin.token, id: user.accountId });
    expect(account.credits).toEqual({ posted: 100, held: 0, available: 100 });
    const { rows } = await owner.query('SELECT violation FROM ledger_audit WHERE id = ANY($1)', [
      [user.accountId, reached, missed],
    ]);
    expect(rows).toEqual([]);
  });

  it('is refused for one’s own account, and for one that does not exist', async () => {
    const act = { token: admin.token, body: { blocked: true, reason: 'x' } };
    const own = await studio.client.problem('setAccountBlock', { ...act, id: admin.accountId });
    const missing = await studio.client.problem('setAccountBlock', { ...act, id: randomUUID() });
    expect([own.status, missing.status]).toEqual([409, 404]);
    expect((await studio.client.raw('readCredits', { token: admin.token })).status).toBe(200);
  });
});
