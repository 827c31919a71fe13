import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, type Database } from '#drizzle/connection/database.ts';
import { useDatabase } from '../support/database/fixture.ts';
import { createLedgerWorkflows } from './ledger-workflows.ts';
import { problemOf } from './api-client.ts';
import { serveApi, type ServedApi } from './serve-api.ts';

const POOL_SIZE = 2;
/** Longer than a request waits for a connection, shorter than the statement timeout. */
const SLOW_SECONDS = 3.6;
const REQUESTS = 20;
/** Time for the statements to acquire their connections. */
const SETTLE_MS = 200;

const fixture = useDatabase();
let database: Database;
let api: ServedApi;

beforeAll(async () => {
  database = createDatabase({ url: fixture.urls.url, poolSize: POOL_SIZE, applicationName: 'small' });
  const workflows = createLedgerWorkflows(database);
  api = await serveApi({ database, listenUrl: fixture.urls.url, workflows, store: undefined as never });
});
afterAll(async () => {
  await api.stop();
  await database.close();
});

describe('a database whose connections are all busy', () => {
  it('makes the API answer 503 with Retry-After after a bounded wait, and serves again as soon as one is free', async () => {
    const { token } = await api.user();
    const slow = Array.from({ length: POOL_SIZE }, () =>
      database.call('t.slow', 'SELECT pg_sleep($1)', [SLOW_SECONDS]),
    );
    const answers = await Promise.all(Array.from({ length: REQUESTS }, () => api.client.raw('readCredits', { token })));
    // The connections are still busy: no request waited for their release.
    expect(database.load()).toMatchObject({ total: POOL_SIZE, idle: 0 });
    for (const answer of answers) {
      expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(0);
      expect(await problemOf(answer)).toMatchObject({ status: 503, code: 'unavailable' });
    }
    await Promise.all(slow);
    expect((await api.client.ok('readCredits', { token })).status).toBe(200);
    expect(database.load()).toMatchObject({ waiting: 0 });
  });

  it('refuses at once when too many callers already wait for a connection', async () => {
    const slow = Array.from({ length: POOL_SIZE }, () => database.call('t.slow', 'SELECT pg_sleep($1)', [1]));
    await sleep(SETTLE_MS);
    const queued = Array.from({ length: 50 * POOL_SIZE }, () => database.ping());
    await expect(database.ping()).rejects.toThrow('Too many callers wait for a connection');
    await Promise.all([...slow, ...queued]);
    await database.ping();
  });
});
