import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, type Database } from '#drizzle/connection/database.ts';
import { serverError } from '#drizzle/connection/transient.ts';
import { useDatabase } from '#tests/support/database/fixture.ts';
import { anAvatar, DEADLINE_MS, newTenant, requested } from '#tests/support/database/world.ts';
import { asRole } from '#tests/support/stack.ts';
import { record } from './ledger/record.ts';
import { release, releaseCancelled } from './ledger/release.ts';
import { reserve } from './ledger/reserve.ts';

const INSUFFICIENT_PRIVILEGE = '42501';
/** Granted to the one role that there was before, and used by no statement. */
const UNUSED =
  /^UPDATE (accounts|batches|notifications|uploads)\.|^UPDATE avatar_generations\.(built_prompt|plan|request)$|^DELETE (avatar_usage_history|notifications)$|avatar_tombstones/;
const fixture = useDatabase();
const open: Database[] = [];
let api: Database;
let worker: Database;

beforeAll(() => {
  const connect = (role: 'api' | 'worker') => {
    const database = createDatabase({ url: asRole(fixture.urls.url, role), applicationName: role, poolSize: 2 });
    open.push(database);
    return database;
  };
  api = connect('api');
  worker = connect('worker');
});
afterAll(() => Promise.all(open.map((database) => database.close())));

/** Functions that a role may call, sorted; those of extensions and of PostgreSQL itself are left out. */
async function functionsOf(role: string): Promise<string[]> {
  const { rows } = await fixture.owner.query<{ name: string }>(
    `SELECT p.proname AS name FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.prorettype <> 'trigger'::regtype
       AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
       AND has_function_privilege($1, p.oid, 'EXECUTE') ORDER BY 1`,
    [role],
  );
  return rows.map(({ name }) => name);
}

/** What a role may do with tables and views, down to the columns. */
async function tablePrivilegesOf(role: string): Promise<string[]> {
  const { rows } = await fixture.owner.query<{ grant: string }>(
    `SELECT format('%s %s.%s', p.privilege, c.relname, a.attname) AS grant
       FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped,
         unnest(ARRAY['SELECT', 'INSERT', 'UPDATE']) AS p(privilege)
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v') AND has_column_privilege($1, c.oid, a.attnum, p.privilege)
     UNION ALL
     SELECT format('%s %s', p.privilege, c.relname) FROM pg_class c, unnest(ARRAY['DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) AS p(privilege)
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v') AND has_table_privilege($1, c.oid, p.privilege)`,
    [role],
  );
  return rows.map(({ grant }) => grant);
}

const refused = (database: Database, text: string) =>
  database.call(`roles ${text}`, text, []).then(
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

  it('may call their own functions only', async () => {
    expect(await functionsOf('avatar_api')).toEqual([
      'add_preset',
      'approve_avatar',
      'cancel_generation',
      'delete_project',
      'empty_project',
      'erase_account',
      'open_account',
      'payment_key',
      'refund_generation',
      'reject_avatar',
      'report_refused_prompt',
      'store_upload',
      'topup_account',
    ]);
    expect(await functionsOf('avatar_worker')).toEqual([
      'delete_unanswered_batches',
      'delete_unanswered_generations',
      'erase_rows',
      'finish_erasure',
      'record_avatar',
      'release_generation',
      'reserve_batch',
      'reserve_generation',
      'reserve_provider_budget',
    ]);
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

  // Otherwise it works with `npm start` and fails in production.
  it('have between them every privilege of the role that `npm start` uses', async () => {
    const roles = ['avatar_api', 'avatar_worker'];
    const granted = async (read: (role: string) => Promise<string[]>) =>
      new Set((await Promise.all(roles.map(read))).flat());
    const [functions, tables] = [await granted(functionsOf), await granted(tablePrivilegesOf)];
    expect((await functionsOf('avatar_app')).filter((name) => !functions.has(name))).toEqual([]);
    const only = (await tablePrivilegesOf('avatar_app')).filter((grant) => !tables.has(grant));
    expect(only.filter((grant) => !UNUSED.test(grant))).toEqual([]);
  });

  it('neither own anything nor may create it', async () => {
    const client = new Client({ connectionString: asRole(fixture.urls.url, 'api') });
    await client.connect();
    await expect(client.query('CREATE TABLE mine ()')).rejects.toMatchObject({ code: INSUFFICIENT_PRIVILEGE });
    await client.end();
  });
});
