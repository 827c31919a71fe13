import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generationWorkflowId } from '#domain/generation/workflow-id.ts';
import { readEvents } from '../api/event-reader.ts';
import { serveApi, type ServedApi, type TestUser } from '../api/serve-api.ts';
import { captureStatements } from '../lists/capture-statements.ts';
import { countRequests } from '../support/count-requests.ts';
import { readRowCounters, readTransactions } from '../support/database/counters.ts';
import { createTestDatabase, createTestNamespace, sharedStack, type TestDatabase } from '../support/stack.ts';
import { openStudio, type Studio } from '../support/studio.ts';
import { billedActions } from '../support/temporal-actions.ts';

/** Heartbeats are sent after two thirds of this, so a provider that takes longer costs one more action. */
const HEARTBEAT_TIMEOUT_MS = 30_000;
/** Connections of the studio's pool, which the API shares. */
const POOL_SIZE = 20;
/** Long enough that all of them run the statement at once. */
const FLUSH_SECONDS = 0.1;
/** After its avatar is recorded, the staged image is removed without anybody waiting for it. */
const QUIET_MS = 700;
/** The providers' records, which are cached longest, are read again (drizzle/stores/choice-inputs.ts). */
const CACHES_EXPIRED_MS = 5_100;
/** Autovacuum, health checks and expired caches count as well: of several avatars, the cheapest is free of them. */
const AVATARS_MAX = 8;
const COUNT_TIMEOUT_MS = 150_000;

/**
 * Today's costs of one avatar from POST to delivery, by a fake Replicate, with empty caches. They don't depend on the machine; who
 * lowers one lowers its limit. Statements are those that the pool sent, transactions and rows are Postgres' own counters, and bucket
 * calls are HTTP requests. Of several avatars, the cheapest counts. One of the updates is the request counter's, which starts with an
 * insert now and then.
 */
const LIMITS = { statements: 11, transactions: 11, rowsInserted: 11, rowsUpdated: 10, rowsDeleted: 0, bucketCalls: 4 };
/** The same while a page follows the account's events: what changed is read whenever something has. */
const PAGE_LIMITS = { ...LIMITS, statements: 14, transactions: 14 };
type Costs = typeof LIMITS;
const COSTS = Object.keys(LIMITS) as (keyof Costs)[];

let database: TestDatabase;
let observer: Client;
let session: Client;
let studio: Studio;
let api: ServedApi;
let user: TestUser;
let namespace: string;
let bucketCalls: () => number;

beforeAll(async () => {
  [database, namespace] = await Promise.all([createTestDatabase(), createTestNamespace()]);
  const { databaseAdminUrl, storage } = sharedStack();
  observer = new Client({ connectionString: databaseAdminUrl });
  session = new Client({ connectionString: database.ownerUrl });
  await Promise.all([observer.connect(), session.connect()]);
  bucketCalls = countRequests(storage.endpoint ?? '');
  studio = await openStudio({
    database,
    temporal: { namespace },
    heartbeatTimeoutMs: HEARTBEAT_TIMEOUT_MS,
    generationTimeoutMs: 60_000,
    // Each poll costs a statement: as many as in production.
    longestPollPauseMs: Infinity,
  });
  await studio.startWorkers();
  const { generations: workflows } = studio.temporal;
  // A session that listens counts a transaction for each commit that notifies, and reports them now and then: not with each avatar.
  const listenUrl = database.apiUrl;
  api = await serveApi({ database: studio.apiDatabase, listenUrl, workflows, store: studio.store });
  // A free user's credits pay for too few avatars.
  user = await api.user({ tier: 'pro' });
  await generate();
});
afterAll(async () => {
  await api?.stop();
  await studio?.close();
  await Promise.all([observer?.end(), session?.end()]);
  await database?.drop();
});

/** Sends the POST and waits for the workflow's end, which costs neither a statement nor an action. */
async function generate(): Promise<void> {
  const { body } = await api.client.ok('createGeneration', {
    token: user.token,
    id: user.projectId,
    body: { sourceType: 'text_to_image', prompt: 'a lighthouse keeper', options: { provider: 'flux', size: 512 } },
  });
  const workflow = studio.temporal.client.workflow.getHandle(generationWorkflowId(body.id));
  expect(await workflow.result()).toBe('completed');
}

async function actionsOf(work: () => Promise<void>): Promise<number> {
  const sum = (actions: Map<string, number>) => [...actions.values()].reduce((total, count) => total + count, 0);
  const before = sum(await billedActions(namespace));
  await work();
  return sum(await billedActions(namespace)) - before;
}

/** Resolves when no bucket call was sent for a while. */
async function quiet(): Promise<void> {
  for (let seen = -1; seen !== bucketCalls();) {
    seen = bucketCalls();
    await sleep(QUIET_MS);
  }
}

/** Reports all work of its session. One without work on a table has nothing to report, not even its transactions. */
const FLUSH = 'SELECT pg_stat_force_next_flush(), pg_sleep($1), count(*) FROM avatar_presets';
/** Each reading's own transactions in the database: a flush of each connection, and the two statements of the session. */
const OWN_TRANSACTIONS = POOL_SIZE + 2;

/** What the server has counted, after every session has reported its work. */
async function readServer(): Promise<Omit<Costs, 'statements'>> {
  const flush = () => studio.database.call('test.flush', FLUSH, [FLUSH_SECONDS]);
  await Promise.all(Array.from({ length: POOL_SIZE }, flush));
  expect(studio.database.load().total).toBe(POOL_SIZE);
  const { inserted, updated, deleted } = await readRowCounters(session);
  await session.query(FLUSH, [0]);
  return {
    transactions: await readTransactions(observer, new URL(database.url).pathname.slice(1)),
    rowsInserted: inserted,
    rowsUpdated: updated,
    rowsDeleted: deleted,
    bucketCalls: bucketCalls(),
  };
}

async function costsOf(work: () => Promise<void>): Promise<Costs> {
  const before = await readServer();
  const statements = await captureStatements(async () => {
    await work();
    await quiet();
  });
  const after = await readServer();
  return {
    statements: statements.length,
    transactions: after.transactions - before.transactions - OWN_TRANSACTIONS,
    rowsInserted: after.rowsInserted - before.rowsInserted,
    rowsUpdated: after.rowsUpdated - before.rowsUpdated,
    rowsDeleted: after.rowsDeleted - before.rowsDeleted,
    bucketCalls: after.bucketCalls - before.bucketCalls,
  };
}

describe('a delivered avatar', () => {
  it('costs at most five billed Temporal actions', async () => {
    const actions = await actionsOf(generate);
    expect(actions).toBeGreaterThan(0);
    expect(actions).toBeLessThanOrEqual(5);
  });

  it('costs at most six billed Temporal actions when the provider takes thirty seconds', async () => {
    studio.replicate.script({ on: 'prediction', fault: 'slow', ms: 30_000 });
    expect(await actionsOf(generate)).toBeLessThanOrEqual(6);
  });

  it(
    'costs no more statements, transactions, row changes and bucket calls than today',
    { timeout: COUNT_TIMEOUT_MS },
    async () => expect(await excessOver(LIMITS)).toEqual({}),
  );

  it('costs no more than today while a page follows it', { timeout: COUNT_TIMEOUT_MS }, async () => {
    const page = await readEvents(`${api.address}/api/v1/events`, user.token);
    try {
      await page.until(({ name }) => name === 'snapshot');
      expect(await excessOver(PAGE_LIMITS)).toEqual({});
      const completed = page.seen.filter(({ name, data }) => name === 'generation' && data.status === 'completed');
      expect(completed.length).toBeGreaterThan(0);
    } finally {
      page.cut();
    }
  });
});

/** Measures avatars until each cost of one of them is within its limit. @returns what each avatar cost of those that never were */
async function excessOver(limits: Costs): Promise<Partial<Record<keyof Costs, number[]>>> {
  const measured: Costs[] = [];
  const least = (name: keyof Costs) => Math.min(...measured.map((costs) => costs[name]));
  const exceeded = () => COSTS.filter((name) => least(name) > limits[name]);
  do {
    await sleep(CACHES_EXPIRED_MS);
    measured.push(await costsOf(generate));
  } while (measured.length < AVATARS_MAX && exceeded().length > 0);
  // A meter that sees nothing must not pass.
  expect(COSTS.filter((name) => limits[name] > 0 && least(name) === 0)).toEqual([]);
  return Object.fromEntries(exceeded().map((name) => [name, measured.map((costs) => costs[name])]));
}
