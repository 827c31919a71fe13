import { describe, expect, it } from 'vitest';
import { markProcessing } from '../../drizzle/queries/generation-progress.ts';
import { release } from '../../drizzle/ledger/release.ts';
import { readGeneration } from '../../drizzle/queries/generations.ts';
import type { TestUser } from '../../tests/api/serve-api.ts';
import { testApi } from '../../tests/api/test-api.ts';

const studio = testApi();
const BODY = { sourceType: 'text_to_image', prompt: 'a clockmaker' } as const;

async function started(person: TestUser, body: object = BODY): Promise<string> {
  const answer = await studio.client.ok('createGeneration', {
    token: person.token,
    id: person.projectId,
    body: { ...body },
  });
  return answer.body.id;
}
async function acceptedOnly(person: TestUser): Promise<string> {
  studio.workflows.away = 'workers';
  return started(person).finally(() => {
    studio.workflows.away = 'nobody';
  });
}
async function whileTemporalIsAway<Result>(work: () => Promise<Result>): Promise<Result> {
  studio.workflows.away = 'temporal';
  return work().finally(() => {
    studio.workflows.away = 'nobody';
  });
}
const fail = (generationId: string) =>
  release(studio.fixture.database, { generationId, status: 'failed', failure: { code: 'deadline', message: 'late' } });
const held = async ({ token }: TestUser) => (await studio.client.ok('readCredits', { token })).body.held;

describe('cancelling', () => {
  it('stops a waiting one, returns the credits, and keeps the reason in words', async () => {
    const person = await studio.person();
    const id = await started(person);
    const { status, body } = await studio.client.ok('cancelGeneration', {
      token: person.token,
      id,
      body: { reason: 'changed my mind' },
    });
    expect(status).toBe(202);
    expect(body.id).toBe(id);
    const after = await studio.client.ok('readGeneration', { token: person.token, id });
    expect(after.body).toMatchObject({ status: 'cancelled', cancelReason: 'changed my mind', creditsReturned: 10 });
    expect(await held(person)).toBe(0);
  });

  it('needs no body', async () => {
    const person = await studio.person();
    const { status } = await studio.client.ok('cancelGeneration', { token: person.token, id: await started(person) });
    expect(status).toBe(202);
  });

  it('is a conflict once it is final', async () => {
    const person = await studio.person();
    const id = await started(person);
    await studio.client.ok('cancelGeneration', { token: person.token, id });
    const { body } = await studio.client.problem('cancelGeneration', { token: person.token, id });
    expect(body).toMatchObject({ status: 409, code: 'conflict' });
  });

  it('settles an accepted one that no workflow runs for, in the database alone, also without Temporal', async () => {
    const person = await studio.person();
    const [one, other] = [await acceptedOnly(person), await acceptedOnly(person)];
    await studio.client.ok('cancelGeneration', { token: person.token, id: one });
    await whileTemporalIsAway(() => studio.client.ok('cancelGeneration', { token: person.token, id: other }));
    for (const id of [one, other]) {
      const { body } = await studio.client.ok('readGeneration', { token: person.token, id });
      expect(body).toMatchObject({ status: 'cancelled', creditsReturned: 0 });
    }
  });

  it('returns the credits of one whose workflow is gone', async () => {
    const person = await studio.person();
    const id = await started(person);
    studio.workflows.running.delete(id);
    await studio.client.ok('cancelGeneration', { token: person.token, id });
    expect(await held(person)).toBe(0);
  });

  it('of one that holds credits waits for Temporal', async () => {
    const person = await studio.person();
    const id = await started(person);
    const { body, headers } = await whileTemporalIsAway(() =>
      studio.client.problem('cancelGeneration', { token: person.token, id }),
    );
    expect(body).toMatchObject({ status: 503, code: 'unavailable' });
    expect(Number(headers.get('Retry-After'))).toBeGreaterThan(0);
    expect(await held(person)).toBe(10);
  });

  it("of somebody else's is not found", async () => {
    const id = await started(await studio.person());
    const { token } = await studio.person({ role: 'admin' });
    expect((await studio.client.problem('cancelGeneration', { token, id })).status).toBe(404);
  });
});

describe('the priority', () => {
  it('may be lowered by its owner, but not raised', async () => {
    const person = await studio.person();
    const id = await started(person);
    const lower = await studio.client.ok('prioritizeGeneration', { token: person.token, id, body: { priority: 5 } });
    expect(lower.body.priority).toBe(5);
    const raise = await studio.client.problem('prioritizeGeneration', {
      token: person.token,
      id,
      body: { priority: 1 },
    });
    expect(raise.body).toMatchObject({ status: 403, code: 'forbidden' });
  });

  it('may be raised by an admin, for anybody', async () => {
    const id = await started(await studio.person());
    const { token } = await studio.person({ role: 'admin' });
    const { body } = await studio.client.ok('prioritizeGeneration', { token, id, body: { priority: 1 } });
    expect(body.priority).toBe(1);
  });

  it('may be raised by a service for the user it speaks for', async () => {
    const person = await studio.person();
    const id = await started(person);
    const token = await studio.tokens.forService({ sub: 'chat', scopes: ['generations:signal'] });
    const headers = { 'X-On-Behalf-Of': person.subject };
    const { body } = await studio.client.ok('prioritizeGeneration', { token, id, headers, body: { priority: 2 } });
    expect(body.priority).toBe(2);
  });

  it('can not be set once it is being painted', async () => {
    const person = await studio.person();
    const id = await started(person);
    await markProcessing(studio.fixture.database, id, { stage: 'generating' });
    const { body } = await studio.client.problem('prioritizeGeneration', {
      token: person.token,
      id,
      body: { priority: 5 },
    });
    expect(body.code).toBe('conflict');
  });

  it('of one that waits for Temporal is set in the database', async () => {
    const person = await studio.person();
    const id = await acceptedOnly(person);
    await whileTemporalIsAway(() =>
      studio.client.ok('prioritizeGeneration', { token: person.token, id, body: { priority: 5 } }),
    );
    expect(await readGeneration(studio.fixture.database, id)).toMatchObject({ priority: 5 });
  });

  it.each([0, 6, 1.5, '1'])('is never %s', async (priority) => {
    const person = await studio.person();
    const id = await started(person);
    const { status } = await studio.client.problem('prioritizeGeneration', {
      token: person.token,
      id,
      body: { priority },
    });
    expect(status).toBe(400);
  });
});

describe('trying again', () => {
  it('makes a failed one anew, with a new hold and a new seed, once per key', async () => {
    const person = await studio.person();
    const id = await started(person);
    await fail(id);
    const headers = { 'Idempotency-Key': 'again' };
    const first = await studio.client.ok('retryGeneration', { token: person.token, id, headers });
    const second = await studio.client.ok('retryGeneration', { token: person.token, id, headers });
    expect(first.body).toMatchObject({ status: 'pending', prompt: BODY.prompt, name: 'A clockmaker' });
    expect(first.body.id).not.toBe(id);
    expect(second.body.id).toBe(first.body.id);
    expect(await held(person)).toBe(10);
    const [old, anew] = [
      await readGeneration(studio.fixture.database, id),
      await readGeneration(studio.fixture.database, first.body.id),
    ];
    expect(anew?.request).toEqual(old?.request);
    expect(anew?.builtPrompt).toBe(old?.builtPrompt);
    expect(anew?.seed).not.toBe(old?.seed);
  });

  it('keeps a seed that was asked for', async () => {
    const person = await studio.person();
    const id = await started(person, { ...BODY, options: { seed: 11 } });
    await fail(id);
    const { body } = await studio.client.ok('retryGeneration', { token: person.token, id });
    expect(body.seed).toBe(11);
  });

  it('of one that is not over is a conflict', async () => {
    const person = await studio.person();
    const { body } = await studio.client.problem('retryGeneration', { token: person.token, id: await started(person) });
    expect(body.code).toBe('conflict');
  });

  it('with a key that was used for another one is refused', async () => {
    const person = await studio.person();
    const [one, other] = [await started(person), await started(person)];
    await fail(one);
    await fail(other);
    const headers = { 'Idempotency-Key': 'k' };
    await studio.client.ok('retryGeneration', { token: person.token, id: one, headers });
    const { body } = await studio.client.problem('retryGeneration', { token: person.token, id: other, headers });
    expect(body.code).toBe('idempotency_mismatch');
  });
});

describe('the workflow itself', () => {
  it('is asked live, and its operators link is for admins', async () => {
    const person = await studio.person();
    const id = await started(person);
    const mine = await studio.client.ok('readGenerationWorkflow', { token: person.token, id });
    expect(mine.body).toMatchObject({ workflowId: `generation-${id}`, state: 'RUNNING', operatorUrl: null });
    const { token } = await studio.person({ role: 'admin' });
    const theirs = await studio.client.ok('readGenerationWorkflow', { token, id });
    expect(theirs.body.operatorUrl).toContain('http');
  });

  it('can not be asked while Temporal is away', async () => {
    const person = await studio.person();
    const id = await started(person);
    const { body } = await whileTemporalIsAway(() =>
      studio.client.problem('readGenerationWorkflow', { token: person.token, id }),
    );
    expect(body.code).toBe('unavailable');
  });
});

describe('a failed generation', () => {
  it('says why, whether to try again, and that the credits are back', async () => {
    const person = await studio.person();
    const id = await started(person);
    await fail(id);
    const { body } = await studio.client.ok('readGeneration', { token: person.token, id });
    expect(body).toMatchObject({
      status: 'failed',
      creditsReturned: 10,
      failure: { code: 'deadline', message: 'late', retryable: true, creditsReturned: 10 },
    });
    expect(body.finishedAt).not.toBeNull();
  });
});
