import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { createDatabase } from './database.ts';
import { topup } from '../ledger/topup.ts';
import { readAccount } from '../queries/accounts/accounts.ts';
import { useDatabase } from '#tests/support/database/fixture.ts';
import { silentProxy } from '#tests/support/database/silent-proxy.ts';
import { readLongRun } from '#tests/support/long-run.ts';
import { newTenant } from '#tests/support/database/world.ts';
import { isTemporary, isTransient } from './transient.ts';

/** How often sessions are terminated, ms: far worse than a failing server. */
const KILL_EVERY_MS = 15;
/** Until more sessions are terminated and more writes acknowledged; on a busy machine that takes a while. */
const ENOUGH = readLongRun('matrices') === undefined ? { kills: 80, writes: 60 } : { kills: 800, writes: 600 };
const KILL_MAX_MS = 90_000;
const WRITERS = 16;

const fixture = useDatabase();
const uncaught: unknown[] = [];
const recordUncaught = (error: unknown) => uncaught.push(error);

afterEach(() => {
  process.off('uncaughtExceptionMonitor', recordUncaught);
  process.off('unhandledRejection', recordUncaught);
});

describe('createDatabase', () => {
  it('survives a server that keeps terminating sessions, loses no acknowledged write and works afterwards', async () => {
    process.on('uncaughtExceptionMonitor', recordUncaught);
    process.on('unhandledRejection', recordUncaught);
    const { account } = await newTenant(fixture.database);
    const database = createDatabase({ url: fixture.urls.url, applicationName: 'victim', poolSize: 8 });
    const killer = new Client({ connectionString: fixture.urls.ownerUrl });
    await killer.connect();
    const end = performance.now() + KILL_MAX_MS;
    let kills = 0;
    const acknowledged: string[] = [];
    const isOver = () => performance.now() >= end || (kills > ENOUGH.kills && acknowledged.length > ENOUGH.writes);
    const killing = (async () => {
      while (!isOver()) {
        const { rowCount } = await killer.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'victim' ORDER BY random() LIMIT 2`,
        );
        kills += rowCount ?? 0;
        await sleep(KILL_EVERY_MS);
      }
    })();
    let unanswered = 0;
    const writing = Array.from({ length: WRITERS }, async (_, writer) => {
      for (let i = 0; !isOver(); i += 1) {
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

    expect(kills).toBeGreaterThan(ENOUGH.kills);
    expect(acknowledged.length).toBeGreaterThan(ENOUGH.writes);
    const { rows } = await fixture.owner.query<{ reference: string }>(
      `SELECT reference FROM credit_transfers WHERE account_id = $1 AND reference LIKE 'writer%'`,
      [account.id],
    );
    const stored = new Set(rows.map(({ reference }) => reference));
    expect(acknowledged.filter((reference) => !stored.has(reference))).toEqual([]);
    expect(stored.size - acknowledged.length).toBeLessThanOrEqual(unanswered);
    expect((await readAccount(fixture.database, account.id))!.posted).toBe(100 + stored.size);

    await Promise.all(Array.from({ length: 32 }, () => database.ping()));
    expect(database.load().total).toBeLessThanOrEqual(8);
    await database.close();
    expect(uncaught).toEqual([]);
  });

  it('replaces a connection that dies while idle, and logs it', async () => {
    const messages: string[] = [];
    const log = (message: string) => messages.push(message);
    const database = createDatabase({ url: fixture.urls.url, applicationName: 'idler', poolSize: 1, log });
    await database.ping();
    await fixture.owner.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'idler'`,
    );
    await expect.poll(() => messages).toEqual(['A database connection was lost']);
    await database.ping();
    await database.close();
  });

  it('keeps its connection when the server refuses a statement', async () => {
    const database = createDatabase({ url: fixture.urls.url, applicationName: 'refused', poolSize: 1 });
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

  it('keeps working after DDL changed the result of its prepared statements', async () => {
    const database = createDatabase({ url: fixture.urls.url, applicationName: 'outdated', poolSize: 8 });
    await fixture.owner.query(`CREATE TABLE growing AS SELECT 1 AS a; GRANT SELECT ON growing TO public`);
    const rows = () => database.callOnce('t.growing', 'SELECT * FROM growing, pg_sleep(0.05)', []);
    const all = () => Promise.all(Array.from({ length: 8 }, rows));
    await all();
    expect(database.load().total).toBe(8);
    await fixture.owner.query('ALTER TABLE growing ADD COLUMN b int');
    // Sequentially, so that each call gets a session that has prepared the old statement.
    for (let i = 0; i < 8; i += 1) expect(Object.keys((await rows())[0]!)).toContain('b');
    expect(await all()).toHaveLength(8);
    await database.close();
  });

  it('discards sessions that are read-only, and works at once when the server accepts writes again', async () => {
    const database = createDatabase({ url: fixture.urls.url, applicationName: 'demoted', poolSize: 8 });
    const { account } = await newTenant(database);
    const write = (reference: string) => topup(database, { accountId: account.id, amount: 1, reference });
    const writes = (when: string) => Promise.allSettled(Array.from({ length: 16 }, (_, i) => write(`${when} ${i}`)));
    const setReadOnly = async (value: 'on' | 'off') => {
      const name = new URL(fixture.urls.url).pathname.slice(1);
      await fixture.owner.query(`ALTER DATABASE ${name} SET default_transaction_read_only = ${value}`);
    };
    await writes('before');
    // The default applies to new sessions only, so the existing ones are terminated.
    await setReadOnly('on');
    await fixture.owner.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'demoted'`,
    );
    const refused = await writes('read-only');
    expect(refused.map(({ status }) => status)).toEqual(refused.map(() => 'rejected'));
    expect(refused.every((result) => result.status === 'rejected' && isTemporary(result.reason))).toBe(true);
    await expect(database.ping()).rejects.toThrow('does not accept writes');
    await setReadOnly('off');
    const after = await writes('after');
    expect(after.map(({ status }) => status)).toEqual(after.map(() => 'fulfilled'));
    await database.ping();
    await database.close();
  });

  it('discards a session that turns read-only while it is open', async () => {
    const database = createDatabase({ url: fixture.urls.url, applicationName: 'turned', poolSize: 1 });
    await database.callOnce('t.turn', `SELECT set_config('default_transaction_read_only', 'on', false)`, []);
    const { account } = await newTenant(database);
    expect((await readAccount(database, account.id))!.posted).toBe(100);
    // The first ping fails and discards the session; the next one gets a new session.
    await database.callOnce('t.turn', `SELECT set_config('default_transaction_read_only', 'on', false)`, []);
    await expect(database.ping()).rejects.toThrow('does not accept writes');
    await database.ping();
    await database.close();
  });

  it('reads through read-only sessions when it is opened for a standby', async () => {
    const url = new URL(fixture.urls.url);
    url.searchParams.set('options', '-c default_transaction_read_only=on');
    const database = createDatabase({ url: url.href, applicationName: 'reads', readOnly: true });
    await database.ping();
    await expect(newTenant(database)).rejects.toMatchObject({ code: '25006' });
    await database.close();
  });

  it('limits the time of statements, locks and idle transactions', async () => {
    const rows = await fixture.database.call<{ name: string; setting: string }>(
      't.settings',
      `SELECT name, setting FROM pg_settings WHERE name IN ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout', 'application_name') ORDER BY name`,
      [],
    );
    expect(rows.map(({ setting }) => setting)).toEqual(['test', '10000', '3000', '4000']);
  });

  it('cancels a statement that takes too long, without retrying it', async () => {
    const slow = fixture.database.call('t.slow', 'SELECT pg_sleep(30)', []);
    await expect(slow).rejects.toMatchObject({ code: '57014' });
  });

  it('gives up on a server that is not there', async () => {
    const url = new URL(fixture.urls.url);
    url.port = '1';
    const database = createDatabase({ url: url.href, applicationName: 'unreachable' });
    const failure = await database.ping().catch((error: unknown) => error);
    expect(isTransient(failure)).toBe(true);
    await database.close();
  });

  it('gives up on a server that stops responding, and discards its connections', async () => {
    const proxy = await silentProxy(fixture.urls.url);
    const database = createDatabase({ url: proxy.url, applicationName: 'silent', poolSize: 1 });
    await database.ping();
    proxy.fallSilent();
    const failure = await database.ping().catch((error: unknown) => error);
    expect(isTransient(failure)).toBe(true);
    expect(database.load().total).toBe(0);
    await proxy.close();
    await database.close();
  });

  it('gives up when all of its connections stay busy', async () => {
    const database = createDatabase({ url: fixture.urls.url, applicationName: 'busy', poolSize: 1 });
    const busy = database.call('t.busy', 'SELECT pg_sleep(3.5)', []);
    const waiting = await database.ping().catch((error: unknown) => error);
    expect(waiting).toBeInstanceOf(Error);
    expect(isTransient(waiting)).toBe(true);
    await busy;
    await database.close();
  });
});
