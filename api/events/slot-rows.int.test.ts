import { randomUUID } from 'node:crypto';
import { Client, type QueryResultRow } from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { useDatabase } from '#tests/support/database/fixture.ts';
import { createSlotRows, type SlotRows } from './slot-rows.ts';
import { createStreamSlots } from './stream-slots.ts';

const given = useDatabase();
const LIMIT = 5;
/** Of the listening session: see drizzle/connection/listen.ts. */
const STATEMENT_TIMEOUT_MS = 5_000;
let sessions: Client[] = [];
let lastKey = 0;

interface Session {
  readonly key: string;
  readonly client: Client;
  readonly rows: SlotRows;
}

/** The session of another process, as the API's own role. */
async function connect(): Promise<Omit<Session, 'key'>> {
  const client = new Client({ connectionString: given.urls.apiUrl });
  client.on('error', () => undefined);
  await client.connect();
  sessions.push(client);
  const query = async <Row extends QueryResultRow>(text: string, values: readonly unknown[]) =>
    (await client.query<Row>(text, [...values])).rows;
  return { client, rows: createSlotRows({ query }) };
}

async function begin(endedKeys: readonly string[] = []): Promise<Session> {
  const session = { ...(await connect()), key: String((lastKey += 1)) };
  expect(await session.rows.begin(session.key, endedKeys)).toBe(true);
  return session;
}

async function acquire({ rows, key }: Session, accountId: string, slots: number): Promise<number[]> {
  const free = await rows.acquire(key, new Map([[accountId, slots]]), LIMIT);
  return (free ?? []).filter(({ acquired }) => acquired).map(({ slot }) => slot);
}

/** As kill -9 of the process: the server ends the session without a word of the client. */
async function kill({ client }: Session): Promise<void> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  await given.owner.query('SELECT pg_terminate_backend($1, 5000)', [rows[0]!.pid]);
}

const storedSessions = async () =>
  (await given.owner.query<{ session: string }>('SELECT session FROM stream_slots ORDER BY account_id, slot')).rows.map(
    ({ session }) => session,
  );

afterEach(async () => {
  await Promise.all(sessions.splice(0).map((client) => client.end().catch(() => undefined)));
  await given.owner.query('DELETE FROM stream_slots');
});

describe('rows of stream slots', () => {
  it('are given as far as slots of the account are free, and again once they are released', async () => {
    const [first, second] = [await begin(), await begin()];
    const [account, other] = [randomUUID(), randomUUID()];
    expect(await acquire(first, account, 3)).toEqual([1, 2, 3]);
    expect(await acquire(second, account, 3)).toEqual([4, 5]);
    expect(await acquire(second, account, 1)).toEqual([]);
    expect(await acquire(first, account, 1)).toEqual([]);
    expect(await acquire(second, other, 1)).toEqual([1]);
    await first.rows.release(first.key, [{ accountId: account, slot: 2 }]);
    // Another's slot is not released.
    await first.rows.release(first.key, [{ accountId: account, slot: 5 }]);
    expect(await acquire(second, account, 2)).toEqual([2]);
  });

  it('are free at once when their session ends, without any clean-up', async () => {
    const [dying, alive] = [await begin(), await begin()];
    const account = randomUUID();
    expect(await acquire(dying, account, 4)).toHaveLength(4);
    expect(await acquire(alive, account, 5)).toEqual([5]);
    await kill(dying);
    expect(await storedSessions()).toHaveLength(5);
    expect(await acquire(alive, account, 5)).toEqual([1, 2, 3, 4]);
    expect(new Set(await storedSessions())).toEqual(new Set([alive.key]));
  });

  it('of ended sessions are removed when another session begins, also those the server believes alive', async () => {
    const [dying, silent, alive] = [await begin(), await begin(), await begin()];
    for (const session of [dying, silent, alive]) await acquire(session, randomUUID(), 2);
    await kill(dying);
    await begin([silent.key]);
    expect(await storedSessions()).toEqual([alive.key, alive.key]);
  });

  it('of a process that died with ten thousand streams are removed within the time of a statement', async () => {
    await given.owner.query(
      `INSERT INTO stream_slots (account_id, slot, session) SELECT gen_random_uuid(), 1, -1 FROM generate_series(1, 10000)`,
    );
    const { client, rows } = await connect();
    await client.query(`SET statement_timeout = ${STATEMENT_TIMEOUT_MS}`);
    expect(await rows.begin('-2', [])).toBe(true);
    expect(await storedSessions()).toEqual([]);
  });

  it('do not count for a session whose key another one holds', async () => {
    const { key } = await begin();
    const { rows } = await connect();
    expect(await rows.begin(key, [])).toBe(false);
  });

  it('never exceed the limit when processes acquire and release the slots of the same accounts at once', async () => {
    const accounts = Array.from({ length: 8 }, () => randomUUID());
    const processes = await Promise.all(
      [1, 2, 3].map(async () => {
        const slots = createStreamSlots((await connect()).rows);
        slots.sessionStarted();
        return slots;
      }),
    );
    const open = new Map(accounts.map((account) => [account, 0]));
    let [granted, refused, most] = [0, 0, 0];
    const streams = Array.from({ length: 600 }, async (_, index) => {
      const account = accounts[index % accounts.length]!;
      const release = await processes[index % processes.length]!.acquire(account);
      if (release === undefined) return void (refused += 1);
      granted += 1;
      open.set(account, open.get(account)! + 1);
      most = Math.max(most, open.get(account)!);
      await new Promise((resolve) => setTimeout(resolve, index % 7));
      open.set(account, open.get(account)! - 1);
      release();
    });
    await Promise.all(streams);
    expect(most).toBe(LIMIT);
    expect(granted).toBeGreaterThanOrEqual(accounts.length * LIMIT);
    expect(granted + refused).toBe(streams.length);
    await expect.poll(storedSessions).toEqual([]);
  });

  it('add one entry to the lock table for each session, however many there are', async () => {
    const session = await begin();
    const wanted = new Map(Array.from({ length: 500 }, () => [randomUUID(), 2]));
    expect(await session.rows.acquire(session.key, wanted, LIMIT)).toHaveLength(1_000);
    const { rows } = await given.owner.query(
      `SELECT FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    );
    expect(rows).toHaveLength(1);
  });
});
