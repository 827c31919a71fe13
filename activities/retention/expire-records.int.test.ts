import { randomUUID } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_RETENTION, type RecordKind } from '#domain/configuration/retention.ts';
import { eraseAccount } from '#drizzle/queries/accounts/erasure.ts';
import { ensureSchedules, scheduleIds } from '#temporal/client/schedules.ts';
import { asOwner } from '#tests/support/as-owner.ts';
import type { TestUser } from '#tests/support/insert-request.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/stack.ts';
import { openStudio, type Studio } from '#tests/support/studio.ts';
import { until } from '#tests/support/until.ts';
import type { ImageStore } from '../storage/port.ts';

let database: TestDatabase;
let studio: Studio;
let user: TestUser;
let avatarId: string;
/** Around the bucket, set by a test. */
let wrapped: Partial<ImageStore> = {};

beforeAll(async () => {
  database = await createTestDatabase();
  const wrapStore = (store: ImageStore): ImageStore => ({
    ...store,
    read: (name) => (wrapped.read ?? store.read)(name),
    write: (...args) => (wrapped.write ?? store.write)(...args),
  });
  studio = await openStudio({ database, wrapStore });
  await studio.startWorkers();
});
beforeEach(async () => {
  wrapped = {};
  user = await studio.user();
  const { id } = await studio.generate(user);
  await studio.ended(id);
  [{ avatarId }] = (await owner('SELECT id AS "avatarId" FROM avatars WHERE generation_id = $1', [id])) as [
    { avatarId: string },
  ];
});
afterAll(async () => {
  await studio.close();
  await database.drop();
});

const owner = (statement: string, values: unknown[] = []) =>
  asOwner(database.ownerUrl, async (client) => (await client.query(statement, values)).rows as unknown[]);
const count = async (from: string, values: unknown[]) =>
  ((await owner(`SELECT count(*)::int AS n FROM ${from}`, values)) as [{ n: number }])[0].n;
const expire = (kind: RecordKind) => studio.activities.publish.expireRecords({ kind });
const exportsOf = async (folder: string) => (await studio.store.list(`exports/${folder}/`)).map(({ name }) => name);
const readExport = async (name: string) =>
  gunzipSync(await studio.store.read(name))
    .toString()
    .trimEnd()
    .split('\n')
    .map((row) => JSON.parse(row) as Record<string, unknown>);

/** Adds a use of the avatar, so many days ago and some minutes more. @returns its id */
async function addUse(daysAgo: number, minutes = 0): Promise<string> {
  const [row] = (await owner(
    `WITH at AS (SELECT - make_interval(days => $4, mins => $5) AS ago)
     INSERT INTO avatar_usage_history (id, account_id, avatar_id, project_id, app_id, app_name, action, metadata, created_at)
     SELECT uuidv7(ago), $1, $2, $3, 'chat', 'Chat', 'view', '{"room": "ä"}', now() + ago FROM at RETURNING id`,
    [user.accountId, avatarId, user.projectId, daysAgo, minutes],
  )) as [{ id: string }];
  return row.id;
}
const usesSummed = () => owner('SELECT sum(uses)::int AS n FROM usage_hours WHERE account_id = $1', [user.accountId]);
const usesStored = () => count('avatar_usage_history WHERE account_id = $1', [user.accountId]);

describe('old uses', () => {
  it('are exported by month, read back, and deleted; the sums stay', async () => {
    const [early, late] = [await addUse(500), await addUse(450)];
    const young = await addUse(DEFAULT_RETENTION.usage - 1);
    expect([await expire('usage'), await expire('usage'), await expire('usage')]).toEqual([1, 1, 0]);
    const names = await exportsOf(user.accountId);
    expect(names).toHaveLength(2);
    const rows = (await Promise.all(names.map(readExport))).flat();
    expect(rows.map(({ id }) => id)).toEqual([early, late]);
    expect(rows[0]).toMatchObject({ account_id: user.accountId, avatar_id: avatarId, metadata: { room: 'ä' } });
    for (const [index, name] of names.entries())
      expect(name).toContain(`/usage/${String(rows[index]!['created_at']).slice(0, 7)}/`);
    expect(await owner('SELECT id FROM avatar_usage_history WHERE account_id = $1', [user.accountId])).toEqual([
      { id: young },
    ]);
    expect(await usesSummed()).toEqual([{ n: 3 }]);
    expect(await studio.metric('avatar_expired_records_total', { kind: 'usage' })).toBeGreaterThanOrEqual(2);
  });

  it('stay when their export does not read back', async () => {
    await addUse(500);
    await addUse(500, 1);
    const whole = studio.store.read;
    wrapped = {
      read: async (name) =>
        gzipSync(
          `${
            gunzipSync(await whole(name))
              .toString()
              .split('\n')[0]
          }\n`,
        ),
    };
    await expect(expire('usage')).rejects.toThrow('has 1 of 2 records');
    expect(await usesStored()).toBe(2);
    wrapped = {};
    expect(await expire('usage')).toBe(2);
    expect(await exportsOf(user.accountId)).toHaveLength(1);
  });

  it('stay when the bucket is unavailable', async () => {
    await addUse(500);
    wrapped = { write: () => Promise.reject(new Error('bucket unavailable')) };
    await expect(expire('usage')).rejects.toThrow('bucket unavailable');
    expect(await usesStored()).toBe(1);
    wrapped = {};
    expect(await expire('usage')).toBe(1);
  });

  it('are deleted with the avatar as before, which moves their sum', async () => {
    await addUse(500);
    expect(await expire('usage')).toBe(1);
    await addUse(1);
    await owner('DELETE FROM avatars WHERE id = $1', [avatarId]);
    const sums = await owner(
      'SELECT sum(uses)::int AS uses, sum(deleted_uses)::int AS deleted FROM usage_hours WHERE account_id = $1',
      [user.accountId],
    );
    expect(sums).toEqual([{ uses: 1, deleted: 1 }]);
  });
});

describe('exports of an account', () => {
  it('are removed when the account is erased', async () => {
    await addUse(500);
    await expire('usage');
    expect(await exportsOf(user.accountId)).toHaveLength(1);
    await eraseAccount(studio.database, user.accountId);
    const account = { accountId: user.accountId };
    for (let removed = 1; removed > 0;) ({ removed } = await studio.activities.publish.eraseRows(account));
    for (let removed = 1; removed > 0;) ({ removed } = await studio.activities.publish.removeAllObjects(account));
    expect(await exportsOf(user.accountId)).toEqual([]);
  });

  it('are removed by the export itself when the account was erased since its rows were read', async () => {
    await addUse(500);
    const { write } = studio.store;
    wrapped = {
      async write(...args) {
        await eraseAccount(studio.database, user.accountId);
        return write(...args);
      },
    };
    expect(await expire('usage')).toBe(0);
    expect(await exportsOf(user.accountId)).toEqual([]);
  });
});

describe('old deliveries', () => {
  it('are exported and deleted once they have ended', async () => {
    const webhookId = randomUUID();
    await owner('INSERT INTO webhooks (id, account_id, url, events, secret) VALUES ($1, $2, $3, $4, $5)', [
      webhookId,
      user.accountId,
      'https://example.com',
      ['generation.completed'],
      'sealed',
    ]);
    const add = (state: string, daysAgo: number) =>
      owner(
        `INSERT INTO webhook_deliveries (id, webhook_id, account_id, event, generation_id, state, created_at, ended_at)
         SELECT uuidv7(make_interval(days => -$4::int)), $1, $2, 'generation.completed', gen_random_uuid(), $3, at, CASE WHEN $3 <> 'waiting' THEN at END
         FROM (SELECT now() - make_interval(days => $4) AS at) AS times`,
        [webhookId, user.accountId, state, daysAgo],
      );
    await add('delivered', 45);
    await add('dead', 45);
    await add('waiting', 45);
    await add('delivered', 20);
    expect([await expire('deliveries'), await expire('deliveries')]).toEqual([2, 0]);
    const [name] = await exportsOf(user.accountId);
    expect((await readExport(name!)).map(({ state }) => state).toSorted()).toEqual(['dead', 'delivered']);
    expect(await count('webhook_deliveries WHERE webhook_id = $1', [webhookId])).toBe(2);
  });
});

describe('old entries of the audit log', () => {
  it('are exported with their outcomes and deleted; nobody else can shorten the log', async () => {
    const ids = [randomUUID(), randomUUID()];
    for (const [index, id] of ids.entries())
      await owner(
        `INSERT INTO admin_audit (id, actor_id, act, request_id, created_at)
         VALUES ($1, gen_random_uuid(), 'reconcile.trigger', 'r', now() - make_interval(days => $2))`,
        [id, [800, 1][index]],
      );
    await owner("INSERT INTO admin_audit_outcomes (audit_id, outcome, status) VALUES ($1, 'done', 200)", [ids[0]]);
    await expect(owner('DELETE FROM admin_audit WHERE id = $1', [ids[0]])).rejects.toThrow('append-only');
    await expect(owner('DELETE FROM admin_audit_outcomes WHERE audit_id = $1', [ids[0]])).rejects.toThrow(
      'append-only',
    );
    expect([await expire('audit'), await expire('audit')]).toEqual([1, 0]);
    const [name] = await exportsOf('studio');
    expect(await readExport(name!)).toMatchObject([{ id: ids[0], outcome: { outcome: 'done', status: 200 } }]);
    expect(await count('admin_audit WHERE id = ANY ($1)', [ids])).toBe(1);
    await expect(owner('DELETE FROM admin_audit WHERE id = $1', [ids[1]])).rejects.toThrow('append-only');
  });
});

describe('old notifications', () => {
  it('are deleted by the workflow that the Schedule starts', async () => {
    await ensureSchedules(studio.temporal.client, studio.temporal.queues);
    const ids = scheduleIds(studio.temporal.queues);
    await owner(
      `INSERT INTO notifications (id, account_id, kind, created_at)
       SELECT uuidv7(make_interval(days => -ago)), $1, 'webhook_disabled', now() - make_interval(days => ago) FROM unnest(ARRAY[200, 170]) AS ago`,
      [user.accountId],
    );
    const stored = () => count("notifications WHERE account_id = $1 AND kind = 'webhook_disabled'", [user.accountId]);
    await studio.temporal.client.schedule.getHandle(ids.find((id) => id.startsWith('expire-records'))!).trigger();
    await until(async () => (await stored()) === 1, { what: 'the deletion of the older one' });
    expect(await stored()).toBe(1);
    for (const id of ids) await studio.temporal.client.schedule.getHandle(id).delete();
  });
});
