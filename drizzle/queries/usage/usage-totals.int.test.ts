import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { useDatabase } from '#tests/support/database/fixture.ts';
import { rollupDifferences } from '#tests/support/database/rollup-differences.ts';
import { AVATARS, openUsageScene, rollUpAll, SUM_ANEW } from '#tests/support/database/usage-scene.ts';
import { totalsOf, usesByApp } from './analytics.ts';
import { recordUse } from './usage-history.ts';

const CALLERS = 6;
const fixture = useDatabase({ poolSize: CALLERS });

describe('usage totals', () => {
  it('count what is appended at once, and the same after it is added to its hours by many callers', async () => {
    const { database, owner } = fixture;
    const scene = await openUsageScene(database);
    const reach = {
      accountId: scene.tenant.account.id,
      from: new Date(Date.now() - 7_200_000),
      to: new Date(Date.now() + 3_600_000),
    };
    const before = await totalsOf(database, reach);
    expect(before).toEqual({ credits: 10 * AVATARS, costUsd: 0.018, completed: AVATARS, failed: 0 });
    expect((await owner.query('SELECT roll_up_generation_hours(3)::int AS rolled')).rows).toEqual([{ rolled: 3 }]);
    await rollUpAll(database, owner, CALLERS);
    expect((await owner.query('SELECT FROM generation_hour_changes')).rowCount).toBe(0);
    expect(await totalsOf(database, reach)).toEqual(before);
    expect(await rollupDifferences(owner)).toEqual([]);
    const hours = await owner.query('SELECT DISTINCT provider FROM generation_hours WHERE account_id = $1', [
      reach.accountId,
    ]);
    expect(hours.rowCount).toBe(2);
  });

  it('are in the studio’s sums exactly once, at every moment at which accounts and changes are added to them', async () => {
    const { database, owner } = fixture;
    const scene = await openUsageScene(database);
    for (let count = 0; count < 20; count += 1) {
      const use = {
        id: randomUUID(),
        accountId: scene.tenant.account.id,
        avatarId: scene.avatarIds[count % AVATARS] ?? '',
      };
      const app = { appId: `app-${count % 3}`, appName: `App ${count}`, action: 'shown' };
      await recordUse(database, { ...use, ...app, referenceId: null, referenceType: null, metadata: '{}' });
    }
    await owner.query(`${SUM_ANEW}; ${EARLIER_ACCOUNTS}`);
    const usesOfAll = async () =>
      (await usesByApp(database, ALWAYS)).map(({ appId, uses, deletedUses }) => ({ appId, uses, deletedUses }));
    const readAll = async () => ({ totals: await totalsOf(database, ALWAYS), apps: await usesOfAll() });
    const before = await readAll();
    expect(before.totals.completed).toBeGreaterThan(0);
    const rolling = { ended: false };
    const readers = [1, 2].map(async () => {
      let reads = 0;
      for (; !rolling.ended; reads += 1) expect(await readAll()).toEqual(before);
      return reads;
    });
    await rollUpAll(database, owner, 1).finally(() => (rolling.ended = true));
    expect(Math.min(...(await Promise.all(readers)))).toBeGreaterThan(1);
    expect(await readAll()).toEqual(before);
    expect((await owner.query('SELECT FROM studio_usage_changes')).rowCount).toBe(0);
    // Complete: what the accounts' hours have is not read any more.
    await owner.query(FORGET_EARLIER_ACCOUNTS);
    expect(await readAll()).toEqual(before);
  });
});

/** More hours than are summed at once, of accounts that come before all others: changes of the others are added meanwhile. */
const EARLIER_ID = `('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid`;
const EARLIER_ACCOUNTS = `
  INSERT INTO generation_hours (account_id, hour, completed) SELECT ${EARLIER_ID}, now(), n FROM generate_series(1, 300) n;
  INSERT INTO usage_hours (account_id, hour, project_id, app_id, app_name, uses)
    SELECT ${EARLIER_ID}, now(), ${EARLIER_ID}, 'app-1', 'App', n FROM generate_series(1, 300) n`;
const FORGET_EARLIER_ACCOUNTS = ['generation_hours', 'usage_hours']
  .map((table) => `DELETE FROM ${table} WHERE account_id < '00000000-0000-4000-9000-000000000000'`)
  .join(';');
const ALWAYS = { accountId: undefined, from: new Date(0), to: new Date(Date.now() + 86_400_000) };
