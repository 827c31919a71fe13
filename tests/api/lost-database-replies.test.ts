import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Problem } from '#contract/problem.ts';
import type { RouteName } from '#contract/routes.ts';
import { record } from '#drizzle/ledger/record.ts';
import { createGcsImageStore } from '#activities/storage/gcs-image-store.ts';
import { useDatabase } from '../support/database/fixture.ts';
import { createLossyDatabase, type LossyDatabase } from '../support/database/lossy-database.ts';
import { anAvatar } from '../support/database/world.ts';
import { createTestBucket } from '../support/stack.ts';
import { photo } from '../uploads/images.ts';
import { sendRejectedImage } from '../uploads/send-image.ts';
import { createLedgerWorkflows, type LedgerWorkflows } from './ledger-workflows.ts';
import { serveApi, type ServedApi, type TestUser } from './serve-api.ts';

const GENERATION = { sourceType: 'text_to_image', prompt: 'a baker with a red scarf' } as const;
const BATCH = { items: [GENERATION, GENERATION] };

const fixture = useDatabase({ poolSize: 8 });
/** The API's connection to Postgres; workers have their own. */
let database: LossyDatabase;
let workflows: LedgerWorkflows;
let api: ServedApi;

beforeAll(async () => {
  database = createLossyDatabase(fixture.database);
  workflows = createLedgerWorkflows(fixture.database);
  const { bucket, endpoint, clientEmail, privateKey } = await createTestBucket();
  const credentials = { clientEmail: clientEmail!, privateKey: privateKey! };
  const store = createGcsImageStore({ bucket, endpoint, credentials });
  const losesDatabaseAfter = <Signal extends (...args: never[]) => Promise<boolean>>(send: Signal) =>
    (async (...args) => {
      const sent = await send(...args);
      if (failsAfterSignal) database.goAway();
      return sent;
    }) as Signal;
  api = await serveApi({
    database,
    listenUrl: fixture.urls.url,
    workflows: {
      ...workflows,
      // Not spread: these functions read the stand-in's current state.
      admit: (start) => workflows.admit(start),
      cancel: losesDatabaseAfter(workflows.cancel),
      setPriority: losesDatabaseAfter(workflows.setPriority),
      batches: { ...workflows.batches, cancel: losesDatabaseAfter(workflows.batches.cancel) },
    },
    store,
  });
});
afterEach(() => {
  database.comeBack();
  workflows.outage = 'none';
  failsAfterSignal = false;
});
afterAll(async () => {
  await api.stop();
});

let failsAfterSignal = false;

const heldOf = async ({ token }: TestUser) => (await api.client.ok('readCredits', { token })).body.held;

interface ApiCall {
  readonly route: RouteName;
  readonly id?: string;
  readonly token: string;
  readonly body?: Record<string, unknown>;
}

async function cancelled(user: TestUser): Promise<string> {
  const { token, projectId: id } = user;
  const { body } = await api.client.ok('createGeneration', { token, id, body: GENERATION });
  await api.client.ok('cancelGeneration', { token, id: body.id });
  return body.id;
}

describe('a request whose database fails right after the insert', () => {
  it.each([
    [
      'a generation',
      'generations.insert',
      async ({ token, projectId: id }: TestUser): Promise<ApiCall> => ({
        route: 'createGeneration',
        token,
        id,
        body: GENERATION,
      }),
      10,
    ],
    [
      'a retry',
      'generations.insert',
      async (user: TestUser): Promise<ApiCall> => ({
        route: 'retryGeneration',
        token: user.token,
        id: await cancelled(user),
      }),
      10,
    ],
    [
      'a batch',
      'batches.insert',
      async ({ token, projectId: id }: TestUser): Promise<ApiCall> => ({
        route: 'createBatch',
        token,
        id,
        body: BATCH,
      }),
      20,
    ],
  ])('%s is answered with its id', async (_what, statement, requestOf, held) => {
    const user = await api.user();
    const { route, ...request } = await requestOf(user);
    database.goAwayAt(statement, 'answered');
    const answer = await api.client.raw(route, request);
    expect(answer.status).toBe(202);
    const { id } = (await answer.json()) as { id: string };
    database.comeBack();
    const read = route === 'createBatch' ? 'readBatch' : 'readGeneration';
    expect((await api.client.ok(read, { token: user.token, id })).body.id).toBe(id);
    expect(await heldOf(user)).toBe(held);
  });

  it.each(['createGeneration', 'createBatch'] as const)(
    '%s is answered without an admission outcome, and the request is marked accepted',
    async (route) => {
      const user = await api.user();
      const { token, projectId } = user;
      workflows.outage = 'workers';
      database.goAwayAt(route === 'createBatch' ? 'batches.insert' : 'generations.insert', 'answered');
      const answer = await api.client.raw(route, {
        token,
        id: projectId,
        body: route === 'createBatch' ? BATCH : GENERATION,
      });
      expect(answer.status).toBe(202);
      const { id } = (await answer.json()) as { id: string };
      database.comeBack();
      const read = route === 'createBatch' ? 'readBatch' : 'readGeneration';
      // Only accepted requests are readable, and the reconciler starts what is accepted.
      await expect.poll(async () => (await api.client.raw(read, { token, id })).status).toBe(200);
    },
  );
});

describe('a write whose database reply is lost', () => {
  const lost = async (statement: string, { route, ...request }: ApiCall): Promise<Problem> => {
    database.goAwayAt(statement, 'lost');
    const { body } = await api.client.problem(route, request);
    database.comeBack();
    return body;
  };

  it.each(['createGeneration', 'retryGeneration'] as const)(
    '%s is answered with 503 and its generation id, and holds no credits',
    async (route) => {
      const user = await api.user();
      const { token, projectId } = user;
      const id = route === 'createGeneration' ? projectId : await cancelled(user);
      const { status, generationId } = await lost('generations.insert', {
        route,
        token,
        id,
        ...(route === 'createGeneration' && { body: GENERATION }),
      });
      expect(status).toBe(503);
      const { rows } = await fixture.owner.query('SELECT status, accepted_at FROM avatar_generations WHERE id = $1', [
        generationId,
      ]);
      expect(rows).toEqual([{ status: 'requested', accepted_at: null }]);
      expect(await heldOf(user)).toBe(0);
    },
  );

  it('createBatch is answered with 503 and the batch id', async () => {
    const { token, projectId: id } = await api.user();
    const { status, batchId } = await lost('batches.insert', { route: 'createBatch', token, id, body: BATCH });
    const { rows } = await fixture.owner.query('SELECT size FROM batches WHERE id = $1', [batchId]);
    expect([status, rows]).toEqual([503, [{ size: 2 }]]);
  });

  it('createTopup is answered with 503 and its reference, and a repetition adds no credits', async () => {
    const user = await api.user();
    const token = await api.tokens.forService({ sub: 'till', scopes: ['credits:write'] });
    const body = { userId: user.subject, amount: 50, reference: randomUUID() };
    expect(await lost('ledger.topup', { route: 'createTopup', token, body })).toMatchObject({
      status: 503,
      reference: body.reference,
    });
    expect((await api.client.ok('createTopup', { token, body })).body.available).toBe(150);
  });

  it('refundGeneration is answered with 503 and its generation id, and a repetition returns no more credits', async () => {
    const user = await api.user();
    const { token } = await api.user({ role: 'admin' });
    const { body: generation } = await api.client.ok('createGeneration', {
      token: user.token,
      id: user.projectId,
      body: GENERATION,
    });
    await record(fixture.database, generation.id, anAvatar(user.accountId));
    const body = { generationId: generation.id, reason: 'six fingers' };
    const request = { route: 'refundGeneration', token, id: user.accountId, body } as const;
    expect(await lost('ledger.refund', request)).toMatchObject({ status: 503, generationId: generation.id });
    expect((await api.client.ok('refundGeneration', request)).body.credits).toMatchObject({ posted: 100 });
  });

  it('createPreset is answered with 503 and the preset id', async () => {
    const { token } = await api.user();
    const body = { name: 'Mine', prompt: 'a ranger at dusk' };
    const { status, presetId } = await lost('presets.add', { route: 'createPreset', token, body });
    expect(status).toBe(503);
    expect((await api.client.ok('readPreset', { token, id: presetId! })).body.name).toBe('Mine');
  });

  it.each([
    ['uploadAvatar', 'generations.insert', 'generationId', 'avatar_generations'],
    ['createUpload', 'uploads.insert', 'uploadId', 'uploads'],
  ] as const)('of an image (%s) names what may be kept', async (route, statement, name, table) => {
    const { token, projectId: id } = await api.user();
    const image = await (await photo(1)).jpeg().toBuffer();
    database.goAwayAt(statement, 'lost');
    const { body } = await sendRejectedImage(api.address, route, { token, id, image });
    expect(body.status).toBe(503);
    const { rowCount } = await fixture.owner.query(`SELECT FROM ${table} WHERE id = $1`, [body[name]]);
    expect(rowCount).toBe(1);
  });
});

describe('a signal whose database fails right after it was sent', () => {
  it.each([
    ['cancelGeneration', undefined],
    ['setGenerationPriority', { priority: 5 }],
  ] as const)('%s is answered with 202', async (route, body) => {
    const { token, projectId } = await api.user();
    const { body: created } = await api.client.ok('createGeneration', { token, id: projectId, body: GENERATION });
    failsAfterSignal = true;
    expect((await api.client.raw(route, { token, id: created.id, ...(body && { body }) })).status).toBe(202);
    database.comeBack();
    const { body: now } = await api.client.ok('readGeneration', { token, id: created.id });
    expect(now).toMatchObject(route === 'cancelGeneration' ? { status: 'cancelled' } : { priority: 5 });
  });

  it('cancelBatch is answered with 202', async () => {
    const { token, projectId } = await api.user();
    const { body: created } = await api.client.ok('createBatch', { token, id: projectId, body: BATCH });
    failsAfterSignal = true;
    expect((await api.client.raw('cancelBatch', { token, id: created.id })).status).toBe(202);
    database.comeBack();
    expect((await api.client.ok('readBatch', { token, id: created.id })).body.counts.cancelled).toBe(2);
  });
});
