import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BULK_MAX } from '#contract/bulk-avatars.ts';
import { markAccepted, setPriority } from '../queries/generations/generation-progress.ts';
import { readGeneration } from '../queries/generations/generations.ts';
import { listNotifications } from '../queries/accounts/notifications.ts';
import { trashAvatar, updateAvatar } from '../queries/avatars/avatar-change.ts';
import { updateAvatars } from '../queries/avatars/avatar-bulk.ts';
import { record } from '../ledger/record.ts';
import { reserve } from '../ledger/reserve.ts';
import { useDatabase } from '#tests/support/database/fixture.ts';
import { admitted, anAvatar, DEADLINE_MS, newTenant, requested } from '#tests/support/database/world.ts';

const fixture = useDatabase();
let listener: Client;
let received: { channel: string; payload: unknown }[] = [];

beforeAll(async () => {
  // As the application's role: LISTEN needs no privilege.
  listener = new Client({ connectionString: fixture.urls.url });
  listener.on('notification', ({ channel, payload }) =>
    received.push({ channel, payload: JSON.parse(payload ?? 'null') }),
  );
  await listener.connect();
  for (const channel of ['generation', 'credits', 'notification', 'marks']) await listener.query(`LISTEN ${channel}`);
});
afterAll(() => listener.end());

/** The announcements since the last call. A query's result arrives after the notifications that were committed before it. */
async function announcements(): Promise<typeof received> {
  await listener.query('SELECT 1');
  const all = received;
  received = [];
  return all;
}

describe('change announcements', () => {
  it('carry ids and a version for generations, credits and notifications, and leave out unanswered requests', async () => {
    const tenant = await newTenant(fixture.database);
    const accountId = tenant.account.id;
    expect(await announcements()).toEqual([{ channel: 'credits', payload: { accountId } }]);

    const { id } = await requested(fixture.database, tenant);
    expect(await announcements()).toEqual([]);

    const generation = (version: number) => ({ channel: 'generation', payload: { id, accountId, version } });
    await markAccepted(fixture.database, id);
    expect(await announcements()).toEqual([generation(2)]);

    await reserve(fixture.database, { generationId: id, deadlineMs: DEADLINE_MS });
    expect(await announcements()).toEqual([{ channel: 'credits', payload: { accountId } }, generation(3)]);

    await setPriority(fixture.database, id, 5);
    await record(fixture.database, id, anAvatar(accountId));
    const { items } = await listNotifications(fixture.database, accountId, { limit: 1 });
    expect(await announcements()).toEqual([
      generation(4),
      { channel: 'credits', payload: { accountId } },
      generation(5),
      { channel: 'notification', payload: { id: items[0]!.id, accountId } },
    ]);
    expect((await readGeneration(fixture.database, id))!.version).toBe(5);
  });

  it('carry the avatars whose favorite or rating a statement changed, all of an account at once, and no other change', async () => {
    const tenant = await newTenant(fixture.database);
    const accountId = tenant.account.id;
    const { id: generationId } = await admitted(fixture.database, tenant);
    const { id } = anAvatar(accountId);
    await record(fixture.database, generationId, anAvatar(accountId, { id }));
    await announcements();
    await updateAvatar(fixture.database, accountId, id, { name: 'Mira', favorite: false });
    await trashAvatar(fixture.database, accountId, id);
    expect(await announcements()).toEqual([]);
    await updateAvatar(fixture.database, accountId, id, { rating: 4 });
    expect(await announcements()).toEqual([{ channel: 'marks', payload: { accountId, ids: [id] } }]);

    const ids = [id, ...(await copies(id, BULK_MAX - 1))].toSorted();
    const changes = ids.map((each) => ({ id: each, favorite: true }));
    await updateAvatars(fixture.database, accountId, changes);
    expect(await announcements()).toEqual([{ channel: 'marks', payload: { accountId, ids } }]);
    await removeCopies();
  });
});

/** Adds copies of an avatar without the ledger, whose audit covers credits only: these cost none. */
async function copies(id: string, count: number): Promise<string[]> {
  const { rows } = await asReplica(
    `INSERT INTO avatars (id, account_id, project_id, generation_id, name, source_type, image_object, thumbnail_object, width, height, bytes, sha256)
     SELECT u, account_id, project_id, u, 'Copy', source_type, u, 't' || u, width, height, bytes, sha256
     FROM avatars, LATERAL (SELECT gen_random_uuid() AS u FROM generate_series(1, $2::int) WHERE account_id IS NOT NULL) x WHERE id = $1
     RETURNING id`,
    [id, count],
  );
  return rows.map((row) => row.id);
}

const removeCopies = () => asReplica(`DELETE FROM avatars WHERE name = 'Copy'`, []);

/** Without triggers and foreign keys. */
async function asReplica(statement: string, values: unknown[]) {
  await fixture.owner.query(`SET session_replication_role = 'replica'`);
  const result = await fixture.owner.query<{ id: string }>(statement, values);
  await fixture.owner.query(`SET session_replication_role = 'origin'`);
  return result;
}
