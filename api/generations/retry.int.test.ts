import { describe, expect, it } from 'vitest';
import { record } from '#drizzle/ledger/record.ts';
import { release } from '#drizzle/ledger/release.ts';
import { topup } from '#drizzle/ledger/topup.ts';
import { readGeneration } from '#drizzle/queries/generations/generations.ts';
import type { TestUser } from '#tests/api/serve-api.ts';
import { testApi } from '#tests/api/test-api.ts';
import { anAvatar } from '#tests/support/database/world.ts';

const studio = testApi();
const BODY = { sourceType: 'text_to_image', prompt: 'a clockmaker' } as const;

async function start(user: TestUser, body: object = BODY): Promise<string> {
  const answer = await studio.client.ok('createGeneration', {
    token: user.token,
    id: user.projectId,
    body: { ...body },
  });
  return answer.body.id;
}
const fail = (generationId: string) =>
  release(studio.fixture.database, { generationId, status: 'failed', failure: { code: 'deadline', message: 'late' } });
const held = async ({ token }: TestUser) => (await studio.client.ok('readCredits', { token })).body.held;

describe('POST /generations/:id/retry', () => {
  it('starts a failed generation again, with a new hold and a new seed, once per key', async () => {
    const user = await studio.user();
    const id = await start(user);
    await fail(id);
    const headers = { 'Idempotency-Key': 'again' };
    const first = await studio.client.ok('retryGeneration', { token: user.token, id, headers });
    const second = await studio.client.ok('retryGeneration', { token: user.token, id, headers });
    expect(first.body).toMatchObject({ status: 'pending', prompt: BODY.prompt, name: 'A clockmaker' });
    expect(first.body.id).not.toBe(id);
    expect(second.body.id).toBe(first.body.id);
    expect(await held(user)).toBe(10);
    const [failed, retried] = [
      await readGeneration(studio.fixture.database, id),
      await readGeneration(studio.fixture.database, first.body.id),
    ];
    expect(retried?.request).toEqual(failed?.request);
    expect(retried?.builtPrompt).toBe(failed?.builtPrompt);
    expect(retried?.seed).not.toBe(failed?.seed);
  });

  const retry = ({ token }: TestUser, id: string, key: string) =>
    studio.client.ok('retryGeneration', { token, id, headers: { 'Idempotency-Key': key } });
  const countOf = async ({ token }: TestUser) => (await studio.client.ok('listGenerations', { token })).body.meta.total;
  const shown = async ({ token }: TestUser, id: string) =>
    (await studio.client.ok('readGeneration', { token, id })).body;

  it('has one successor, which answers every further retry while it is unfinished and once it has completed', async () => {
    const user = await studio.user();
    const id = await start(user);
    await fail(id);
    const answers = await Promise.all(Array.from({ length: 8 }, (_, device) => retry(user, id, `device ${device}`)));
    const ids = new Set(answers.map(({ body }) => body.id));
    expect([ids.size, await held(user), await countOf(user)]).toEqual([1, 10, 2]);
    expect(answers.filter(({ headers }) => headers.get('Idempotent-Replayed') === null)).toHaveLength(1);
    const [successor = ''] = ids;
    expect([(await shown(user, id)).retriedAs, (await shown(user, successor)).retryOf]).toEqual([successor, id]);
    await record(studio.fixture.database, successor, anAvatar(user.accountId));
    const { body } = await retry(user, id, 'a day later');
    expect(body).toMatchObject({ id: successor, status: 'completed' });
    expect((await studio.client.ok('readCredits', { token: user.token })).body).toMatchObject({ posted: 90, held: 0 });
  });

  it('is retried again after its successor has failed too, but not by a key that was answered before', async () => {
    const user = await studio.user();
    const id = await start(user);
    await fail(id);
    const { body: second } = await retry(user, id, 'phone');
    expect((await retry(user, id, 'laptop')).body.id).toBe(second.id);
    await fail(second.id);
    for (const key of ['phone', 'laptop'])
      expect((await retry(user, id, key)).body).toMatchObject({ id: second.id, status: 'failed' });
    expect(await held(user)).toBe(0);
    const { body: third } = await retry(user, id, 'a new press');
    expect([third.retryOf, await held(user), await countOf(user)]).toEqual([second.id, 10, 3]);
    expect((await retry(user, second.id, 'on the second card')).body.id).toBe(third.id);
    const other = await start(user);
    await fail(other);
    const headers = { 'Idempotency-Key': 'laptop' };
    const mismatch = await studio.client.problem('retryGeneration', { token: user.token, id: other, headers });
    expect(mismatch.body.code).toBe('idempotency_mismatch');
  });

  it('admits the refused retry after a top-up, whatever the key', async () => {
    const user = await studio.user();
    const id = await start(user);
    await fail(id);
    for (let count = 0; count < 10; count += 1) await start(user);
    for (const key of ['phone', 'laptop']) {
      const headers = { 'Idempotency-Key': key };
      const refused = await studio.client.problem('retryGeneration', { token: user.token, id, headers });
      expect(refused.body.code).toBe('insufficient_credits');
    }
    expect((await shown(user, id)).retriedAs).toBeNull();
    await topup(studio.fixture.database, { accountId: user.accountId, amount: 10, reference: 'pocket money' });
    const { body } = await retry(user, id, 'laptop');
    expect([body.status, (await retry(user, id, 'phone')).body.id]).toEqual(['pending', body.id]);
    expect([(await shown(user, id)).retriedAs, await held(user)]).toEqual([body.id, 110]);
  });

  it('uses the requested seed again', async () => {
    const user = await studio.user();
    const id = await start(user, { ...BODY, options: { seed: 11 } });
    await fail(id);
    const { body } = await studio.client.ok('retryGeneration', { token: user.token, id });
    expect(body.seed).toBe(11);
  });

  it('answers a conflict while the generation has not ended', async () => {
    const user = await studio.user();
    const { body } = await studio.client.problem('retryGeneration', { token: user.token, id: await start(user) });
    expect(body.code).toBe('conflict');
  });

  it('refuses a key that was used for another generation', async () => {
    const user = await studio.user();
    const [one, other] = [await start(user), await start(user)];
    await fail(one);
    await fail(other);
    const headers = { 'Idempotency-Key': 'k' };
    await studio.client.ok('retryGeneration', { token: user.token, id: one, headers });
    const { body } = await studio.client.problem('retryGeneration', { token: user.token, id: other, headers });
    expect(body.code).toBe('idempotency_mismatch');
  });
});
