import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { OWN_PRESETS_MAX } from '#domain/prompt/preset.ts';
import { useDatabase } from '#tests/support/database/fixture.ts';
import { admitted, anAvatar, newTenant, type Tenant } from '#tests/support/database/world.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { record } from '#drizzle/ledger/record.ts';
import { release } from '#drizzle/ledger/release.ts';
import { beginAttempt } from '#drizzle/queries/generations/attempt-steps.ts';
import { seed } from '#drizzle/seed.ts';
import { addPreset, listOwnPresets, type NewPreset, readGallery, readPreset, rollUpPresetUses } from './presets.ts';

const fixture = useDatabase({ poolSize: 12 });

function aPreset(changes: Partial<NewPreset> = {}): NewPreset {
  return {
    id: randomUUID(),
    category: 'Mine',
    name: 'Bard',
    prompt: 'a bard',
    personaTemplate: { name: 'Perrin' },
    attributes: { style: 'fantasy' },
    avatarId: null,
    requestHash: 'c'.repeat(64),
    ...changes,
  };
}

async function usesOf(tenant: Tenant, presetId: string): Promise<number | undefined> {
  return (await readPreset(fixture.database, tenant.account.id, presetId))?.usageCount;
}

function fromPreset(tenant: Tenant, presetId: string) {
  return admitted(fixture.database, tenant, {
    sourceType: 'from_preset',
    request: { sourceType: 'from_preset', presetId },
  });
}

describe('the usage count of a preset', () => {
  it('increases once per completed avatar, despite repeated and concurrent recording', async () => {
    await seed(fixture.urls.ownerUrl, { users: false });
    const [preset] = await readGallery(fixture.database);
    const tenants = await Promise.all(Array.from({ length: 6 }, () => newTenant(fixture.database)));
    await Promise.all(
      tenants.map(async (tenant) => {
        const { id } = await fromPreset(tenant, preset!.id);
        const avatar = anAvatar(tenant.account.id);
        await Promise.all(Array.from({ length: 4 }, () => record(fixture.database, id, avatar)));
        await record(fixture.database, id, avatar);
        await record(fixture.database, id, anAvatar(tenant.account.id));
      }),
    );
    const counted = () => usesOf(tenants[0]!, preset!.id);
    expect(await counted()).toBe(preset!.usageCount + 6);
    const rolled = await Promise.all([4, 4].map((limit) => rollUpPresetUses(fixture.database, limit)));
    expect(rolled.every((count) => [0, 4, 2].includes(count))).toBe(true);
    expect(await counted()).toBe(preset!.usageCount + 6);
    while ((await rollUpPresetUses(fixture.database, 100)) > 0);
    const { rows } = await fixture.owner.query('SELECT usage_count AS uses FROM avatar_presets WHERE id = $1', [
      preset!.id,
    ]);
    expect([rows, await counted()]).toEqual([[{ uses: preset!.usageCount + 6 }], preset!.usageCount + 6]);
  });

  it('lets sixteen deliveries of one preset pass while another one is still open, and while a budget is locked', async () => {
    const [preset] = await readGallery(fixture.database);
    const deliver = async (database: Database = fixture.database) => {
      const tenant = await newTenant(fixture.database);
      const { id } = await fromPreset(tenant, preset!.id);
      return () => record(database, id, anAvatar(tenant.account.id));
    };
    const tenant = await newTenant(fixture.database);
    const before = await usesOf(tenant, preset!.id);
    const open = new Client({ connectionString: fixture.urls.url });
    await open.connect();
    try {
      const call: Database['call'] = async (_name, text, values) => (await open.query(text, [...values])).rows as never;
      const first = await deliver({ ...fixture.database, call });
      const others = await Promise.all(Array.from({ length: 16 }, () => deliver()));
      await open.query('BEGIN');
      expect(await first()).toMatchObject({ kind: 'recorded' });
      const attempt = await admitted(fixture.database, tenant);
      const begun = await beginAttempt(fixture.database, {
        generationId: attempt.id,
        ordinal: 0,
        provider: 'fal',
        model: 'm',
      });
      if (begun.kind !== 'attempt') throw new Error('no attempt');
      await open.query('SELECT reserve_provider_budget($1, 0.01, 100, 100)', [begun.attempt.id]);
      const outcomes = await Promise.all(others.map((deliverOther) => deliverOther()));
      expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['recorded']));
      await open.query('COMMIT');
    } finally {
      await open.end();
    }
    expect(await usesOf(tenant, preset!.id)).toBe(before! + 17);
  });

  it('ignores failed generations and presets of other accounts, and a deleted preset does not block a delivery', async () => {
    const [owner, stranger] = [await newTenant(fixture.database), await newTenant(fixture.database)];
    const own = aPreset();
    await addPreset(fixture.database, owner.account.id, own);
    const failed = await fromPreset(owner, own.id);
    const failure = { code: 'internal', message: 'no' } as const;
    await release(fixture.database, { generationId: failed.id, status: 'failed', failure });
    const foreign = await fromPreset(stranger, own.id);
    await record(fixture.database, foreign.id, anAvatar(stranger.account.id));
    expect(await usesOf(owner, own.id)).toBe(0);
    const withDeleted = await fromPreset(owner, randomUUID());
    expect(await record(fixture.database, withDeleted.id, anAvatar(owner.account.id))).toMatchObject({
      kind: 'recorded',
    });
    const delivered = await fromPreset(owner, own.id);
    await record(fixture.database, delivered.id, anAvatar(owner.account.id));
    expect(await usesOf(owner, own.id)).toBe(1);
  });
});

describe('addPreset', () => {
  it('enforces the limit exactly under concurrent calls', async () => {
    const { account } = await newTenant(fixture.database);
    const outcomes = await Promise.all(
      Array.from({ length: OWN_PRESETS_MAX + 20 }, () => addPreset(fixture.database, account.id, aPreset())),
    );
    expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(OWN_PRESETS_MAX);
    expect(outcomes.filter((outcome) => outcome === 'full')).toHaveLength(20);
    expect(await listOwnPresets(fixture.database, account.id)).toHaveLength(OWN_PRESETS_MAX);
  });

  it('creates a preset once under concurrent calls', async () => {
    const { account } = await newTenant(fixture.database);
    const preset = aPreset();
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, () => addPreset(fixture.database, account.id, preset)),
    );
    expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(1);
  });
});
