import { beforeAll, describe, expect, it } from 'vitest';
import { record } from '#drizzle/ledger/record.ts';
import { rollUpPresetUses } from '#drizzle/queries/avatars/presets.ts';
import { seed } from '#drizzle/seed.ts';
import type { ServedApi } from '#tests/api/serve-api.ts';
import { testApi } from '#tests/api/test-api.ts';
import { anAvatar } from '#tests/support/database/world.ts';
import { until } from '#tests/support/until.ts';

const one = testApi();
let two: ServedApi;

beforeAll(async () => {
  await seed(one.fixture.urls.ownerUrl);
  two = await one.startInstance();
});

async function first(api: Pick<ServedApi, 'client'>, token: string) {
  const { body } = await api.client.ok('listPresets', { token, query: { limit: '1' } });
  return body.data[0]!;
}

/** Renames the first public preset; without its trigger no instance is notified. */
async function rename(name: string, { notify }: { notify: boolean }): Promise<void> {
  const change = `UPDATE avatar_presets SET name = '${name}' WHERE account_id IS NULL AND position = 0`;
  const withoutTrigger = [`ALTER TABLE avatar_presets DISABLE TRIGGER avatar_presets_announce`, change];
  const enableTrigger = `ALTER TABLE avatar_presets ENABLE TRIGGER avatar_presets_announce`;
  await one.fixture.owner.query(notify ? change : [...withoutTrigger, enableTrigger].join('; '));
}

describe('the public gallery on two instances', () => {
  it('is cached until a change is notified, and then read again by every instance', async () => {
    const { token } = await one.user();
    const { name } = await until(async () => {
      // Listening starts a moment after the instance; nothing is cached until then.
      const shown = await first(one, token);
      await first(two, token);
      return one.logged.some((logEntry) => logEntry.includes('listening')) &&
        two.logged.some((logEntry) => logEntry.includes('listening'))
        ? shown
        : undefined;
    });
    await Promise.all([first(one, token), first(two, token)]);
    await rename('Without a notification', { notify: false });
    expect([(await first(one, token)).name, (await first(two, token)).name]).toEqual([name, name]);
    await rename('With a notification', { notify: true });
    for (const api of [one, two]) {
      await expect.poll(async () => (await first(api, token)).name).toBe('With a notification');
    }
  });

  it('is not read again by any instance because of a use, which is counted when it is read next', async () => {
    const { token, projectId, accountId } = await one.user();
    await Promise.all([first(one, token), first(two, token)]);
    const { id, usageCount } = await first(two, token);
    const body = { sourceType: 'from_preset' as const, presetId: id };
    const generation = await one.client.ok('createGeneration', { token, id: projectId, body });
    await record(one.fixture.database, generation.body.id, anAvatar(accountId));
    expect(await rollUpPresetUses(one.fixture.database, 100)).toBe(1);
    const counts = () =>
      Promise.all([one, two].map(async (api) => (await api.client.ok('readPreset', { token, id })).body.usageCount));
    await rename('Counted', { notify: false });
    expect([(await first(one, token)).name, (await first(two, token)).name]).not.toContain('Counted');
    expect(await counts()).toEqual([usageCount, usageCount]);
    await rename('Counted and notified', { notify: true });
    await expect.poll(counts).toEqual([usageCount + 1, usageCount + 1]);
  });

  it('is read from the table while an instance cannot listen, and cached again afterwards', async () => {
    const { token } = await one.user();
    const { owner } = one.fixture;
    await owner.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE application_name LIKE '%listener' AND datname = current_database()`);
    await until(() => one.logged.some((logEntry) => logEntry.includes('listening connection is lost')), {
      what: 'the loss',
    });
    await rename('While not listening', { notify: true });
    for (const api of [one, two]) {
      await expect.poll(async () => (await first(api, token)).name).toBe('While not listening');
    }
  });
});
