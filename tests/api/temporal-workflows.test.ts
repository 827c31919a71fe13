import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImageProvider } from '#activities/providers/port.ts';
import { createTokenVerifier } from '#api/auth/token-verifier.ts';
import { topup } from '#drizzle/ledger/topup.ts';
import { deleteUnansweredGenerations } from '#drizzle/queries/generations/generation-sweep.ts';
import { encodeHistory } from '../support/history-bytes.ts';
import { createTestDatabase, createTestNamespace, type TestDatabase } from '../support/stack.ts';
import { openStudio, type Studio } from '../support/studio.ts';
import { openTemporalEnvironment, type RunningWorkers } from '../support/temporal-environment.ts';
import { readEvents } from './event-reader.ts';
import { serveApi, type ServedApi, type TestUser } from './serve-api.ts';

const BODY = {
  sourceType: 'text_to_image',
  prompt: 'a signal tower',
  options: { provider: 'illustrator', size: 512 },
} as const;

/** All starter credits of a free account, so that one generation spends them. */
const PRICE = 100;
const POLL_AFTER_MS = 20;
const SWEPT_AFTER_MS = 50;

let urls: TestDatabase;
let studio: Studio;
let api: ServedApi;
let workers: RunningWorkers;
/** While true, no image becomes ready. */
let slow = false;

function slowable(provider: ImageProvider): ImageProvider {
  return {
    ...provider,
    poll: async (...args) => (slow ? { state: 'running', pollAfterMs: POLL_AFTER_MS } : provider.poll(...args)),
  };
}

beforeAll(async () => {
  urls = await createTestDatabase();
  studio = await openStudio({ database: urls, wrapProvider: slowable });
  const { apiDatabase: database, store, temporal } = studio;
  const prices = { generate: PRICE, preset: PRICE, upload: PRICE };
  api = await serveApi({ database, listenUrl: urls.url, workflows: temporal.generations, store, prices });
  workers = await studio.startWorkers();
});
afterAll(async () => {
  await api.stop();
  await studio.close();
  await urls.drop();
});

const requestOf = (user: TestUser, key: string) => ({
  token: user.token,
  id: user.projectId,
  body: BODY,
  headers: { 'Idempotency-Key': key },
});
const start = (user: TestUser, key: string) => api.client.ok('createGeneration', requestOf(user, key));
const refuse = (user: TestUser, key: string) => api.client.problem('createGeneration', requestOf(user, key));

async function stateOf({ token }: TestUser, id: string): Promise<string> {
  return (await api.client.ok('readGenerationWorkflow', { token, id })).body.state;
}

const pay = ({ accountId }: TestUser, reference: string) =>
  topup(studio.database, { accountId, amount: PRICE, reference: `${reference} ${accountId}` });

/** A user who has spent all credits. */
async function userWithoutCredits(): Promise<TestUser> {
  const user = await api.user();
  await studio.ended((await start(user, 'all I have')).body.id);
  return user;
}

describe('POST /projects/:id/generations with real workflows', () => {
  it('gives fifty concurrent requests with one idempotency key one workflow, one hold and one image', async () => {
    const user = await api.user();
    const answers = await Promise.all(Array.from({ length: 50 }, () => start(user, 'k')));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    const ids = [...new Set(answers.map(({ body }) => body.id))];
    expect(ids).toHaveLength(1);
    await studio.ended(ids[0]!);
    expect(await studio.transfers(ids[0]!)).toEqual(['reserve', 'capture']);
    const runs = await studio.temporal.client.workflow.count(`WorkflowId = 'generation-${ids[0]}'`);
    expect(runs.count).toBe(1);
  });

  it('refuses at once without credits, leaves no workflow open, and accepts the same key after a top-up', async () => {
    const user = await userWithoutCredits();
    for (let time = 0; time < 2; time += 1) {
      const { body } = await refuse(user, 'k');
      expect(body).toMatchObject({ status: 402, required: PRICE, available: 0 });
    }
    expect((await api.client.ok('listGenerations', { token: user.token })).body.meta.total).toBe(1);
    const open = `ExecutionStatus = 'Running' AND AccountId = '${user.accountId}'`;
    await expect.poll(async () => (await studio.temporal.client.workflow.count(open)).count).toBe(0);
    await pay(user, 'one more');
    const { body } = await start(user, 'k');
    expect(['pending', 'processing']).toContain(body.status);
    await studio.ended(body.id);
    await expect.poll(() => stateOf(user, body.id)).toBe('COMPLETED');
  });

  it('accepts a key whose refused row was swept, although the closed workflow still exists', async () => {
    const user = await userWithoutCredits();
    await refuse(user, 'k');
    await sleep(SWEPT_AFTER_MS * 2);
    const sweep = () => deleteUnansweredGenerations(studio.database, { olderThanMs: SWEPT_AFTER_MS, limit: 100 });
    expect(await sweep()).toBe(0); // only noted
    await sleep(SWEPT_AFTER_MS);
    expect(await sweep()).toBe(1);
    await pay(user, 'one more');
    const { body, headers } = await start(user, 'k');
    expect(['pending', 'processing']).toContain(body.status);
    expect(headers.get('Idempotent-Replayed')).toBeNull();
    await studio.ended(body.id);
  });

  it('is accepted within seconds without a worker, and generates the avatar once a worker starts', async () => {
    await workers.stop();
    const user = await api.user();
    const { body } = await start(user, 'k');
    expect(body.status).toBe('requested');
    const stream = await readEvents(`${api.address}/api/v1/generations/${body.id}/events`, user.token);
    const snapshot = await stream.until(({ name }) => name === 'snapshot');
    expect(snapshot.data).toMatchObject({ generations: [{ status: 'requested' }] });
    workers = await studio.startWorkers();
    await stream.ended;
    expect(stream.seen.at(-1)).toMatchObject({ name: 'generation', data: { status: 'completed' } });
    const stages = stream.seen.flatMap((event) => (event.name === 'generation' ? [event.data.stage] : []));
    // A stage that has passed before it could be read is left out.
    expect(['queued', 'generating', 'saving', 'done'].filter((stage) => stages.includes(stage as never))).toEqual([
      ...new Set(stages),
    ]);
    expect(stages.at(-1)).toBe('done');
  });

  it('can be cancelled while generating: the credits return, and the reason stays out of the history', async () => {
    slow = true;
    const user = await api.user();
    const { body } = await start(user, 'k');
    const reason = 'my aunt did not like it';
    await api.client.ok('cancelGeneration', { token: user.token, id: body.id, body: { reason } });
    const row = await studio.ended(body.id).finally(() => {
      slow = false;
    });
    expect(row).toMatchObject({ status: 'cancelled', cancelReason: reason });
    expect((await api.client.ok('readCredits', { token: user.token })).body).toMatchObject({
      held: 0,
      available: PRICE,
    });
    const history = await studio.temporal.client.workflow.getHandle(`generation-${body.id}`).fetchHistory();
    const bytes = encodeHistory(history).toString('utf8');
    expect(bytes).toContain('cancelled by user');
    for (const personal of [reason, BODY.prompt, user.subject, 'Test Person']) expect(bytes).not.toContain(personal);
  });

  it('can be moved back in the queue, and the workflow reports the new priority', async () => {
    slow = true;
    const user = await api.user();
    await workers.stop();
    workers = await studio.startWorkers({ generate: 1, publish: 1 });
    const first = await start(user, 'first');
    await pay(user, 'second');
    const second = await start(user, 'second');
    const lowered = { token: user.token, id: second.body.id, body: { priority: 5 } };
    await api.client.ok('setGenerationPriority', lowered);
    const priority = async () => {
      const { body } = await api.client.ok('readGenerationWorkflow', { token: user.token, id: second.body.id });
      return body.status?.priority;
    };
    await expect.poll(priority).toBe(5);
    slow = false;
    for (const { body } of [first, second]) expect((await studio.ended(body.id)).status).toBe('completed');
  });

  it('answers keys 25 hours later, when Temporal has no history of them, without starting anything', async () => {
    const [user, other] = [await api.user(), await api.user()];
    slow = true;
    const { id } = (await start(user, 'cancelled')).body;
    await api.client.ok('cancelGeneration', { token: user.token, id });
    await studio.ended(id);
    slow = false;
    const headers = { 'Idempotency-Key': 'k' };
    const batch = { token: other.token, id: other.projectId, headers, body: { items: [BODY] } };
    const sendTo = async ({ client }: Pick<ServedApi, 'client'>) => {
      const retry = await client.ok('retryGeneration', { token: user.token, id, headers });
      const { body, headers: received } = await client.ok('createBatch', batch);
      const answers = [retry, { body: body.generations[0]!, headers: received }];
      return answers.map((answer) => [answer.body.id, answer.headers.get('Idempotent-Replayed')] as const);
    };
    const first = await sendTo(api);
    for (const [generationId] of first) {
      expect((await studio.ended(generationId)).status).toBe('completed');
      await studio.age(generationId, 25 * 3_600_000);
    }
    // A namespace of its own knows as little as one whose retention has passed, which deletes no sooner than after a day.
    const temporal = await openTemporalEnvironment({ namespace: await createTestNamespace() });
    const { apiDatabase: database, store } = studio;
    const verify = createTokenVerifier(api.tokens.rules);
    const later = await serveApi({ database, listenUrl: urls.url, workflows: temporal.generations, store, verify });
    try {
      expect(await sendTo(later)).toEqual(first.map(([generationId]) => [generationId, 'true']));
      expect((await temporal.client.workflow.count()).count).toBe(0);
    } finally {
      await later.stop();
      await temporal.close();
    }
    for (const [generationId] of first) expect(await studio.transfers(generationId)).toEqual(['reserve', 'capture']);
  });

  it('leaves a ledger without violations', async () => {
    expect(await studio.violations()).toEqual([]);
  });
});
