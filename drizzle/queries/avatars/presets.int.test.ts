import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { OWN_PRESETS_MAX } from '#domain/prompt/preset.ts';
import { useDatabase } from '#tests/support/database/fixture.ts';
import { admitted, anAvatar, newTenant, type Tenant } from '#tests/support/database/world.ts';
import { record } from '#drizzle/ledger/record.ts';
import { release } from '#drizzle/ledger/release.ts';
import { seed } from '#drizzle/seed.ts';
import { addPreset, listOwnPresets, type NewPreset, readGallery, readPreset } from './presets.ts';

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
    expect(await usesOf(tenants[0]!, preset!.id)).toBe(preset!.usageCount + 6);
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
