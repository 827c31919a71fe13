import { describe, expect, it } from 'vitest';
import { markProcessing } from '#drizzle/queries/generations/generation-progress.ts';
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
async function startWithoutWorkers(user: TestUser): Promise<string> {
  studio.workflows.outage = 'workers';
  return start(user).finally(() => {
    studio.workflows.outage = 'none';
  });
}
async function withoutTemporal<Result>(work: () => Promise<Result>): Promise<Result> {
  studio.workflows.outage = 'temporal';
  return work().finally(() => {
    studio.workflows.outage = 'none';
  });
}
const fail = (generationId: string) =>
  release(studio.fixture.database, { generationId, status: 'failed', failure: { code: 'deadline', message: 'late' } });
const held = async ({ token }: TestUser) => (await studio.client.ok('readCredits', { token })).body.held;

describe('POST /generations/:id/cancel', () => {
  it('cancels a waiting generation, returns the credits, and stores the reason', async () => {
    const user = await studio.user();
    const id = await start(user);
    const { status, body } = await studio.client.ok('cancelGeneration', {
      token: user.token,
      id,
      body: { reason: 'changed my mind' },
    });
    expect(status).toBe(202);
    expect(body.id).toBe(id);
    const after = await studio.client.ok('readGeneration', { token: user.token, id });
    expect(after.body).toMatchObject({ status: 'cancelled', cancelReason: 'changed my mind', creditsReturned: 10 });
    expect(await held(user)).toBe(0);
  });

  it('accepts a request without a body', async () => {
    const user = await studio.user();
    const { status } = await studio.client.ok('cancelGeneration', { token: user.token, id: await start(user) });
    expect(status).toBe(202);
  });

  it('answers a conflict once the generation has ended', async () => {
    const user = await studio.user();
    const id = await start(user);
    await studio.client.ok('cancelGeneration', { token: user.token, id });
    const { body } = await studio.client.problem('cancelGeneration', { token: user.token, id });
    expect(body).toMatchObject({ status: 409, code: 'conflict' });
  });

  it('settles an accepted generation without a workflow in the database, also without Temporal', async () => {
    const user = await studio.user();
    const [one, other] = [await startWithoutWorkers(user), await startWithoutWorkers(user)];
    await studio.client.ok('cancelGeneration', { token: user.token, id: one });
    await withoutTemporal(() => studio.client.ok('cancelGeneration', { token: user.token, id: other }));
    for (const id of [one, other]) {
      const { body } = await studio.client.ok('readGeneration', { token: user.token, id });
      expect(body).toMatchObject({ status: 'cancelled', creditsReturned: 0 });
    }
  });

  it('returns the credits of a generation whose workflow no longer exists', async () => {
    const user = await studio.user();
    const id = await start(user);
    studio.workflows.running.delete(id);
    await studio.client.ok('cancelGeneration', { token: user.token, id });
    expect(await held(user)).toBe(0);
  });

  it('answers unavailable without Temporal when the generation holds credits', async () => {
    const user = await studio.user();
    const id = await start(user);
    const { body, headers } = await withoutTemporal(() =>
      studio.client.problem('cancelGeneration', { token: user.token, id }),
    );
    expect(body).toMatchObject({ status: 503, code: 'unavailable' });
    expect(Number(headers.get('Retry-After'))).toBeGreaterThan(0);
    expect(await held(user)).toBe(10);
  });

  it('answers 404 for a generation of another account, also to an admin', async () => {
    const id = await start(await studio.user());
    const { token } = await studio.user({ role: 'admin' });
    expect((await studio.client.problem('cancelGeneration', { token, id })).status).toBe(404);
  });
});

describe('POST /generations/:id/priority', () => {
  it('lets a user lower the priority, but not raise it', async () => {
    const user = await studio.user();
    const id = await start(user);
    const lower = await studio.client.ok('setGenerationPriority', { token: user.token, id, body: { priority: 5 } });
    expect(lower.body.priority).toBe(5);
    const raise = await studio.client.problem('setGenerationPriority', {
      token: user.token,
      id,
      body: { priority: 1 },
    });
    expect(raise.body).toMatchObject({ status: 403, code: 'forbidden' });
  });

  it('lets an admin raise the priority of any generation', async () => {
    const id = await start(await studio.user());
    const { token } = await studio.user({ role: 'admin' });
    const { body } = await studio.client.ok('setGenerationPriority', { token, id, body: { priority: 1 } });
    expect(body.priority).toBe(1);
  });

  it('lets a service raise the priority for the user it acts for', async () => {
    const user = await studio.user();
    const id = await start(user);
    const token = await studio.tokens.forService({ sub: 'chat', scopes: ['generations:signal'] });
    const headers = { 'X-On-Behalf-Of': user.subject };
    const { body } = await studio.client.ok('setGenerationPriority', { token, id, headers, body: { priority: 2 } });
    expect(body.priority).toBe(2);
  });

  it('answers a conflict once the generation is in progress', async () => {
    const user = await studio.user();
    const id = await start(user);
    await markProcessing(studio.fixture.database, id, { stage: 'generating' });
    const { body } = await studio.client.problem('setGenerationPriority', {
      token: user.token,
      id,
      body: { priority: 5 },
    });
    expect(body.code).toBe('conflict');
  });

  it('sets the priority in the database while Temporal is unavailable', async () => {
    const user = await studio.user();
    const id = await startWithoutWorkers(user);
    await withoutTemporal(() =>
      studio.client.ok('setGenerationPriority', { token: user.token, id, body: { priority: 5 } }),
    );
    expect(await readGeneration(studio.fixture.database, id)).toMatchObject({ priority: 5 });
  });

  it.each([0, 6, 1.5, '1'])('refuses the priority %s', async (priority) => {
    const user = await studio.user();
    const id = await start(user);
    const { status } = await studio.client.problem('setGenerationPriority', {
      token: user.token,
      id,
      body: { priority },
    });
    expect(status).toBe(400);
  });
});

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

describe('GET /generations/:id/workflow', () => {
  it('returns the current state, and the link for operators to admins only', async () => {
    const user = await studio.user();
    const id = await start(user);
    const asUser = await studio.client.ok('readGenerationWorkflow', { token: user.token, id });
    expect(asUser.body).toMatchObject({ workflowId: `generation-${id}`, state: 'RUNNING', operatorUrl: null });
    const { token } = await studio.user({ role: 'admin' });
    const asAdmin = await studio.client.ok('readGenerationWorkflow', { token, id });
    expect(asAdmin.body.operatorUrl).toContain('http');
  });

  it('answers unavailable without Temporal', async () => {
    const user = await studio.user();
    const id = await start(user);
    const { body } = await withoutTemporal(() =>
      studio.client.problem('readGenerationWorkflow', { token: user.token, id }),
    );
    expect(body.code).toBe('unavailable');
  });
});

describe('a failed generation', () => {
  it('has the reason, whether a retry makes sense, and the returned credits', async () => {
    const user = await studio.user();
    const id = await start(user);
    await fail(id);
    const { body } = await studio.client.ok('readGeneration', { token: user.token, id });
    expect(body).toMatchObject({
      status: 'failed',
      creditsReturned: 10,
      failure: { code: 'deadline', message: 'late', retryable: true, creditsReturned: 10 },
    });
    expect(body.finishedAt).not.toBeNull();
  });
});
