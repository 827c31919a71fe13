import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { record } from '#drizzle/ledger/record.ts';
import { refund } from '#drizzle/ledger/refund.ts';
import { release } from '#drizzle/ledger/release.ts';
import { openAccount } from '#drizzle/queries/accounts/accounts.ts';
import { readBalance } from '#drizzle/queries/accounts/credits.ts';
import { testApi } from '#tests/api/test-api.ts';
import { anAvatar } from '#tests/support/database/world.ts';

const studio = testApi();
const BODY = { sourceType: 'text_to_image' as const, prompt: 'a smith' };

function till(scopes: ('credits:write' | 'avatars:read')[] = ['credits:write']) {
  return studio.tokens.forService({ sub: 'till', scopes });
}

/** As the service that takes the money sends it. */
async function pay(body: { userId: string; amount: number; reference: string }) {
  return studio.client.ok('createTopup', { token: await till(), body });
}

describe('a top-up', () => {
  it('counts once by its reference, however often and by how many at once it is told', async () => {
    const { token, subject } = await studio.user();
    const order = { userId: subject, amount: 500, reference: randomUUID() };
    const answers = await Promise.all(Array.from({ length: 10 }, () => pay(order)));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(answers.filter(({ headers }) => !headers.has('Idempotent-Replayed'))).toHaveLength(1);
    expect(answers.every(({ status, body }) => status === 201 && body.available === 600)).toBe(true);
    expect((await studio.client.ok('readCredits', { token })).body).toEqual({ available: 600, held: 0, posted: 600 });
  });

  it('is refused when its reference was used for another amount', async () => {
    const { subject } = await studio.user();
    const order = { userId: subject, amount: 500, reference: 'order-1' };
    await pay(order);
    const ask = { token: await till(), body: { ...order, amount: 501 } };
    expect((await studio.client.problem('createTopup', ask)).body.code).toBe('idempotency_mismatch');
  });

  it('pays out once, whichever user it is told for and however it is spelt', async () => {
    const [one, two] = [await studio.user(), await studio.user()];
    const order = { userId: one.subject, amount: 500, reference: 'Order 4711' };
    await pay(order);
    const nobody = `nobody|${randomUUID()}`;
    for (const change of [
      { userId: two.subject },
      { userId: nobody },
      { reference: 'order 4711' },
      { reference: 'Order\u00A04711' },
    ]) {
      const ask = { token: await till(), body: { ...order, ...change } };
      expect((await studio.client.problem('createTopup', ask)).body.code).toBe('idempotency_mismatch');
    }
    const available = async ({ token }: { token: string }) =>
      (await studio.client.ok('readCredits', { token })).body.available;
    expect([await available(one), await available(two)]).toEqual([600, 100]);
    const { rows } = await studio.fixture.owner.query('SELECT id FROM accounts WHERE subject = $1', [nobody]);
    expect(rows).toEqual([]);
  });

  it('is refused for a user who was erased, until they come back, and its reference stays used', async () => {
    const other = await studio.startInstance();
    const { token, subject, accountId } = await studio.user();
    const order = { userId: subject, amount: 500, reference: randomUUID() };
    await pay(order);
    await studio.client.raw('eraseProfile', { token });
    const next = { ...order, reference: randomUUID() };
    for (const { client } of [studio, other]) {
      const refused = await client.problem('createTopup', { token: await till(), body: next });
      expect(refused).toMatchObject({ status: 409, body: { code: 'account_erased' } });
      const told = await client.problem('createTopup', { token: await till(), body: order });
      expect(told.body.code).toBe('idempotency_mismatch');
    }
    const { rows } = await studio.fixture.owner.query('SELECT id FROM accounts WHERE subject = $1', [subject]);
    expect(rows).toEqual([]);
    // As a token does that is issued a second later.
    await openAccount(studio.fixture.database, { subject, tier: 'free', issuedAt: new Date(Date.now() + 60_000) });
    const again = await studio.client.problem('createTopup', { token: await till(), body: order });
    expect(again.body.code).toBe('idempotency_mismatch');
    expect((await pay(next)).body.available).toBe(500);
    expect((await readBalance(studio.fixture.database, accountId))!.posted).toBe(600);
  });

  it('opens the account of a user who was never here, who then signs in to it', async () => {
    const userId = `new|${randomUUID()}`;
    expect((await pay({ userId, amount: 7, reference: 'gift' })).body.available).toBe(107);
    const token = await studio.tokens.forUser({ sub: userId, tier: 'free' });
    expect((await studio.client.ok('readCredits', { token })).body.available).toBe(107);
  });

  it('is for services with the scope alone', async () => {
    const { token, subject } = await studio.user({ role: 'admin' });
    const body = { userId: subject, amount: 5, reference: 'x' };
    for (const wrong of [token, await till(['avatars:read'])]) {
      expect((await studio.client.problem('createTopup', { token: wrong, body })).status).toBe(403);
    }
  });

  it.each([
    [{ amount: 0 }, 'amount'],
    [{ amount: -5 }, 'amount'],
    [{ amount: '5' }, 'amount'],
    [{ amount: 2 ** 31 }, 'amount'],
    [{ amount: 1.5 }, 'amount'],
    [{ amount: 1_000_001 }, 'amount'],
    [{ reference: '' }, 'reference'],
    [{ reference: 'starter' }, 'reference'],
    [{ userId: 'service|till' }, 'userId'],
    [{ userId: 'a\u0000b' }, 'userId'],
    [{ accountId: 'x' }, 'accountId'],
  ])('is refused with %j', async (change, path) => {
    const body = { userId: 'somebody', amount: 5, reference: 'x', ...change };
    const { body: answer } = await studio.client.problem('createTopup', { token: await till(), body });
    expect(answer).toMatchObject({ code: 'validation_failed', errors: [{ path }] });
  });
});

describe('the statement', () => {
  it('says what moved, why, and what could be spent afterwards, on every page of any size', async () => {
    const { token, projectId, accountId, subject } = await studio.user();
    const { database } = studio.fixture;
    const order = async () =>
      (await studio.client.ok('createGeneration', { token, id: projectId, body: BODY })).body.id;
    const [kept, failed] = [await order(), await order()];
    await record(database, kept, anAvatar(accountId));
    await release(database, { generationId: failed, status: 'cancelled' });
    await refund(database, kept, 'Blurry');
    await pay({ userId: subject, amount: 40, reference: 'order-9' });

    const expected = [
      { kind: 'topup', amount: 40, availableAfter: 140, generationId: null, reason: 'order-9' },
      { kind: 'refund', amount: 10, availableAfter: 100, generationId: kept, reason: 'Blurry' },
      { kind: 'release', amount: 10, availableAfter: 90, generationId: failed, reason: null },
      { kind: 'capture', amount: 10, availableAfter: 80, generationId: kept, reason: null },
      { kind: 'reserve', amount: 10, availableAfter: 80, generationId: failed, reason: null },
      { kind: 'reserve', amount: 10, availableAfter: 90, generationId: kept, reason: null },
      { kind: 'topup', amount: 100, availableAfter: 100, generationId: null, reason: 'starter' },
    ];
    for (const limit of ['1', '2', '3', '100']) {
      const rows: unknown[] = [];
      let cursor: string | null = null;
      do {
        const query: Record<string, string> = { limit, ...(cursor && { cursor }) };
        const { body } = await studio.client.ok('listTransfers', { token, query });
        rows.push(...body.data);
        cursor = body.meta.nextCursor;
        expect(body.meta.total).toBe(7);
      } while (cursor !== null);
      expect(rows).toMatchObject(expected);
    }
  });
});
