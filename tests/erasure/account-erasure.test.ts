import { randomBytes, randomUUID } from 'node:crypto';
import { getTableName } from '#drizzle/orm.ts';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StorageFailure } from '#activities/storage/port.ts';
import { uploadObject } from '#domain/generation/object-name.ts';
import { erasureWorkflowId } from '#domain/generation/workflow-id.ts';
import { eraseAccount } from '#drizzle/queries/accounts/erasure.ts';
import { EXPORTED_LISTS } from '#drizzle/queries/accounts/export.ts';
import { addPreset } from '#drizzle/queries/avatars/presets.ts';
import { bindRetryKey } from '#drizzle/queries/generations/retries.ts';
import { insertStoredObjects } from '#drizzle/queries/objects/stored-objects.ts';
import { createTestDatabase, type TestDatabase } from '../support/stack.ts';
import { openStudio, type Studio } from '../support/studio.ts';
import { SCHNELL, type TestUser } from '../support/insert-request.ts';
import { until } from '../support/until.ts';

const SECRET_PROMPT = 'a lighthouse keeper with a secret';

let database: TestDatabase;
let studio: Studio;
let owner: Client;
let bucketUnavailable = false;

beforeAll(async () => {
  database = await createTestDatabase();
  studio = await openStudio({
    database,
    wrapStore: (store) => ({
      ...store,
      async remove(name) {
        if (bucketUnavailable) throw new StorageFailure('unavailable', 'unavailable in this test');
        await store.remove(name);
      },
    }),
  });
  await studio.startWorkers();
  owner = new Client({ connectionString: database.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await studio.close();
  await database.drop();
});

/** A user with rows in every table: one delivered avatar, one failed generation and one that is generating. */
async function userWithEverything(): Promise<{ user: TestUser; delivered: string; generating: string }> {
  const user = await studio.user({ credits: 1_000 });
  const { accountId, projectId } = user;
  await owner.query(`UPDATE accounts SET subject = $2, display_name = 'Ysolde' WHERE id = $1`, [accountId, accountId]);
  const { id: delivered } = await studio.generate(user, { prompt: SECRET_PROMPT });
  await studio.ended(delivered);
  studio.replicate.script({ on: 'prediction', fault: 'nsfw' });
  const { id: refused } = await studio.generate(user, { prompt: SECRET_PROMPT, plan: [SCHNELL] });
  await studio.ended(refused);
  await bindRetryKey(studio.database, {
    id: randomUUID(),
    accountId,
    generationId: refused,
    requestHash: 'a'.repeat(64),
  });
  await addPreset(studio.database, accountId, {
    id: randomUUID(),
    category: 'Mine',
    name: 'Keeper',
    prompt: SECRET_PROMPT,
    personaTemplate: {},
    attributes: {},
    avatarId: null,
    requestHash: 'a'.repeat(64),
  });
  const uploadId = randomUUID();
  const object = uploadObject(accountId, uploadId);
  const bytes = randomBytes(900);
  await insertStoredObjects(studio.database, [
    { name: object, kind: 'upload', accountId, generationId: null, sizeBytes: bytes.length },
  ]);
  await studio.store.write(object, bytes, { contentType: 'image/png', immutable: false });
  // An object without a row.
  await studio.store.write(uploadObject(accountId, randomUUID()), bytes, {
    contentType: 'image/png',
    immutable: false,
  });
  const hash = 'b'.repeat(64);
  await owner.query(
    `WITH a AS (SELECT id, project_id FROM avatars WHERE account_id = $1 LIMIT 1),
       used AS (INSERT INTO avatar_usage_history (account_id, avatar_id, project_id, app_id, app_name, action, reference_id) SELECT $1, id, project_id, 'chat', 'Chat', 'shown', $4 FROM a),
       objection AS (INSERT INTO moderation_objections (account_id, rule, digest, paths, texts, terms) VALUES ($1, 'hate', '${hash}', '{prompt}', ARRAY[$4::text], '{x}')),
       report AS (INSERT INTO avatar_reports (account_id, avatar_id, kind, statement) SELECT $1, id, 'other', $4 FROM a),
       share AS (INSERT INTO avatar_shares (account_id, avatar_id, digest, shows_name, expires_at) SELECT $1, id, '${hash}', true, now() + interval '1 day' FROM a),
       batch AS (INSERT INTO batches (account_id, project_id, size, request_hash) VALUES ($1, $2, 1, '${hash}')),
       strike AS (INSERT INTO abuse_strikes (account_id, kind, cause) VALUES ($1, 'refused_prompt', 'a test')),
       withheld AS (INSERT INTO starter_withholdings (account_id, reason) VALUES ($1, 'network')),
       key AS (INSERT INTO api_keys (account_id, name, start, digest, scopes, expires_at) VALUES ($1, $4, 'avs_', encode(sha256($1::text::bytea), 'hex'), '{avatars:read}', now() + interval '1 day')),
       hook AS (INSERT INTO webhooks (id, account_id, url, events, secret) VALUES (gen_random_uuid(), $1, 'https://example.org/' || $4, '{generation.completed}', 'whsec_x') RETURNING id)
     INSERT INTO uploads (id, account_id, object, mime_type, bytes, width, height, sha256, expires_at)
       VALUES ($3, $1, $5, 'image/png', 900, 300, 300, '${hash}', now() + interval '1 day')`,
    [accountId, projectId, uploadId, SECRET_PROMPT, object],
  );
  studio.replicate.script({ on: 'prediction', fault: 'slow', ms: 60_000 });
  const { id: generating } = await studio.generate(user, { prompt: SECRET_PROMPT, plan: [SCHNELL] });
  await until(() => studio.replicate.ledger().some(({ state }) => state === 'processing' || state === 'starting'));
  return { user, delivered, generating };
}

function erase({ accountId }: TestUser): Promise<boolean> {
  return studio.temporal.generations.erasures.start(accountId);
}

function isErased({ accountId }: TestUser): Promise<boolean> {
  return owner
    .query<{ done: boolean }>('SELECT erasure_done_at IS NOT NULL AS done FROM accounts WHERE id = $1', [accountId])
    .then(({ rows }) => rows[0]!.done);
}

/** Counts an account's rows in every table with an account_id. */
async function countRows(accountId: string): Promise<Record<string, number>> {
  const { rows: tables } = await owner.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
     WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND column_name = 'account_id' ORDER BY 1`,
  );
  const counts: Record<string, number> = {};
  for (const { name } of tables) {
    const { rows } = await owner.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${name} WHERE account_id = $1`, [
      accountId,
    ]);
    counts[name] = rows[0]!.n;
  }
  return counts;
}

/** Tables whose rows stay: only figures and ids, which the ledger and its audit need. */
const RETAINED_TABLES = new Set([
  'avatar_generations',
  'avatar_tombstones',
  'credit_transfers',
  'generation_hour_changes',
  'generation_hours',
  'studio_usage_changes',
  'usage_hours',
  'account_writes',
  // While its streams are open, and those of a process that has died until the next one starts.
  'stream_slots',
]);

describe('account erasure', () => {
  it('removes all rows, texts and objects except the ledger, and releases the hold of a generation in progress', async () => {
    const { user, delivered, generating } = await userWithEverything();
    const stranger = await studio.user();
    const { id: strangersAvatar } = await studio.generate(stranger);
    await studio.ended(strangersAvatar);
    const strangersBefore = await countRows(stranger.accountId);
    const before = await countRows(user.accountId);
    for (const [table, count] of Object.entries(before)) {
      // The erasure of a table that this test leaves empty would not be tested.
      const mayBeEmpty = RETAINED_TABLES.has(table) || table === 'stored_objects' || table === 'webhook_deliveries';
      expect({ table, filled: mayBeEmpty || count > 0 }).toEqual({ table, filled: true });
    }

    expect(await eraseAccount(studio.database, user.accountId)).toBe(true);
    await erase(user);
    await until(() => isErased(user), { what: 'the end of the erasure' });

    const after = await countRows(user.accountId);
    for (const table of Object.keys(after).filter((name) => !RETAINED_TABLES.has(name) && name !== 'stored_objects')) {
      expect({ table, rows: after[table] }).toEqual({ table, rows: 0 });
    }
    const bytes = await owner.query('SELECT name FROM stored_objects WHERE account_id = $1 AND bytes > 0', [
      user.accountId,
    ]);
    expect(bytes.rows).toEqual([]);
    expect((await studio.objects()).filter((name) => name.includes(user.accountId))).toEqual([]);
    const { rows } = await owner.query(
      'SELECT to_jsonb(g)::text AS text FROM avatar_generations g WHERE account_id = $1',
      [user.accountId],
    );
    expect(rows.map(({ text }: { text: string }) => text).join()).not.toContain('lighthouse');

    expect(await studio.transfers(delivered)).toEqual(['reserve', 'capture']);
    expect(await studio.transfers(generating)).toEqual(['reserve', 'release']);
    expect((await studio.credits(user)).held).toBe(0);
    expect(await studio.violations()).toEqual([]);
    await until(() => studio.replicate.ledger().every(({ state }) => state !== 'processing'), { what: 'the cancel' });
    expect(await countRows(stranger.accountId)).toEqual(strangersBefore);
  });

  it('completes after a bucket outage, and when its workflow was terminated or never started', async () => {
    const users = [await studio.user(), await studio.user()] as const;
    const [first, second] = users;
    for (const user of users) {
      const { id } = await studio.generate(user, { prompt: SECRET_PROMPT });
      await studio.ended(id);
      await eraseAccount(studio.database, user.accountId);
    }
    bucketUnavailable = true;
    await erase(first);
    const removing = async () => {
      const left = await countRows(first.accountId);
      return left.avatars === 0 && left.avatar_projects === 0;
    };
    await until(removing, { what: 'the removal of the rows' });
    expect(await isErased(first)).toBe(false);
    await studio.temporal.client.workflow.getHandle(erasureWorkflowId(first.accountId)).terminate('by this test');
    bucketUnavailable = false;
    // The second erasure never started. One round of the reconciler starts both.
    await studio.temporal.client.workflow.execute('reconcile', {
      workflowId: `reconcile-${randomUUID()}`,
      taskQueue: studio.temporal.queues.workflows,
    });
    for (const user of users) await until(() => isErased(user), { what: 'the end of both erasures' });
    const objects = await studio.objects();
    expect(objects.filter((name) => name.includes(first.accountId) || name.includes(second.accountId))).toEqual([]);
    expect(await studio.violations()).toEqual([]);
  });

  it('is recorded once, however often it is requested', async () => {
    const user = await studio.user();
    const outcomes = await Promise.all([1, 2, 3].map(() => eraseAccount(studio.database, user.accountId)));
    expect(outcomes.filter(Boolean)).toHaveLength(1);
    expect(await Promise.all([erase(user), erase(user)])).toEqual([true, true]);
    await until(() => isErased(user), { what: 'the end of the erasure' });
  });

  it('is refused for an account that did not request it', async () => {
    const { accountId } = await studio.user();
    await expect(studio.activities.publish.eraseRows({ accountId })).rejects.toThrow('is not erased');
  });
});

describe('the export of an account', () => {
  it('lists every table with an account_id, except those that say nothing more about the user', async () => {
    const { accountId } = await studio.user();
    const exported = Object.values(EXPORTED_LISTS).map(({ table }) => getTableName(table));
    /** Images are in the archive itself; sums, object names, tombstones, counters, keys, slots and a reason that the profile states
     * add nothing. */
    const notExported = [
      'avatars',
      'stored_objects',
      'avatar_tombstones',
      'abuse_strikes',
      'generation_hour_changes',
      'generation_hours',
      'studio_usage_changes',
      'usage_hours',
      'account_writes',
      'retry_keys',
      'starter_withholdings',
      'stream_slots',
    ];
    expect(Object.keys(await countRows(accountId)).toSorted()).toEqual([...exported, ...notExported].toSorted());
  });
});
