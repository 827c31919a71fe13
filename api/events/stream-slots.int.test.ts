import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { problemOf } from '#tests/api/api-client.ts';
import { readEvents, type EventReader } from '#tests/api/event-reader.ts';
import { serveApi, type ServedApi, type TestUser } from '#tests/api/serve-api.ts';
import { testApi } from '#tests/api/test-api.ts';

const studio = testApi();
/** Another API process on the same database. */
let other: ServedApi;
let otherRunning = false;
let readers: EventReader[] = [];
let user: TestUser;

beforeEach(async () => {
  const { fixture, workflows, tokens } = studio;
  const { database, urls } = fixture;
  const deps = { database, listenUrl: urls.url, workflows, store: undefined as never, demoTokens: tokens };
  other = await serveApi(deps);
  otherRunning = true;
  user = await studio.user();
});
afterEach(async () => {
  for (const reader of readers.splice(0)) reader.cut();
  if (otherRunning) await other.stop();
});

async function open({ address }: { address: string }): Promise<EventReader> {
  const reader = await readEvents(`${address}/api/v1/events`, user.token);
  if (reader.status === 200) readers.push(reader);
  return reader;
}

async function refused({ address }: { address: string }): Promise<boolean> {
  const response = await fetch(`${address}/api/v1/events`, { headers: { Authorization: `Bearer ${user.token}` } });
  if (response.ok) {
    await response.body?.cancel();
    return false;
  }
  expect(await problemOf(response)).toMatchObject({ status: 429, code: 'rate_limited' });
  return true;
}

/** Rows whose session is connected. */
async function heldSlots(): Promise<number> {
  const { rows } = await studio.fixture.owner.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM stream_slots JOIN pg_locks
         ON locktype = 'advisory' AND mode = 'ExclusiveLock' AND ((classid::bigint << 32) | objid::bigint) = session
       WHERE account_id = $1`,
    [user.accountId],
  );
  return rows[0]!.count;
}

describe('the stream slots of an account', () => {
  it('are counted across API processes, and a released slot can be acquired by any of them', async () => {
    const [first] = await Promise.all([studio, studio, studio, other, other].map(open));
    expect(await refused(studio)).toBe(true);
    expect(await refused(other)).toBe(true);
    first!.cut();
    await expect.poll(() => refused(other)).toBe(false);
  });

  it('are released when a process stops', async () => {
    await Promise.all([other, other, other, other, other].map(open));
    expect(await refused(studio)).toBe(true);
    otherRunning = false;
    await other.stop();
    // Postgres ends the session a moment after its client has gone.
    await expect.poll(heldSlots).toBe(0);
    await Promise.all([studio, studio, studio, studio, studio].map(open));
    expect(readers.slice(5).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  });

  it('are acquired again when the listening session is replaced', async () => {
    await Promise.all([studio, studio, studio, studio, other].map(open));
    await studio.fixture.owner.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE '%listener' AND datname = current_database()`,
    );
    await expect.poll(heldSlots).toBe(5);
    expect(await refused(other)).toBe(true);
  });
});
