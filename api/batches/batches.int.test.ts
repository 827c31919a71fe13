import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { testApi } from '#tests/api/test-api.ts';
import { topup } from '#drizzle/ledger/topup.ts';

const api = testApi();
const REQUEST = { sourceType: 'text_to_image', prompt: 'a tavern keeper' } as const;
const FOUR_SEEDS = { request: REQUEST, count: 4, vary: 'seed' } as const;

type TestUser = Awaited<ReturnType<typeof api.user>>;
const batchOf = (user: TestUser, body: object, key?: string) => ({
  token: user.token,
  id: user.projectId,
  body: body as typeof FOUR_SEEDS,
  ...(key !== undefined && { headers: { 'Idempotency-Key': key } }),
});
const start = (user: TestUser, body: object, key?: string) => api.client.ok('createBatch', batchOf(user, body, key));
const credits = async ({ token }: TestUser) => (await api.client.ok('readCredits', { token })).body;

describe('POST /projects/:id/batches', () => {
  it('holds the credits of all members and lists them in the requested order', async () => {
    const user = await api.user();
    const items = ['one', 'two', 'three'].map((prompt) => ({ ...REQUEST, prompt }));
    const { status, body, headers } = await start(user, { items });
    expect(status).toBe(202);
    expect(headers.get('Location')).toBe(`/api/v1/batches/${body.id}`);
    expect(body.generations.map(({ prompt }) => prompt)).toEqual(['one', 'two', 'three']);
    expect(body.generations.every(({ batchId, priority }) => batchId === body.id && priority === 5)).toBe(true);
    expect(body).toMatchObject({ size: 3, price: 30, refusal: null, counts: { pending: 3, completed: 0 } });
    expect(await credits(user)).toMatchObject({ held: 30, available: 70 });
    const { body: read } = await api.client.ok('readBatch', { token: user.token, id: body.id });
    expect(read).toEqual(body);
  });

  it('counts like its members against the requests of a minute', async () => {
    const user = await api.user();
    const left = async () => (await api.client.ok('readProfile', { token: user.token })).body.limits.requestsLeft;
    const before = await left();
    await start(user, FOUR_SEEDS);
    expect(before - (await left())).toBe(4 + 1);
  });

  it('is not read further when its project does not exist', async () => {
    const user = await api.user();
    const refused = await api.client.problem('createBatch', {
      ...batchOf(user, { items: [{ ...REQUEST, prompt: 'a naked person' }] }),
      id: randomUUID(),
    });
    expect(refused.body.code).toBe('not_found');
  });

  it('varies the seed from the requested one, and the style with one seed for all', async () => {
    const user = await api.user();
    const request = { ...REQUEST, options: { seed: 4_294_967_294 } };
    const seeds = (await start(user, { request, count: 3, vary: 'seed' })).body.generations;
    expect(seeds.map(({ seed }) => seed)).toEqual([4_294_967_294, 4_294_967_295, 0]);
    const styles = (await start(user, { request, vary: ['noir', 'clay'], count: 3 })).body.generations;
    expect(styles.map(({ style, seed }) => [style, seed])).toEqual([
      ['noir', 4_294_967_294],
      ['clay', 4_294_967_294],
      ['noir', 4_294_967_295],
    ]);
    const unseeded = (await start(user, FOUR_SEEDS)).body.generations;
    expect(new Set(unseeded.map(({ seed }) => seed)).size).toBe(4);
  });

  it('refuses the whole batch when the credits do not suffice, and accepts the same key after a top-up', async () => {
    const user = await api.user();
    const eleven = { ...FOUR_SEEDS, count: 11 };
    const { body: problem } = await api.client.problem('createBatch', batchOf(user, eleven, 'k'));
    expect(problem).toMatchObject({ code: 'insufficient_credits', required: 110, available: 100 });
    expect(await credits(user)).toMatchObject({ held: 0, available: 100 });
    expect((await api.client.ok('listGenerations', { token: user.token })).body.meta.total).toBe(0);
    await topup(api.fixture.database, { accountId: user.accountId, amount: 10, reference: 'ten more' });
    const { body } = await start(user, eleven, 'k');
    expect(body.counts).toMatchObject({ pending: 11 });
    expect(await credits(user)).toMatchObject({ held: 110, available: 0 });
  });

  it.each([
    ['daily_limit', 'daily_limit = 3'],
    ['too_many_pending', 'unfinished_limit = 3'],
  ])('answers %s for the whole batch', async (code, change) => {
    const user = await api.user();
    await api.fixture.owner.query(`UPDATE accounts SET ${change} WHERE id = $1`, [user.accountId]);
    const { body, headers } = await api.client.problem('createBatch', batchOf(user, FOUR_SEEDS));
    expect(body.code).toBe(code);
    expect(Number(headers.get('Retry-After'))).toBeGreaterThan(0);
    expect(await credits(user)).toMatchObject({ held: 0 });
  });

  it('creates one batch for concurrent requests with one key, and refuses another body under that key', async () => {
    const user = await api.user();
    const answers = await Promise.all(Array.from({ length: 8 }, () => start(user, FOUR_SEEDS, 'k')));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(await credits(user)).toMatchObject({ held: 40 });
    const again = await start(user, FOUR_SEEDS, 'k');
    expect(again.headers.get('Idempotent-Replayed')).toBe('true');
    const names = ['A tavern keeper', 'A tavern keeper 2', 'A tavern keeper 3', 'A tavern keeper 4'];
    for (const { body } of [...answers, again]) expect(body.generations.map(({ name }) => name)).toEqual(names);
    const { body } = await api.client.problem('createBatch', batchOf(user, { ...FOUR_SEEDS, count: 3 }, 'k'));
    expect(body.code).toBe('idempotency_mismatch');
  });

  it.each([
    ['no items', { items: [] }],
    ['fifty-one items', { items: Array.from({ length: 51 }, () => REQUEST) }],
    ['fifty-one seeds', { ...FOUR_SEEDS, count: 51 }],
    ['no count', { request: REQUEST, vary: 'seed' }],
    ['an unknown style', { request: REQUEST, vary: ['crayon'] }],
    ['both forms', { ...FOUR_SEEDS, items: [REQUEST] }],
    ['an item without a prompt', { items: [{ sourceType: 'text_to_image' }] }],
  ])('refuses %s', async (_what, body) => {
    const user = await api.user();
    expect((await api.client.problem('createBatch', batchOf(user, body))).body.code).toBe('validation_failed');
  });

  it('accepts fifty of the longest bodies, and names the item that refers to a missing preset', async () => {
    const user = await api.user({ tier: 'pro' });
    const long = { ...REQUEST, prompt: '😀'.repeat(1000), persona: { background: '😀'.repeat(1000) } };
    expect((await start(user, { items: Array.from({ length: 50 }, () => long) })).body.size).toBe(50);
    const presetId = '99999999-9999-4999-8999-999999999999';
    const items = [REQUEST, { sourceType: 'from_preset', presetId }];
    const { body } = await api.client.problem('createBatch', batchOf(user, { items }));
    expect(body.errors?.map(({ path }) => path)).toEqual(['items.1.presetId']);
  });

  it('answers 404 in a project of another account', async () => {
    const [user, other] = [await api.user(), await api.user()];
    const { body } = await api.client.problem(
      'createBatch',
      batchOf({ ...user, projectId: other.projectId }, FOUR_SEEDS),
    );
    expect(body.code).toBe('not_found');
  });
});

describe('a batch', () => {
  it('is not found by another account', async () => {
    const [user, other] = [await api.user(), await api.user()];
    const { body } = await start(user, FOUR_SEEDS);
    for (const name of ['readBatch', 'cancelBatch'] as const) {
      const answer = await api.client.problem(name, { token: other.token, id: body.id });
      expect(answer.body.code).toBe('not_found');
    }
  });

  it('returns the credits of its members when it is cancelled, and cannot be cancelled again', async () => {
    const user = await api.user();
    const { body } = await start(user, FOUR_SEEDS);
    const cancelInput = { token: user.token, id: body.id, body: { reason: 'my aunt did not like them' } };
    const { body: cancelled } = await api.client.ok('cancelBatch', cancelInput);
    expect(cancelled.counts).toMatchObject({ cancelled: 4 });
    expect(cancelled.cancelledAt).not.toBeNull();
    expect(cancelled.generations[0]).toMatchObject({ cancelReason: cancelInput.body.reason, creditsReturned: 10 });
    expect(await credits(user)).toMatchObject({ held: 0, available: 100 });
    expect((await api.client.problem('cancelBatch', cancelInput)).body.code).toBe('conflict');
  });

  it('is marked accepted when its admission failed, so that the reconciler starts it and does not drop it', async () => {
    const user = await api.user();
    const admit = api.workflows.batches.admit;
    Object.assign(api.workflows.batches, { admit: async () => ({ kind: 'settled', status: 'requested' }) });
    try {
      const { status, body } = await start(user, FOUR_SEEDS);
      expect(status).toBe(202);
      const { rows } = await api.fixture.owner.query('SELECT accepted_at FROM batches WHERE id = $1', [body.id]);
      expect(rows).toEqual([{ accepted_at: expect.any(Date) }]);
    } finally {
      Object.assign(api.workflows.batches, { admit });
    }
  });

  it('is accepted while no worker responds, is listed as requested, and can be cancelled without Temporal', async () => {
    const user = await api.user();
    api.workflows.outage = 'workers';
    try {
      const { body } = await start(user, FOUR_SEEDS);
      expect(body.counts).toMatchObject({ requested: 4 });
      expect((await api.client.ok('listGenerations', { token: user.token })).body.meta.total).toBe(4);
      api.workflows.outage = 'temporal';
      const { body: cancelled } = await api.client.ok('cancelBatch', { token: user.token, id: body.id });
      expect(cancelled.counts).toMatchObject({ cancelled: 4 });
      expect(await credits(user)).toMatchObject({ held: 0, available: 100 });
    } finally {
      api.workflows.outage = 'none';
    }
  });
});
