import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { markAccepted, setPriority } from '../queries/generations/generation-progress.ts';
import { readGeneration } from '../queries/generations/generations.ts';
import { listNotifications } from '../queries/accounts/notifications.ts';
import { record } from '../ledger/record.ts';
import { reserve } from '../ledger/reserve.ts';
import { useDatabase } from '#tests/support/database/fixture.ts';
import { anAvatar, DEADLINE_MS, newTenant, requested } from '#tests/support/database/world.ts';

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
  for (const channel of ['generation', 'credits', 'notification']) await listener.query(`LISTEN ${channel}`);
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
});
