import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { record } from '#drizzle/ledger/record.ts';
import { refund } from '#drizzle/ledger/refund.ts';
import { release } from '#drizzle/ledger/release.ts';
import { openAccount } from '#drizzle/queries/accounts/accounts.ts';
import { readBalance } from '#drizzle/queries/accounts/credit-transfers.ts';
import { testApi } from '#tests/api/test-api.ts';
import { anAvatar } from '#tests/support/database/world.ts';

const studio = testApi();
const BODY = { sourceType: 'text_to_image' as const, prompt: 'a smith' };

function paymentServiceToken(scopes: ('credits:write' | 'avatars:read')[] = ['credits:write']) {
  return studio.tokens.forService({ sub: 'payments', scopes });
}

/** Sends a top-up as the payment service does. */
async function pay(body: { userId: string; amount: number; reference: string }) {
  return studio.client.ok('createTopup', { token: await paymentServiceToken(), body });
}

describe('POST /credits/topups', () => {
  it('counts a reference once, however many identical requests arrive at the same time', async () => {
    const { token, subject } = await studio.user();
    const payment = { userId: subject, amount: 500, reference: randomUUID() };
    const answers = await Promise.all(Array.from({ length: 10 }, () => pay(payment)));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(answers.filter(({ headers }) => !headers.has('Idempotent-Replayed'))).toHaveLength(1);
    expect(answers.every(({ status, body }) => status === 201 && body.available === 600)).toBe(true);
    expect((await studio.client.ok('readCredits', { token })).body).toEqual({ available: 600, held: 0, posted: 600 });
  });

  it('refuses a reference that was used for another amount', async () => {
    const { subject } = await studio.user();
    const payment = { userId: subject, amount: 500, reference: 'order-1' };
    await pay(payment);
    const request = { token: await paymentServiceToken(), body: { ...payment, amount: 501 } };
    expect((await studio.client.problem('createTopup', request)).body.code).toBe('idempotency_mismatch');
  });

  it('counts a reference once, even for another user or in another spelling', async () => {
    const [user, other] = [await studio.user(), await studio.user()];
    const payment = { userId: user.subject, amount: 500, reference: 'Order 4711' };
    await pay(payment);
    const unknownSubject = `unknown|${randomUUID()}`;
    for (const change of [
      { userId: other.subject },
      { userId: unknownSubject },
      { reference: 'order 4711' },
      { reference: 'Order\u00A04711' },
    ]) {
      const request = { token: await paymentServiceToken(), body: { ...payment, ...change } };
      expect((await studio.client.problem('createTopup', request)).body.code).toBe('idempotency_mismatch');
    }
    const available = async ({ token }: { token: string }) =>
      (await studio.client.ok('readCredits', { token })).body.available;
    expect([await available(user), await available(other)]).toEqual([600, 100]);
    const { rows } = await studio.fixture.owner.query('SELECT id FROM accounts WHERE subject = $1', [unknownSubject]);
    expect(rows).toEqual([]);
  });

  it('refuses an erased user until they sign in again, and still counts their references as used', async () => {
    const other = await studio.startInstance();
    const { token, subject, accountId } = await studio.user();
    const payment = { userId: subject, amount: 500, reference: randomUUID() };
    await pay(payment);
    await studio.client.raw('eraseProfile', { token });
    const next = { ...payment, reference: randomUUID() };
    for (const { client } of [studio, other]) {
      const refused = await client.problem('createTopup', { token: await paymentServiceToken(), body: next });
      expect(refused).toMatchObject({ status: 409, body: { code: 'account_erased' } });
      const repeated = await client.problem('createTopup', { token: await paymentServiceToken(), body: payment });
      expect(repeated.body.code).toBe('idempotency_mismatch');
    }
    const { rows } = await studio.fixture.owner.query('SELECT id FROM accounts WHERE subject = $1', [subject]);
    expect(rows).toEqual([]);
    // As signing in with a token that was issued later does.
    await openAccount(studio.fixture.database, { subject, tier: 'free', issuedAt: new Date(Date.now() + 60_000) });
    const again = await studio.client.problem('createTopup', { token: await paymentServiceToken(), body: payment });
    expect(again.body.code).toBe('idempotency_mismatch');
    expect((await pay(next)).body.available).toBe(500);
    expect((await readBalance(studio.fixture.database, accountId))!.posted).toBe(600);
  });

  it('opens an account for an unknown user, who can then sign in to it', async () => {
    const userId = `new|${randomUUID()}`;
    expect((await pay({ userId, amount: 7, reference: 'gift' })).body.available).toBe(107);
    const token = await studio.tokens.forUser({ sub: userId, tier: 'free' });
    expect((await studio.client.ok('readCredits', { token })).body.available).toBe(107);
  });

  it('is forbidden to users and to services without the scope', async () => {
    const { token, subject } = await studio.user({ role: 'admin' });
    const body = { userId: subject, amount: 5, reference: 'x' };
    for (const wrong of [token, await paymentServiceToken(['avatars:read'])]) {
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
    [{ userId: 'service|payments' }, 'userId'],
    [{ userId: 'a\u0000b' }, 'userId'],
    [{ accountId: 'x' }, 'accountId'],
  ])('refuses %j', async (change, path) => {
    const body = { userId: 'user-1', amount: 5, reference: 'x', ...change };
    const { body: answer } = await studio.client.problem('createTopup', { token: await paymentServiceToken(), body });
    expect(answer).toMatchObject({ code: 'validation_failed', errors: [{ path }] });
  });
});

describe('GET /credits/transfers', () => {
  it('lists each transfer with its reason and the balance afterwards, for any page size', async () => {
    const { token, projectId, accountId, subject } = await studio.user();
    const { database } = studio.fixture;
    const createGeneration = async () =>
      (await studio.client.ok('createGeneration', { token, id: projectId, body: BODY })).body.id;
    const [delivered, cancelled] = [await createGeneration(), await createGeneration()];
    await record(database, delivered, anAvatar(accountId));
    await release(database, { generationId: cancelled, status: 'cancelled' });
    await refund(database, delivered, 'Blurry');
    await pay({ userId: subject, amount: 40, reference: 'order-9' });

    const expected = [
      { kind: 'topup', amount: 40, availableAfter: 140, generationId: null, reason: 'order-9' },
      { kind: 'refund', amount: 10, availableAfter: 100, generationId: delivered, reason: 'Blurry' },
      { kind: 'release', amount: 10, availableAfter: 90, generationId: cancelled, reason: null },
      { kind: 'capture', amount: 10, availableAfter: 80, generationId: delivered, reason: null },
      { kind: 'reserve', amount: 10, availableAfter: 80, generationId: cancelled, reason: null },
      { kind: 'reserve', amount: 10, availableAfter: 90, generationId: delivered, reason: null },
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
