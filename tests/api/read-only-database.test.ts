import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/stack.ts';
import { openStudio, type Studio } from '../support/studio.ts';
import { until } from '../support/until.ts';
import { problemOf } from './api-client.ts';
import { serveApi, type ServedApi, type TestUser } from './serve-api.ts';

const READ_ONLY_MS = 2_000;
const REQUESTS = 16;
const IN_FLIGHT = 'a keeper on the stairs';

let database: TestDatabase;
let owner: Client;
let studio: Studio;
let api: ServedApi;
let user: TestUser;

beforeAll(async () => {
  database = await createTestDatabase();
  owner = new Client({ connectionString: database.ownerUrl });
  await owner.connect();
  studio = await openStudio({ database, heartbeatTimeoutMs: 3_000 });
  await studio.startWorkers();
  const { store, temporal } = studio;
  const workflows = temporal.generations;
  api = await serveApi({
    database: studio.database,
    listenUrl: database.url,
    workflows,
    store,
    providers: ['replicate'],
  });
  user = await api.user({ tier: 'pro' });
});
afterAll(async () => {
  await api.stop();
  await studio.close();
  await owner.end();
  await database.drop();
});

/** Makes every new session read-only, as a failover may leave a server behind. */
async function demote(): Promise<void> {
  await owner.query(`ALTER ROLE ${roleOf(database)} SET default_transaction_read_only = on`);
  await owner.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()',
  );
}

async function promote(): Promise<void> {
  await owner.query(`ALTER ROLE ${roleOf(database)} RESET default_transaction_read_only`);
}

/** In this database only: all test databases share the role. */
function roleOf({ url }: TestDatabase): string {
  const { username, pathname } = new URL(url);
  return `${username} IN DATABASE ${pathname.slice(1)}`;
}

const post = (prompt = 'a signal tower') =>
  api.client.raw('createGeneration', {
    token: user.token,
    id: user.projectId,
    body: { sourceType: 'text_to_image', prompt, options: { size: 512 } },
  });
const postAll = () => Promise.all(Array.from({ length: REQUESTS }, () => post()));
const readiness = async () => (await fetch(new URL('/readyz', api.address))).status;

it('the API answers 503 while every database session is read-only, and accepts requests as soon as they can write', async () => {
  studio.replicate.script({ on: 'prediction', fault: 'slow', ms: 1_000 });
  const { id } = (await (await post(IN_FLIGHT)).json()) as { id: string };
  await until(() => studio.replicate.ledger().length === 1);
  await demote();
  await until(async () => (await readiness()) === 503, { what: 'readiness to fail' });
  for (const answer of await postAll()) {
    expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(0);
    expect(await problemOf(answer)).toMatchObject({ status: 503, code: 'unavailable' });
  }
  await sleep(READ_ONLY_MS);
  await promote();

  const accepted = await postAll();
  expect(accepted.map(({ status }) => status)).toEqual(accepted.map(() => 202));
  await until(async () => (await readiness()) === 200, { what: 'readiness to return' });
  // The generation in flight waited and continues with its paid prediction.
  expect((await studio.ended(id)).status).toBe('completed');
  expect(await studio.transfers(id)).toEqual(['reserve', 'capture']);
  expect(studio.replicate.ledger().filter(({ prompt }) => prompt.includes(IN_FLIGHT))).toHaveLength(1);
  expect(await studio.violations()).toEqual([]);
});
