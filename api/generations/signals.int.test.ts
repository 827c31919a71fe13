import { describe, expect, it } from 'vitest';
import { markProcessing } from '#drizzle/queries/generations/generation-progress.ts';
import { release } from '#drizzle/ledger/release.ts';
import { readGeneration } from '#drizzle/queries/generations/generations.ts';
import type { TestUser } from '#tests/api/serve-api.ts';
import { testApi } from '#tests/api/test-api.ts';

const studio = testApi();
const BODY = { sourceType: 'text_to_image', prompt: 'a clockmaker' } as const;

async function started(user: TestUser, body: object = BODY): Promise<string> {
  const answer = await studio.client.ok('createGeneration', {
    token: user.token,
    id: user.projectId,
    body: { ...body },
  });
  return answer.body.id;
}
async function acceptedOnly(user: TestUser): Promise<string> {
  studio.workflows.outage = 'workers';
  return started(user).finally(() => {
    studio.workflows.outage = 'none';
  });
}
async function whileTemporalIsAway<Result>(work: () => Promise<Result>): Promise<Result> {
  studio.workflows.outage = 'temporal';
  return work().finally(() => {
    studio.workflows.outage = 'none';
  });
}
const fail = (generationId: string) =>
  release(studio.fixture.database, { generationId, status: 'failed', failure: { code: 'deadline', message: 'late' } });
const held = async ({ token }: TestUser) => (await studio.client.ok('readCredits', { token })).body.held;

describe('cancelling', () => {
  it('stops a waiting one, returns the credits, and keeps the reason in words', async () => {
    const user = await studio.user();
    const id = await started(user);
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

  it('needs no body', async () => {
    const user = await studio.user();
    const { status } = await studio.client.ok('cancelGeneration', { token: user.token, id: await started(user) });
    expect(status).toBe(202);
  });

  it('is a conflict once it is final', async () => {
    const user = await studio.user();
    const id = await started(user);
    await studio.client.ok('cancelGeneration', { token: user.token, id });
    const { body } = await studio.client.problem('cancelGeneration', { token: user.token, id });
    expect(body).toMatchObject({ status: 409, code: 'conflict' });
  });

  it('settles an accepted one that no workflow runs for, in the database alone, also without Temporal', async () => {
    const user = await studio.user();
    const [one, other] = [await acceptedOnly(user), await acceptedOnly(user)];
    await studio.client.ok('cancelGeneration', { token: user.token, id: one });
    await whileTemporalIsAway(() => studio.client.ok('cancelGeneration', { token: user.token, id: other }));
    for (const id of [one, other]) {
      const { body } = await studio.client.ok('readGeneration', { token: user.token, id });
      expect(body).toMatchObject({ status: 'cancelled', creditsReturned: 0 });
    }
  });

  it('returns the credits of one whose workflow is gone', async () => {
    const user = await studio.user();
    const id = await started(user);
    studio.workflows.running.delete(id);
    await studio.client.ok('cancelGeneration', { token: user.token, id });
    expect(await held(user)).toBe(0);
  });

  it('of one that holds credits waits for Temporal', async () => {
    const user = await studio.user();
    const id = await started(user);
    const { body, headers } = await whileTemporalIsAway(() =>
      studio.client.problem('cancelGeneration', { token: user.token, id }),
    );
    expect(body).toMatchObject({ status: 503, code: 'unavailable' });
    expect(Number(headers.get('Retry-After'))).toBeGreaterThan(0);
    expect(await held(user)).toBe(10);
  });

  it("of somebody else's is not found", async () => {
    const id = await started(await studio.user());
    const { token } = await studio.user({ role: 'admin' });
    expect((await studio.client.problem('cancelGeneration', { token, id })).status).toBe(404);
  });
});

describe('the priority', () => {
  it('may be lowered by its owner, but not raised', async () => {
    const user = await studio.user();
    const id = await started(user);
    const lower = await studio.client.ok('prioritizeGeneration', { token: user.token, id, body: { priority: 5 } });
    expect(lower.body.priority).toBe(5);
    const raise = await studio.client.problem('prioritizeGeneration', {
      token: user.token,
      id,
      body: { priority: 1 },
    });
    expect(raise.body).toMatchObject({ status: 403, code: 'forbidden' });
  });

  it('may be raised by an admin, for anybody', async () => {
    const id = await started(await studio.user());
    const { token } = await studio.user({ role: 'admin' });
    const { body } = await studio.client.ok('prioritizeGeneration', { token, id, body: { priority: 1 } });
    expect(body.priority).toBe(1);
  });

  it('may be raised by a service for the user it speaks for', async () => {
    const user = await studio.user();
    const id = await started(user);
    const token = await studio.tokens.forService({ sub: 'chat', scopes: ['generations:signal'] });
    const headers = { 'X-On-Behalf-Of': user.subject };
    const { body } = await studio.client.ok('prioritizeGeneration', { token, id, headers, body: { priority: 2 } });
    expect(body.priority).toBe(2);
  });

  it('can not be set once it is being painted', async () => {
    const user = await studio.user();
    const id = await started(user);
    await markProcessing(studio.fixture.database, id, { stage: 'generating' });
    const { body } = await studio.client.problem('prioritizeGeneration', {
      token: user.token,
      id,
      body: { priority: 5 },
    });
    expect(body.code).toBe('conflict');
  });

  it('of one that waits for Temporal is set in the database', async () => {
    const user = await studio.user();
    const id = await acceptedOnly(user);
    await whileTemporalIsAway(() =>
      studio.client.ok('prioritizeGeneration', { token: user.token, id, body: { priority: 5 } }),
    );
    expect(await readGeneration(studio.fixture.database, id)).toMatchObject({ priority: 5 });
  });

  it.each([0, 6, 1.5, '1'])('is never %s', async (priority) => {
    const user = await studio.user();
    const id = await started(user);
    const { status } = await studio.client.problem('prioritizeGeneration', {
      token: user.token,
      id,
      body: { priority },
    });
    expect(status).toBe(400);
  });
});

describe('trying again', () => {
  it('makes a failed one anew, with a new hold and a new seed, once per key', async () => {
    const user = await studio.user();
    const id = await started(user);
    await fail(id);
    const headers = { 'Idempotency-Key': 'again' };
    const first = await studio.client.ok('retryGeneration', { token: user.token, id, headers });
    const second = await studio.client.ok('retryGeneration', { token: user.token, id, headers });
    expect(first.body).toMatchObject({ status: 'pending', prompt: BODY.prompt, name: 'A clockmaker' });
    expect(first.body.id).not.toBe(id);
    expect(second.body.id).toBe(first.body.id);
    expect(await held(user)).toBe(10);
    const [old, anew] = [
      await readGeneration(studio.fixture.database, id),
      await readGeneration(studio.fixture.database, first.body.id),
    ];
    expect(anew?.request).toEqual(old?.request);
    expect(anew?.builtPrompt).toBe(old?.builtPrompt);
    expect(anew?.seed).not.toBe(old?.seed);
  });

  it('keeps a seed that was asked for', async () => {
    const user = await studio.user();
    const id = await started(user, { ...BODY, options: { seed: 11 } });
    await fail(id);
    const { body } = await studio.client.ok('retryGeneration', { token: user.token, id });
    expect(body.seed).toBe(11);
  });

  it('of one that is not over is a conflict', async () => {
    const user = await studio.user();
    const { body } = await studio.client.problem('retryGeneration', { token: user.token, id: await started(user) });
    expect(body.code).toBe('conflict');
  });

  it('with a key that was used for another one is refused', async () => {
    const user = await studio.user();
    const [one, other] = [await started(user), await started(user)];
    await fail(one);
    await fail(other);
    const headers = { 'Idempotency-Key': 'k' };
    await studio.client.ok('retryGeneration', { token: user.token, id: one, headers });
    const { body } = await studio.client.problem('retryGeneration', { token: user.token, id: other, headers });
    expect(body.code).toBe('idempotency_mismatch');
  });
});

describe('the workflow itself', () => {
  it('is asked live, and its operators link is for admins', async () => {
    const user = await studio.user();
    const id = await started(user);
    const mine = await studio.client.ok('readGenerationWorkflow', { token: user.token, id });
    expect(mine.body).toMatchObject({ workflowId: `generation-${id}`, state: 'RUNNING', operatorUrl: null });
    const { token } = await studio.user({ role: 'admin' });
    const theirs = await studio.client.ok('readGenerationWorkflow', { token, id });
    expect(theirs.body.operatorUrl).toContain('http');
  });

  it('can not be asked while Temporal is away', async () => {
    const user = await studio.user();
    const id = await started(user);
    const { body } = await whileTemporalIsAway(() =>
      studio.client.problem('readGenerationWorkflow', { token: user.token, id }),
    );
    expect(body.code).toBe('unavailable');
  });
});

describe('a failed generation', () => {
  it('says why, whether to try again, and that the credits are back', async () => {
    const user = await studio.user();
    const id = await started(user);
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
