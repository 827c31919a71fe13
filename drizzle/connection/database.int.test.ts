import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { createDatabase } from './database.ts';
import { topup } from '../ledger/topup.ts';
import { readAccount } from '../queries/accounts/accounts.ts';
import { useDatabase } from '#tests/support/database/fixture.ts';
import { silentProxy } from '#tests/support/database/silent-proxy.ts';
import { newTenant } from '#tests/support/database/world.ts';
import { isPassing, isTransient } from './transient.ts';

/** A session dies this often, ms, and this long, ms: far worse than a failing server, for as long as a test may take. */
const KILL_EVERY_MS = 15;
const KILL_FOR_MS = 4_000;
const WRITERS = 16;

const given = useDatabase();
const uncaught: unknown[] = [];
const note = (error: unknown) => uncaught.push(error);

afterEach(() => {
  process.off('uncaughtExceptionMonitor', note);
  process.off('unhandledRejection', note);
});

describe('the pool', () => {
  it('survives a server that keeps ending sessions, loses no acknowledged write and serves afterwards', async () => {
    process.on('uncaughtExceptionMonitor', note);
    process.on('unhandledRejection', note);
    const { account } = await newTenant(given.database);
    const database = createDatabase({ url: given.urls.url, applicationName: 'victim', poolSize: 8 });
    const killer = new Client({ connectionString: given.urls.ownerUrl });
    await killer.connect();
    const end = performance.now() + KILL_FOR_MS;
    let kills = 0;
    const killing = (async () => {
      while (performance.now() < end) {
        const { rowCount } = await killer.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'victim' ORDER BY random() LIMIT 2`,
        );
        kills += rowCount ?? 0;
        await sleep(KILL_EVERY_MS);
      }
    })();
    const acknowledged: string[] = [];
    let unanswered = 0;
    const writing = Array.from({ length: WRITERS }, async (_, writer) => {
      for (let i = 0; performance.now() < end; i += 1) {
        const reference = `writer ${writer} no ${i}`;
        const outcome = await topup(database, { accountId: account.id, amount: 1, reference }).catch(
          (error: unknown) => {
            if (!isTransient(error)) throw error;
            unanswered += 1;
          },
        );
        if (outcome) acknowledged.push(reference);
      }
    });
    await Promise.all([killing, ...writing]);
    await killer.end();

    expect(kills).toBeGreaterThan(50);
    expect(acknowledged.length).toBeGreaterThan(100);
    const { rows } = await given.owner.query<{ reference: string }>(
      `SELECT reference FROM credit_transfers WHERE account_id = $1 AND reference LIKE 'writer%'`,
      [account.id],
    );
    const stored = new Set(rows.map(({ reference }) => reference));
    expect(acknowledged.filter((reference) => !stored.has(reference))).toEqual([]);
    expect(stored.size - acknowledged.length).toBeLessThanOrEqual(unanswered);
    expect((await readAccount(given.database, account.id))!.posted).toBe(100 + stored.size);

    await Promise.all(Array.from({ length: 32 }, () => database.ping()));
    expect(database.load().total).toBeLessThanOrEqual(8);
    await database.close();
    expect(uncaught).toEqual([]);
  });

  it('replaces a connection that dies while nobody uses it, and says so', async () => {
    const lost: string[] = [];
    const log = (message: string) => lost.push(message);
    const database = createDatabase({ url: given.urls.url, applicationName: 'idler', poolSize: 1, log });
    await database.ping();
    await given.owner.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'idler'`);
    await expect.poll(() => lost).toEqual(['A database connection was lost']);
    await database.ping();
    await database.close();
  });

  it('keeps its connection when the server refuses a statement', async () => {
    const database = createDatabase({ url: given.urls.url, applicationName: 'refused', poolSize: 1 });
    const pid = async () =>
      (await database.call<{ pid: number }>('t.pid', 'SELECT pg_backend_pid() AS pid', []))[0]!.pid;
    const before = await pid();
    await expect(database.call('t.bad', 'SELECT 1 / 0', [])).rejects.toMatchObject({ code: '22012' });
    await expect(database.call('t.denied', 'DELETE FROM credit_transfers', [])).rejects.toMatchObject({
      code: '42501',
    });
    expect(await pid()).toBe(before);
    await database.close();
  });

  it('serves on after DDL has changed what its prepared statements return', async () => {
    const database = createDatabase({ url: given.urls.url, applicationName: 'outdated', poolSize: 8 });
    await given.owner.query(`CREATE TABLE growing AS SELECT 1 AS a; GRANT SELECT ON growing TO public`);
    const rows = () => database.callOnce('t.growing', 'SELECT * FROM growing, pg_sleep(0.05)', []);
    const all = () => Promise.all(Array.from({ length: 8 }, rows));
    await all();
    expect(database.load().total).toBe(8);
    await given.owner.query('ALTER TABLE growing ADD COLUMN b int');
    // One after the other: each would meet another session that has prepared the old statement.
    for (let i = 0; i < 8; i += 1) expect(Object.keys((await rows())[0]!)).toContain('b');
    expect(await all()).toHaveLength(8);
    await database.close();
  });

  it('keeps no session that can not write, and answers at once when the server can', async () => {
    const database = createDatabase({ url: given.urls.url, applicationName: 'demoted', poolSize: 8 });
    const { account } = await newTenant(database);
    const write = (reference: string) => topup(database, { accountId: account.id, amount: 1, reference });
    const writes = (when: string) => Promise.allSettled(Array.from({ length: 16 }, (_, i) => write(`${when} ${i}`)));
    const setReadOnly = async (value: 'on' | 'off') => {
      const name = new URL(given.urls.url).pathname.slice(1);
      await given.owner.query(`ALTER DATABASE ${name} SET default_transaction_read_only = ${value}`);
    };
    await writes('before');
    // Sessions that began before are as they were, until they are ended.
    await setReadOnly('on');
    await given.owner.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'demoted'`,
    );
    const refused = await writes('meanwhile');
    expect(refused.map(({ status }) => status)).toEqual(refused.map(() => 'rejected'));
    expect(refused.every((one) => one.status === 'rejected' && isPassing(one.reason))).toBe(true);
    await expect(database.ping()).rejects.toThrow('takes no writes');
    await setReadOnly('off');
    const after = await writes('after');
    expect(after.map(({ status }) => status)).toEqual(after.map(() => 'fulfilled'));
    await database.ping();
    await database.close();
  });

  it('ends a session that turns read-only under it', async () => {
    const database = createDatabase({ url: given.urls.url, applicationName: 'turned', poolSize: 1 });
    await database.callOnce('t.turn', `SELECT set_config('default_transaction_read_only', 'on', false)`, []);
    const { account } = await newTenant(database);
    expect((await readAccount(database, account.id))!.posted).toBe(100);
    // A probe says so once, and the next one gets a session of its own.
    await database.callOnce('t.turn', `SELECT set_config('default_transaction_read_only', 'on', false)`, []);
    await expect(database.ping()).rejects.toThrow('takes no writes');
    await database.ping();
    await database.close();
  });

  it("reads through sessions that can not write where it is a standby's", async () => {
    const url = new URL(given.urls.url);
    url.searchParams.set('options', '-c default_transaction_read_only=on');
    const database = createDatabase({ url: url.href, applicationName: 'reads', readOnly: true });
    await database.ping();
    await expect(newTenant(database)).rejects.toMatchObject({ code: '25006' });
    await database.close();
  });

  it('bounds statements, locks and forgotten transactions in time', async () => {
    const rows = await given.database.call<{ name: string; setting: string }>(
      't.settings',
      `SELECT name, setting FROM pg_settings WHERE name IN ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout', 'application_name') ORDER BY name`,
      [],
    );
    expect(rows.map(({ setting }) => setting)).toEqual(['test', '10000', '3000', '4000']);
  });

  it('gives up a statement that takes too long, without trying it again', async () => {
    const slow = given.database.call('t.slow', 'SELECT pg_sleep(30)', []);
    await expect(slow).rejects.toMatchObject({ code: '57014' });
  });

  it('does not wait for ever for a server that is not there', async () => {
    const url = new URL(given.urls.url);
    url.port = '1';
    const database = createDatabase({ url: url.href, applicationName: 'lonely' });
    const answer = await database.ping().catch((error: unknown) => error);
    expect(isTransient(answer)).toBe(true);
    await database.close();
  });

  it('does not wait for ever for a server that fell silent, and uses none of those connections again', async () => {
    const proxy = await silentProxy(given.urls.url);
    const database = createDatabase({ url: proxy.url, applicationName: 'deaf', poolSize: 1 });
    await database.ping();
    proxy.fallSilent();
    const answer = await database.ping().catch((error: unknown) => error);
    expect(isTransient(answer)).toBe(true);
    expect(database.load().total).toBe(0);
    await proxy.close();
    await database.close();
  });

  it('does not wait for ever when all of its connections are busy', async () => {
    const database = createDatabase({ url: given.urls.url, applicationName: 'busy', poolSize: 1 });
    const busy = database.call('t.busy', 'SELECT pg_sleep(3.5)', []);
    const waiting = await database.ping().catch((error: unknown) => error);
    expect(waiting).toBeInstanceOf(Error);
    expect(isTransient(waiting)).toBe(true);
    await busy;
    await database.close();
  });
});
