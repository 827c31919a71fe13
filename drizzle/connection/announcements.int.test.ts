import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { markAccepted, setPriority } from '../queries/generations/generation-progress.ts';
import { readGeneration } from '../queries/generations/generations.ts';
import { listNotifications } from '../queries/accounts/notifications.ts';
import { record } from '../ledger/record.ts';
import { reserve } from '../ledger/reserve.ts';
import { useDatabase } from '#tests/support/database/fixture.ts';
import { anAvatar, DEADLINE_MS, newTenant, requested } from '#tests/support/database/world.ts';

const given = useDatabase();
let listener: Client;
let heard: { channel: string; payload: unknown }[] = [];

beforeAll(async () => {
  // As the application: listening needs no more than being logged in.
  listener = new Client({ connectionString: given.urls.url });
  listener.on('notification', ({ channel, payload }) =>
    heard.push({ channel, payload: JSON.parse(payload ?? 'null') }),
  );
  await listener.connect();
  for (const channel of ['generation', 'credits', 'notification']) await listener.query(`LISTEN ${channel}`);
});
afterAll(() => listener.end());

/** What was announced since the last call; a query's answer comes after what was committed before it. */
async function announcements(): Promise<typeof heard> {
  await listener.query('SELECT 1');
  const all = heard;
  heard = [];
  return all;
}

describe('a change', () => {
  it('is announced by ids and version, money and news too, and nothing that nobody was told about', async () => {
    const tenant = await newTenant(given.database);
    const accountId = tenant.account.id;
    expect(await announcements()).toEqual([{ channel: 'credits', payload: { accountId } }]);

    const { id } = await requested(given.database, tenant);
    expect(await announcements()).toEqual([]);

    const generation = (version: number) => ({ channel: 'generation', payload: { id, accountId, version } });
    await markAccepted(given.database, id);
    expect(await announcements()).toEqual([generation(2)]);

    await reserve(given.database, { generationId: id, deadlineMs: DEADLINE_MS });
    expect(await announcements()).toEqual([{ channel: 'credits', payload: { accountId } }, generation(3)]);

    await setPriority(given.database, id, 5);
    await record(given.database, id, anAvatar(accountId));
    const { items } = await listNotifications(given.database, accountId, { limit: 1 });
    expect(await announcements()).toEqual([
      generation(4),
      { channel: 'credits', payload: { accountId } },
      generation(5),
      { channel: 'notification', payload: { id: items[0]!.id, accountId } },
    ]);
    expect((await readGeneration(given.database, id))!.version).toBe(5);
  });
});
