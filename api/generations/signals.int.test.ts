import { describe, expect, it } from 'vitest';
import { markProcessing } from '#drizzle/queries/generations/generation-progress.ts';
import { release } from '#drizzle/ledger/release.ts';
import { readGeneration } from '#drizzle/queries/generations/generations.ts';
import type { TestUser } from '#tests/api/serve-api.ts';
import { testApi } from '#tests/api/test-api.ts';

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
