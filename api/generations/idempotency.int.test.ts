import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { topup } from '#drizzle/ledger/topup.ts';
import { deleteUnansweredGenerations } from '#drizzle/queries/generations/generation-sweep.ts';
import { readGeneration } from '#drizzle/queries/generations/generations.ts';
import type { TestUser } from '#tests/api/serve-api.ts';
import { testApi } from '#tests/api/test-api.ts';
import { uniqueSuffix } from '#tests/support/stack.ts';

const studio = testApi();
const BODY = {
  sourceType: 'text_to_image',
  prompt: 'a lighthouse keeper',
  options: { size: 512, quality: 'draft' },
} as const;

const start = ({ token, projectId }: TestUser, key: string, body: object = BODY) =>
  studio.client.ok('createGeneration', {
    token,
    id: projectId,
    body: { ...body },
    headers: { 'Idempotency-Key': key },
  });
const refuse = ({ token, projectId }: TestUser, key: string, body: object = BODY) =>
  studio.client.problem('createGeneration', {
    token,
    id: projectId,
    body: { ...body },
    headers: { 'Idempotency-Key': key },
  });

async function exhaustDailyLimit({ accountId }: TestUser): Promise<void> {
  await studio.fixture.owner.query(`UPDATE accounts SET daily_limit = day_count WHERE id = $1`, [accountId]);
}
async function raiseDailyLimit({ accountId }: TestUser): Promise<void> {
  await studio.fixture.owner.query(`UPDATE accounts SET daily_limit = 50 WHERE id = $1`, [accountId]);
}
/** A user whose starter credits are all held. */
async function userWithoutCredits(): Promise<TestUser> {
  const user = await studio.user();
  for (let count = 0; count < 10; count += 1) await start(user, `spend-${count}`);
  return user;
}

describe('the Idempotency-Key of a generation', () => {
  it('returns the same generation again, marked as replayed and charged once', async () => {
    const user = await studio.user();
    const first = await start(user, 'k');
    const again = await start(user, '"k"', {
      options: { quality: 'draft', size: 512 },
      prompt: ' a lighthouse keeper ',
      sourceType: 'text_to_image',
    });
    expect(again.status).toBe(202);
    expect(again.body.id).toBe(first.body.id);
    expect(again.headers.get('Idempotent-Replayed')).toBe('true');
    const { body: credits } = await studio.client.ok('readCredits', { token: user.token });
    expect(credits.held).toBe(10);
  });

  it('is refused with another body', async () => {
    const user = await studio.user();
    await start(user, 'k');
    const { body } = await refuse(user, 'k', { ...BODY, prompt: 'a lighthouse' });
    expect(body).toMatchObject({ status: 422, code: 'idempotency_mismatch' });
  });

  it('returns the same generation also when its preset was deleted since', async () => {
    const user = await studio.user();
    const { rows } = await studio.fixture.owner.query<{ id: string }>(
      `INSERT INTO avatar_presets (category, name, prompt) VALUES ('Fantasy', 'Bard', 'A bard') RETURNING id`,
    );
    const body = { sourceType: 'from_preset', presetId: rows[0]!.id };
    const first = await start(user, 'k', body);
    await studio.fixture.owner.query('DELETE FROM avatar_presets WHERE id = $1', [rows[0]!.id]);
    expect((await start(user, 'k', body)).body.id).toBe(first.body.id);
  });

  it('is separate for each account', async () => {
    const [one, other] = [await studio.user(), await studio.user()];
    expect((await start(one, 'k')).body.id).not.toBe((await start(other, 'k')).body.id);
  });

  it('turns fifty concurrent requests into one row, one workflow and one hold', async () => {
    const user = await studio.user();
    const key = uniqueSuffix();
    const answers = await Promise.all(Array.from({ length: 50 }, () => start(user, key)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    const ids = new Set(answers.map(({ body }) => body.id));
    expect(ids.size).toBe(1);
    expect(answers.filter(({ headers }) => headers.get('Idempotent-Replayed') === null)).toHaveLength(1);
    const [id = ''] = ids;
    expect(studio.workflows.starts.get(id)).toBe(1);
    const { body: credits } = await studio.client.ok('readCredits', { token: user.token });
    expect(credits).toEqual({ posted: 100, held: 10, available: 90 });
  });

  it('is refused when it is too long', async () => {
    const user = await studio.user();
    const { body } = await refuse(user, 'x'.repeat(256));
    expect(body.errors?.[0]?.path).toBe('Idempotency-Key');
  });
});

describe('a refused generation request', () => {
  it('names price and available credits, holds nothing, is not listed, and is admitted under its key after a top-up', async () => {
    const user = await userWithoutCredits();
    const { body, headers } = await refuse(user, 'k');
    expect(body).toMatchObject({ status: 402, code: 'insufficient_credits', required: 10, available: 0 });
    expect(headers.get('Retry-After')).toBeNull();
    const list = await studio.client.ok('listGenerations', { token: user.token });
    expect(list.body.meta.total).toBe(10);
    await topup(studio.fixture.database, { accountId: user.accountId, amount: 10, reference: 'pocket money' });
    const admitted = await start(user, 'k');
    expect(admitted.body.status).toBe('pending');
    expect(admitted.headers.get('Idempotent-Replayed')).toBe('true');
  });

  it('is not found by its id', async () => {
    const user = await userWithoutCredits();
    await refuse(user, 'k');
    const { rows } = await studio.fixture.owner.query<{ id: string }>(
      `SELECT id FROM avatar_generations WHERE account_id = $1 AND status = 'requested'`,
      [user.accountId],
    );
    const id = rows[0]!.id;
    for (const name of ['readGeneration', 'readGenerationWorkflow', 'cancelGeneration', 'watchGeneration'] as const) {
      const { body } = await studio.client.problem(name, { token: user.token, id });
      expect(body.code).toBe('not_found');
    }
  });

  it('can be sent again any number of times, with a new admission each time', async () => {
    const user = await userWithoutCredits();
    for (let time = 0; time < 3; time += 1) expect((await refuse(user, 'k')).status).toBe(402);
    await topup(studio.fixture.database, { accountId: user.accountId, amount: 10, reference: randomUUID() });
    expect((await start(user, 'k')).body.status).toBe('pending');
  });

  it('has a Retry-After of the time to midnight UTC at the daily limit', async () => {
    const user = await studio.user();
    await start(user, 'first');
    await exhaustDailyLimit(user);
    const { body, headers } = await refuse(user, 'k');
    expect(body).toMatchObject({ status: 429, code: 'daily_limit' });
    const seconds = Number(headers.get('Retry-After'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(86_400);
    await raiseDailyLimit(user);
    expect((await start(user, 'k')).body.status).toBe('pending');
  });

  it('has a Retry-After when too many generations are unfinished', async () => {
    const user = await studio.user();
    await start(user, 'first');
    await studio.fixture.owner.query('UPDATE accounts SET unfinished_limit = 1 WHERE id = $1', [user.accountId]);
    const { body, headers } = await refuse(user, 'k');
    expect(body).toMatchObject({ status: 429, code: 'too_many_pending' });
    expect(Number(headers.get('Retry-After'))).toBeGreaterThan(0);
  });

  it('is not refused by the outcome of an older admission', async () => {
    const user = await studio.user();
    studio.workflows.staleOutcomes.push({ kind: 'refused', refusal: 'insufficient_credits', admissionNumber: 0 });
    const { body } = await start(user, 'k');
    expect(body.status).toBe('pending');
    expect(await readGeneration(studio.fixture.database, body.id)).toMatchObject({ admissionNumber: 1, refusal: null });
  });

  it('is admitted under its key after its refused row was deleted', async () => {
    const user = await userWithoutCredits();
    await refuse(user, 'k');
    await studio.fixture.owner.query(
      `UPDATE avatar_generations SET created_at = now() - interval '1 day', overdue_at = now() - interval '1 hour' WHERE account_id = $1 AND status = 'requested'`,
      [user.accountId],
    );
    await deleteUnansweredGenerations(studio.fixture.database, { olderThanMs: 60_000, limit: 100 });
    await topup(studio.fixture.database, { accountId: user.accountId, amount: 10, reference: randomUUID() });
    expect((await start(user, 'k')).body.status).toBe('pending');
  });
});

describe('a generation request during an outage', () => {
  it.each(['workers', 'temporal'] as const)(
    'is accepted, listed as requested, and admitted later: %s unavailable',
    async (unavailable) => {
      const user = await studio.user();
      studio.workflows.outage = unavailable;
      const accepted = await start(user, 'k').finally(() => {
        studio.workflows.outage = 'none';
      });
      expect(accepted.body).toMatchObject({ status: 'requested', stage: 'admitting' });
      const list = await studio.client.ok('listGenerations', { token: user.token });
      expect(list.body.data.map(({ id }) => id)).toEqual([accepted.body.id]);
      const { body: credits } = await studio.client.ok('readCredits', { token: user.token });
      expect(credits.held).toBe(0);
      const again = await start(user, 'k');
      expect(again.body).toMatchObject({ id: accepted.body.id, status: 'pending' });
    },
  );
});
