import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '#drizzle/connection/database.ts';
import { readEvents } from '../api/event-reader.ts';
import { captureStatements } from '../lists/capture-statements.ts';
import { AVATAR_COSTS, FOLLOWED_AVATAR_COSTS } from '../support/avatar-costs.ts';
import { countRequests } from '../support/count-requests.ts';
import { readRowCounters, readTransactions } from '../support/database/counters.ts';
import { sharedStack } from '../support/stack.ts';
import { openOneUserStudio, type OneUserStudio } from './one-user-studio.ts';

/** Connections of each of the studio's pools. */
const POOL_SIZE = 20;
/** Long enough that further statements need further connections. */
const HOLD_SECONDS = 0.1;
/** After its avatar is recorded, the staged image is removed without anybody waiting for it. */
const QUIET_MS = 700;
/** The providers' records, which are cached longest, are read again (drizzle/stores/choice-inputs.ts). */
const CACHES_EXPIRED_MS = 5_100;
/** Autovacuum, health checks and expired caches count as well: of several avatars, the cheapest is free of them, and counts. */
const AVATARS_MAX = 8;
const COUNT_TIMEOUT_MS = 150_000;

type Costs = typeof AVATAR_COSTS;
const COSTS = Object.keys(AVATAR_COSTS) as (keyof Costs)[];

let opened: OneUserStudio;
let observer: Client;
let session: Client;
let bucketCalls: () => number;
/** Of API and worker. */
let pools: Database[];

beforeAll(async () => {
  const { databaseAdminUrl, storage } = sharedStack();
  bucketCalls = countRequests(storage.endpoint ?? '');
  opened = await openOneUserStudio();
  pools = [opened.studio.apiDatabase, opened.workerDatabase];
  observer = new Client({ connectionString: databaseAdminUrl });
  session = new Client({ connectionString: opened.database.ownerUrl });
  await Promise.all([observer.connect(), session.connect()]);
});
afterAll(async () => {
  await Promise.all([observer?.end(), session?.end()]);
  await opened?.close();
});

/** Reports all work of its session. One without work on a table has nothing to report, not even its transactions. */
const FLUSH = 'SELECT pg_stat_force_next_flush(), pg_sleep($1), count(*) FROM accounts';
/** Each reading's own transactions in the database: a flush of each connection, and the two statements of the session. */
const OWN_TRANSACTIONS = 2 * POOL_SIZE + 2;

/** Once all connections are open and idle, each gets one of the statements. */
async function flushPools(holdSeconds = 0): Promise<void> {
  const everywhere = pools.flatMap((pool) => Array.from({ length: POOL_SIZE }, () => pool));
  await Promise.all(everywhere.map((pool) => pool.call('test.flush', FLUSH, [holdSeconds])));
}

/** What the server has counted, after every session has reported its work. */
async function readServer(): Promise<Omit<Costs, 'statements'>> {
  // At first, and after a pause in which idle ones were closed.
  while (pools.some((pool) => pool.load().idle < POOL_SIZE)) await flushPools(HOLD_SECONDS);
  await flushPools();
  const { inserted, updated, deleted } = await readRowCounters(session);
  await session.query(FLUSH, [0]);
  return {
    transactions: await readTransactions(observer, new URL(opened.database.url).pathname.slice(1)),
    rowsInserted: inserted,
    rowsUpdated: updated,
    rowsDeleted: deleted,
    bucketCalls: bucketCalls(),
  };
}

/** Resolves when no bucket call was sent for a while. */
async function quiet(): Promise<void> {
  for (let seen = -1; seen !== bucketCalls();) {
    seen = bucketCalls();
    await sleep(QUIET_MS);
  }
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

/** Measures avatars until each cost of one of them is within its limit. @returns what each avatar cost of those that never were */
async function excessOver(limits: Costs): Promise<Partial<Record<keyof Costs, number[]>>> {
  const measured: Costs[] = [];
  const least = (name: keyof Costs) => Math.min(...measured.map((costs) => costs[name]));
  const exceeded = () => COSTS.filter((name) => least(name) > limits[name]);
  do {
    await sleep(CACHES_EXPIRED_MS);
    measured.push(await costsOf(opened.generate));
  } while (measured.length < AVATARS_MAX && exceeded().length > 0);
  // A meter that sees nothing must not pass.
  expect(COSTS.filter((name) => limits[name] > 0 && least(name) === 0)).toEqual([]);
  return Object.fromEntries(exceeded().map((name) => [name, measured.map((costs) => costs[name])]));
}

describe('a delivered avatar', () => {
  it(
    'costs no more statements, transactions, row changes and bucket calls than today',
    { timeout: COUNT_TIMEOUT_MS },
    async () => expect(await excessOver(AVATAR_COSTS)).toEqual({}),
  );

  it('costs no more than today while a page follows it', { timeout: COUNT_TIMEOUT_MS }, async () => {
    const page = await readEvents(`${opened.api.address}/api/v1/events`, opened.user.token);
    try {
      await page.until(({ name }) => name === 'snapshot');
      expect(await excessOver(FOLLOWED_AVATAR_COSTS)).toEqual({});
      await page.until(({ name, data }) => name === 'generation' && data.status === 'completed');
    } finally {
      page.cut();
    }
  });
});
