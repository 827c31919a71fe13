import { randomUUID } from 'node:crypto';
import { type SQL, sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { DUPLICATE_BITS, SIMILAR_BITS } from '#domain/avatar/duplicates.ts';
import { useDatabase } from '#tests/support/database/fixture.ts';
import { admitted, anAvatar, newTenant, type Tenant } from '#tests/support/database/world.ts';
import { record } from '#drizzle/ledger/record.ts';
import { readAvatar } from './avatars.ts';
import { LINKS, listSimilar, readPerceptualHashes, similarTo, trashDuplicates } from './duplicates.ts';

const fixture = useDatabase();

const LOOK = '0110100110010110'.repeat(4);

/** The look with these bits turned over. */
function turned(...bits: number[]): string {
  return [...LOOK].map((bit, index) => (bits.includes(index) ? String(1 - Number(bit)) : bit)).join('');
}

let made = 0;
async function avatarOf(tenant: Tenant, phash: string | null, sha256?: string): Promise<string> {
  const { id } = await admitted(fixture.database, tenant);
  made += 1;
  const image = { object: randomUUID(), bytes: 1, sha256: sha256 ?? made.toString(16).padStart(64, '0') };
  const avatar = anAvatar(tenant.account.id, { phash, image });
  expect(await record(fixture.database, id, avatar)).toEqual({ kind: 'recorded', replay: false });
  return avatar.id;
}

function lookalikes(tenant: Tenant, id: string, withinBits: number) {
  return listSimilar(fixture.database, tenant.account.id, id, { withinBits, limit: 100 });
}

describe('what looks like an avatar', () => {
  it('is found whichever bits differ, up to seven, the most alike first', async () => {
    const tenant = await newTenant(fixture.database, 'pro');
    const original = await avatarOf(tenant, LOOK);
    // One in each quarter, all seven in one, and spread so that each quarter has its share.
    const near = {
      one: await avatarOf(tenant, turned(63)),
      four: await avatarOf(tenant, turned(0, 16, 32, 48)),
      sevenTogether: await avatarOf(tenant, turned(0, 1, 2, 3, 4, 5, 6)),
      sevenApart: await avatarOf(tenant, turned(0, 15, 16, 31, 32, 47, 48)),
    };
    await avatarOf(tenant, turned(0, 1, 16, 17, 32, 33, 48, 49));
    const found = await lookalikes(tenant, original, SIMILAR_BITS);
    expect(found.map(({ avatarId, distance }) => [avatarId, distance])).toEqual([
      [near.one, 1],
      [near.four, 4],
      ...[near.sevenTogether, near.sevenApart].toReversed().map((id) => [id, 7]),
    ]);
    const close = await lookalikes(tenant, original, DUPLICATE_BITS);
    expect(close.map(({ avatarId }) => avatarId)).toEqual([near.one, near.four]);
  });

  it('is also what has the same bytes but no look, and that comes first', async () => {
    const tenant = await newTenant(fixture.database);
    const plain = await avatarOf(tenant, null, 'c'.repeat(64));
    const copy = await avatarOf(tenant, null, 'c'.repeat(64));
    await avatarOf(tenant, null);
    expect(await lookalikes(tenant, plain, SIMILAR_BITS)).toEqual([{ avatarId: copy, sameBytes: true, distance: 0 }]);
  });

  it("is never in the trash, never held back and never somebody else's", async () => {
    const [tenant, stranger] = [await newTenant(fixture.database), await newTenant(fixture.database)];
    const original = await avatarOf(tenant, LOOK);
    const [trashed, doubtful] = [await avatarOf(tenant, LOOK), await avatarOf(tenant, LOOK)];
    await avatarOf(stranger, LOOK);
    await fixture.owner.query('UPDATE avatars SET trashed_at = now() WHERE id = $1', [trashed]);
    await fixture.owner.query(`UPDATE avatars SET review = 'needs_review' WHERE id = $1`, [doubtful]);
    expect(await lookalikes(tenant, original, SIMILAR_BITS)).toEqual([]);
    expect(await lookalikes(stranger, original, SIMILAR_BITS)).toEqual([]);
  });
});

describe('the looks of an account', () => {
  it('are linked within the bits asked for, and equal ones to one of them', async () => {
    const tenant = await newTenant(fixture.database);
    const equal = [await avatarOf(tenant, LOOK), await avatarOf(tenant, LOOK), await avatarOf(tenant, LOOK)];
    const near = await avatarOf(tenant, turned(0, 20, 40, 60));
    const far = await avatarOf(tenant, turned(0, 20, 40, 60, 61));
    const { avatars, links } = await readPerceptualHashes(fixture.database, tenant.account.id, {
      withinBits: DUPLICATE_BITS,
      newest: 100,
    });
    expect(avatars.map(({ id }) => id)).toEqual([far, near, ...equal.toReversed()]);
    expect(avatars[0]).toEqual({
      id: far,
      sha256: expect.any(String),
      usageCount: 0,
      pixels: 1024 * 1024,
      createdAt: expect.any(Date),
    });
    expect(links).toHaveLength(2 + 1 + 1);
    for (const id of [...equal, near, far]) expect(links.flat()).toContain(id);
  });

  it('are those of the newest avatars only', async () => {
    const tenant = await newTenant(fixture.database);
    for (let count = 0; count < 3; count += 1) await avatarOf(tenant, LOOK);
    const { avatars, links } = await readPerceptualHashes(fixture.database, tenant.account.id, {
      withinBits: 4,
      newest: 2,
    });
    expect([avatars.length, links.length]).toEqual([2, 1]);
  });
});

describe('moving copies into the trash', () => {
  const trash = (tenant: Tenant, retain: string, ids: string[]) =>
    trashDuplicates(fixture.database, tenant.account.id, { retain, trash: ids });
  const trashedAt = async (tenant: Tenant, id: string) =>
    (await readAvatar(fixture.database, tenant.account.id, id))?.trashedAt;

  it('moves all and keeps the one; again changes nothing', async () => {
    const tenant = await newTenant(fixture.database);
    const [retain, ...copies] = [
      await avatarOf(tenant, LOOK),
      await avatarOf(tenant, LOOK),
      await avatarOf(tenant, LOOK),
    ] as const;
    expect(await trash(tenant, retain, [...copies, copies[0]!])).toBe(true);
    const first = await trashedAt(tenant, copies[0]!);
    expect(first).toBeInstanceOf(Date);
    expect(await trashedAt(tenant, copies[1]!)).toBeInstanceOf(Date);
    expect(await trashedAt(tenant, retain)).toBeNull();
    expect(await trash(tenant, retain, copies)).toBe(true);
    expect(await trashedAt(tenant, copies[0]!)).toEqual(first);
  });

  it('moves none when one is somebody else’s or missing, or the one to keep is not there', async () => {
    const [tenant, stranger] = [await newTenant(fixture.database), await newTenant(fixture.database)];
    const [retain, copy] = [await avatarOf(tenant, LOOK), await avatarOf(tenant, LOOK)];
    const theirs = await avatarOf(stranger, LOOK);
    expect(await trash(tenant, retain, [copy, theirs])).toBe(false);
    expect(await trash(tenant, retain, [copy, randomUUID()])).toBe(false);
    expect(await trash(tenant, theirs, [copy])).toBe(false);
    await trash(tenant, copy, [retain]);
    expect(await trash(tenant, retain, [copy])).toBe(false);
    expect(await trashedAt(tenant, copy)).toBeNull();
    expect(await trashedAt(stranger, theirs)).toBeNull();
  });
});

describe('among many avatars', () => {
  const ACCOUNTS = 20;
  const EACH = 200;
  const HEAVY = 20_000;
  const COMPARED = 5_000;
  const tenants: string[] = [];

  /** Past the triggers and foreign keys, as the owner: these avatars were never paid for, and are gone before the audit. */
  async function asOwner(statement: string, values: unknown[] = []): Promise<void> {
    await fixture.owner.query(`SET session_replication_role = 'replica'`);
    await fixture.owner.query(statement, values);
    await fixture.owner.query(`SET session_replication_role = 'origin'`);
  }

  beforeAll(async () => {
    for (let count = 0; count < ACCOUNTS; count += 1) tenants.push(randomUUID());
    await asOwner(
      `INSERT INTO avatars (id, account_id, project_id, generation_id, name, source_type, image_object, thumbnail_object, width, height, bytes, sha256, phash)
         SELECT uuidv7(), a, a, uuidv7(), 'many', 'upload', gen_random_uuid(), gen_random_uuid(), 1, 1, 1, md5(random()::text) || md5(random()::text),
           ('x' || left(md5(random()::text), 16))::bit(64)
         FROM unnest($1::uuid[]) WITH ORDINALITY AS t (a, nth), LATERAL generate_series(1, CASE nth WHEN 1 THEN $3::int ELSE $2::int END)`,
      [tenants, EACH, HEAVY],
    );
    await fixture.owner.query('ANALYZE avatars');
    return () => asOwner(`DELETE FROM avatars WHERE name = 'many'`);
  });

  it('what looks alike is found by the index of looks', async () => {
    const { rows } = await fixture.owner.query(
      'SELECT id, sha256, phash::text, phash_bands AS bands FROM avatars WHERE account_id = $1 LIMIT 1',
      [tenants[0]],
    );
    const plan = await planOf(similarTo(tenants[0]!, rows[0], { withinBits: SIMILAR_BITS, limit: 10 }));
    expect(plan).toContain('avatars_phash');
    expect(plan).toContain('avatars_same_bytes');
    expect(plan).not.toContain('Seq Scan on avatars');
  });

  it('an account’s newest are compared without reading anybody else’s', async () => {
    const { rows } = await fixture.owner.query<Plan>(`EXPLAIN ${LINKS}`, [tenants[1], COMPARED, DUPLICATE_BITS]);
    expect(textOf(rows)).not.toContain('Seq Scan on avatars');
    const bits = { withinBits: DUPLICATE_BITS, newest: COMPARED };
    expect((await readPerceptualHashes(fixture.database, tenants[0]!, bits)).avatars).toHaveLength(COMPARED);
  });

  async function planOf(statement: SQL): Promise<string> {
    return textOf((await fixture.database.db.execute<Plan>(sql`EXPLAIN ${statement}`)).rows);
  }
});

type Plan = { 'QUERY PLAN': string };

function textOf(plan: readonly Plan[]): string {
  return plan.map((row) => row['QUERY PLAN']).join('\n');
}
