import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, type Database } from '#drizzle/connection/database.ts';
import { serverError } from '#drizzle/connection/transient.ts';
import { useDatabase } from '#tests/support/database/fixture.ts';
import { FUNCTION_CALLERS, TABLE_PRIVILEGES } from '#tests/support/database/role-privileges.ts';
import { anAvatar, DEADLINE_MS, newTenant, requested } from '#tests/support/database/world.ts';
import { record } from './ledger/record.ts';
import { release, releaseCancelled } from './ledger/release.ts';
import { reserve } from './ledger/reserve.ts';

const INSUFFICIENT_PRIVILEGE = '42501';
const QUERY_NAME_MAX_LENGTH = 63;
/** Granted to the one role that there was before, and used by no statement. */
const UNUSED =
  /^UPDATE (accounts|avatar_reports|batches|notifications|uploads)\.|^UPDATE avatar_generations\.(built_prompt|plan|request)$|^DELETE (avatar_usage_history|notifications)$|avatar_tombstones/;
const fixture = useDatabase();
const open: Database[] = [];
let api: Database;
let worker: Database;

beforeAll(() => {
  const connect = (role: 'api' | 'worker') => {
    const url = fixture.urls[`${role}Url`];
    const database = createDatabase({ url, applicationName: role, poolSize: 2 });
    open.push(database);
    return database;
  };
  api = connect('api');
  worker = connect('worker');
});
afterAll(() => Promise.all(open.map((database) => database.close())));

/** Functions, by name, with whether the role may call them. Triggers and functions of extensions are left out. */
async function functionsOf(role: string): Promise<Map<string, boolean>> {
  const { rows } = await fixture.owner.query<{ name: string; callable: boolean }>(
    `SELECT p.proname AS name, has_function_privilege($1, p.oid, 'EXECUTE') AS callable FROM pg_proc p
       WHERE p.pronamespace = 'public'::regnamespace AND p.prorettype <> 'trigger'::regtype
         AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')`,
    [role],
  );
  return new Map(rows.map(({ name, callable }) => [name, callable]));
}

/** What the role may do with each table, view and sequence, but the migrations' own, as role-privileges.ts writes it. */
async function tablesOf(role: string): Promise<Record<string, string>> {
  const { rows } = await fixture.owner.query<{ name: string; granted: string }>(
    `SELECT c.relname AS name, coalesce(string_agg(p.name || CASE WHEN has_table_privilege($1, c.oid, p.name) THEN '' ELSE format(' (%s)', columns) END,
         ', ' ORDER BY p.position) FILTER (WHERE columns IS NOT NULL), '') AS granted
     FROM pg_class c
       CROSS JOIN unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) WITH ORDINALITY AS p (name, position)
       CROSS JOIN LATERAL (
         SELECT string_agg(a.attname, ', ' ORDER BY a.attname) AS columns FROM pg_attribute a
         WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
           AND CASE WHEN p.name IN ('DELETE', 'TRUNCATE', 'TRIGGER') THEN has_table_privilege($1, c.oid, p.name)
             ELSE has_column_privilege($1, c.oid, a.attnum, p.name) END) granted
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND c.relname NOT SIMILAR TO 'schema_(migrations|functions)%'
     GROUP BY c.relname`,
    [role],
  );
  return Object.fromEntries(rows.map(({ name, granted }) => [name, granted]));
}

const refused = (database: Database, text: string) =>
  database.call(`roles ${text}`.slice(0, QUERY_NAME_MAX_LENGTH), text, []).then(
    () => 'allowed',
    (error: unknown) => serverError(error)?.code,
  );

/** Any UUID: privileges are checked before rows are looked for. */
const ID = `'${randomUUID()}'`;

describe('the roles of API and worker', () => {
  it('deliver an avatar together: the API requests it, the worker holds, charges and records', async () => {
    const { id } = await requested(api, await newTenant(api));
    expect(await reserve(worker, { generationId: id, deadlineMs: DEADLINE_MS })).toMatchObject({ kind: 'admitted' });
    const [row] = await worker.call<{ account_id: string }>(
      'roles.account',
      'SELECT account_id FROM avatar_generations WHERE id = $1',
      [id],
    );
    expect(await record(worker, id, anAvatar(row!.account_id))).toMatchObject({ kind: 'recorded' });
  });

  it('return credits each in its own way: the API by cancelling, the worker also by failing', async () => {
    const tenant = await newTenant(api);
    const [first, second] = [await requested(api, tenant), await requested(api, tenant)];
    expect(
      await releaseCancelled(api, { generationId: first.id, reason: 'no longer needed', by: 'user' }),
    ).toMatchObject({
      kind: 'released',
    });
    const failure = { code: 'internal', message: 'broken' } as const;
    expect(await release(worker, { generationId: second.id, status: 'failed', failure })).toMatchObject({
      kind: 'released',
    });
  });

  it('may do with tables and views what is stated, and with an object that is not stated nothing passes', async () => {
    const [ofApi, ofWorker] = [await tablesOf('avatar_api'), await tablesOf('avatar_worker')];
    const missing = Object.keys(ofApi).filter((name) => !(name in TABLE_PRIVILEGES));
    expect(missing, 'State in tests/support/database/role-privileges.ts what API and worker do with these').toEqual([]);
    const found = Object.entries(ofApi).map(([name, granted]) => [name, { api: granted, worker: ofWorker[name] }]);
    expect(Object.fromEntries(found)).toEqual(TABLE_PRIVILEGES);
  });

  it('may call the functions of their process, and with a function that is not stated nothing passes', async () => {
    const [ofApi, ofWorker] = [await functionsOf('avatar_api'), await functionsOf('avatar_worker')];
    const missing = [...ofApi.keys()].filter((name) => !(name in FUNCTION_CALLERS));
    expect(missing, 'State in tests/support/database/role-privileges.ts which process calls these').toEqual([]);
    const callers = [...ofApi].map(([name, byApi]) => {
      const roles = [byApi ? 'api' : '', ofWorker.get(name) ? 'worker' : ''].filter((role) => role !== '');
      return [name, roles.join(' and ') || 'none'];
    });
    expect(Object.fromEntries(callers)).toEqual(FUNCTION_CALLERS);
  });

  it.each([
    ['record an avatar', `SELECT record_avatar(${ID}, '{}')`],
    ['hold credits', `SELECT reserve_generation(${ID}, 1)`],
    ['end a generation as failed', `SELECT release_generation(${ID}, 'failed', 'internal', 'x', NULL, NULL)`],
    ['insert an avatar', 'INSERT INTO avatars DEFAULT VALUES'],
    ['change a status', `UPDATE avatar_generations SET status = 'completed'`],
    ['change a balance', 'UPDATE accounts SET posted = 1'],
    ['write the ledger', 'INSERT INTO credit_transfers DEFAULT VALUES'],
    ['record an attempt', 'INSERT INTO provider_attempts DEFAULT VALUES'],
    ['change what was audited', 'UPDATE admin_audit SET act = act'],
    ['delete a hold', 'DELETE FROM credit_transfers'],
    ['read the key of subjects', 'SELECT * FROM subject_keys'],
  ])('do not let the API %s', async (_act, statement) => {
    expect(await refused(api, statement)).toBe(INSUFFICIENT_PRIVILEGE);
  });

  it.each([
    ['open an account', `SELECT open_account('x', NULL, 'free', 1, 1, 1)`],
    ['top up', `SELECT topup_account(${ID}, 1, 'x')`],
    ['refund', `SELECT refund_generation(${ID}, 'x')`],
    ['reject an avatar', `SELECT reject_avatar(${ID}, 'x')`],
    ['begin an erasure', `SELECT erase_account(${ID})`],
    ['request a generation', 'INSERT INTO avatar_generations DEFAULT VALUES'],
    ['read API keys', 'SELECT digest FROM api_keys'],
    ['read what admins did', 'SELECT * FROM admin_audit'],
    ['redirect a webhook', `UPDATE webhooks SET url = 'https://elsewhere.test'`],
    ['pause new generations', 'UPDATE new_generations SET paused = true'],
    ['change a balance', 'UPDATE accounts SET posted = 1'],
    ['rename an avatar', `UPDATE avatars SET name = 'x'`],
    ['read the key of subjects', 'SELECT * FROM subject_keys'],
  ])('do not let the worker %s', async (_act, statement) => {
    expect(await refused(worker, statement)).toBe(INSUFFICIENT_PRIVILEGE);
  });

  // `avatar_app` is a member of both; what only it was granted works in tests, and fails in production.
  it('have between them every privilege of the role of earlier releases, but those that no statement uses', async () => {
    const { rows } = await fixture.owner.query<{ grant: string }>(
      `SELECT format('%s %s.%s', p.name, c.relname, a.attname) AS grant
         FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped,
           unnest(ARRAY['SELECT', 'INSERT', 'UPDATE']) AS p (name)
         WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v') AND has_column_privilege('avatar_app', c.oid, a.attnum, p.name)
           AND NOT has_column_privilege('avatar_api', c.oid, a.attnum, p.name) AND NOT has_column_privilege('avatar_worker', c.oid, a.attnum, p.name)
       UNION ALL
       SELECT format('DELETE %s', c.relname) FROM pg_class c
         WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v') AND has_table_privilege('avatar_app', c.oid, 'DELETE')
           AND NOT has_table_privilege('avatar_api', c.oid, 'DELETE') AND NOT has_table_privilege('avatar_worker', c.oid, 'DELETE')`,
    );
    expect(rows.map(({ grant }) => grant).filter((grant) => !UNUSED.test(grant))).toEqual([]);
    const functions = [...(await functionsOf('avatar_app'))].filter(([name, callable]) => {
      return callable && FUNCTION_CALLERS[name] === 'none';
    });
    // The release before calls them.
    expect(functions.map(([name]) => name).sort()).toEqual(['open_account', 'topup_account']);
  });

  it('neither own anything nor may create it', async () => {
    const client = new Client({ connectionString: fixture.urls.apiUrl });
    await client.connect();
    await expect(client.query('CREATE TABLE mine ()')).rejects.toMatchObject({ code: INSUFFICIENT_PRIVILEGE });
    await client.end();
  });
});
