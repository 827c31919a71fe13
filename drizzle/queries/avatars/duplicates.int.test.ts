import { randomUUID } from 'node:crypto';
import { type SQL, sql } from '../../orm.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { DUPLICATE_BITS, SIMILAR_BITS } from '#domain/avatar/duplicates.ts';
import { useDatabase } from '#tests/support/database/fixture.ts';
import { admitted, anAvatar, newTenant, type Tenant } from '#tests/support/database/world.ts';
import { record } from '#drizzle/ledger/record.ts';
import { readAvatar } from './avatars.ts';
import { LINKS, listSimilar, readPerceptualHashes, similarTo, trashDuplicates } from './duplicates.ts';

const fixture = useDatabase();

const PHASH = '0110100110010110'.repeat(4);

/** The hash with these bits flipped. */
function flip(...bits: number[]): string {
  return [...PHASH].map((bit, index) => (bits.includes(index) ? String(1 - Number(bit)) : bit)).join('');
}

let avatarCount = 0;
async function avatarOf(tenant: Tenant, phash: string | null, sha256?: string): Promise<string> {
  const { id } = await admitted(fixture.database, tenant);
  avatarCount += 1;
  const image = { object: randomUUID(), bytes: 1, sha256: sha256 ?? avatarCount.toString(16).padStart(64, '0') };
  const avatar = anAvatar(tenant.account.id, { phash, image });
  expect(await record(fixture.database, id, avatar)).toEqual({ kind: 'recorded', replay: false });
  return avatar.id;
}

function similarAvatars(tenant: Tenant, id: string, withinBits: number) {
  return listSimilar(fixture.database, tenant.account.id, id, { withinBits, limit: 100 });
}

describe('listSimilar', () => {
  it('finds avatars whose hashes differ in up to seven bits, most similar first', async () => {
    const tenant = await newTenant(fixture.database, 'pro');
    const original = await avatarOf(tenant, PHASH);
    // One bit; one in each quarter; all seven in one quarter; seven spread over all quarters.
    const near = {
      oneBit: await avatarOf(tenant, flip(63)),
      fourBits: await avatarOf(tenant, flip(0, 16, 32, 48)),
      sevenTogether: await avatarOf(tenant, flip(0, 1, 2, 3, 4, 5, 6)),
      sevenApart: await avatarOf(tenant, flip(0, 15, 16, 31, 32, 47, 48)),
    };
    await avatarOf(tenant, flip(0, 1, 16, 17, 32, 33, 48, 49));
    const found = await similarAvatars(tenant, original, SIMILAR_BITS);
    expect(found.map(({ avatarId, distance }) => [avatarId, distance])).toEqual([
      [near.oneBit, 1],
      [near.fourBits, 4],
      ...[near.sevenTogether, near.sevenApart].toReversed().map((id) => [id, 7]),
    ]);
    const close = await similarAvatars(tenant, original, DUPLICATE_BITS);
    expect(close.map(({ avatarId }) => avatarId)).toEqual([near.oneBit, near.fourBits]);
  });

  it('finds avatars with the same bytes even without a hash, and lists them first', async () => {
    const tenant = await newTenant(fixture.database);
    const plain = await avatarOf(tenant, null, 'c'.repeat(64));
    const copy = await avatarOf(tenant, null, 'c'.repeat(64));
    await avatarOf(tenant, null);
    expect(await similarAvatars(tenant, plain, SIMILAR_BITS)).toEqual([
      { avatarId: copy, sameBytes: true, distance: 0 },
    ]);
  });

  it('leaves out avatars in the trash, in review or of other accounts', async () => {
    const [tenant, stranger] = [await newTenant(fixture.database), await newTenant(fixture.database)];
    const original = await avatarOf(tenant, PHASH);
    const [trashed, inReview] = [await avatarOf(tenant, PHASH), await avatarOf(tenant, PHASH)];
    await avatarOf(stranger, PHASH);
    await fixture.owner.query('UPDATE avatars SET trashed_at = now() WHERE id = $1', [trashed]);
    await fixture.owner.query(`UPDATE avatars SET review = 'needs_review' WHERE id = $1`, [inReview]);
    expect(await similarAvatars(tenant, original, SIMILAR_BITS)).toEqual([]);
    expect(await similarAvatars(stranger, original, SIMILAR_BITS)).toEqual([]);
  });
});

describe('readPerceptualHashes', () => {
  it('links hashes within the given distance, and equal ones to one of them', async () => {
    const tenant = await newTenant(fixture.database);
    const equal = [await avatarOf(tenant, PHASH), await avatarOf(tenant, PHASH), await avatarOf(tenant, PHASH)];
    const near = await avatarOf(tenant, flip(0, 20, 40, 60));
    const far = await avatarOf(tenant, flip(0, 20, 40, 60, 61));
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

  it('reads the newest avatars only', async () => {
    const tenant = await newTenant(fixture.database);
    for (let count = 0; count < 3; count += 1) await avatarOf(tenant, PHASH);
    const { avatars, links } = await readPerceptualHashes(fixture.database, tenant.account.id, {
      withinBits: 4,
      newest: 2,
    });
    expect([avatars.length, links.length]).toEqual([2, 1]);
  });
});

describe('trashDuplicates', () => {
  const trash = (tenant: Tenant, retain: string, ids: string[]) =>
    trashDuplicates(fixture.database, tenant.account.id, { retain, trash: ids });
  const trashedAt = async (tenant: Tenant, id: string) =>
    (await readAvatar(fixture.database, tenant.account.id, id))?.trashedAt;

  it('trashes all copies but one; a repeat changes nothing', async () => {
    const tenant = await newTenant(fixture.database);
    const [retain, ...copies] = [
      await avatarOf(tenant, PHASH),
      await avatarOf(tenant, PHASH),
      await avatarOf(tenant, PHASH),
    ] as const;
    expect(await trash(tenant, retain, [...copies, copies[0]!])).toBe(true);
    const first = await trashedAt(tenant, copies[0]!);
    expect(first).toBeInstanceOf(Date);
    expect(await trashedAt(tenant, copies[1]!)).toBeInstanceOf(Date);
    expect(await trashedAt(tenant, retain)).toBeNull();
    expect(await trash(tenant, retain, copies)).toBe(true);
    expect(await trashedAt(tenant, copies[0]!)).toEqual(first);
  });

  it('trashes nothing if a copy is missing or of another account, or the avatar to retain is missing or in the trash', async () => {
    const [tenant, stranger] = [await newTenant(fixture.database), await newTenant(fixture.database)];
    const [retain, copy] = [await avatarOf(tenant, PHASH), await avatarOf(tenant, PHASH)];
    const foreign = await avatarOf(stranger, PHASH);
    expect(await trash(tenant, retain, [copy, foreign])).toBe(false);
    expect(await trash(tenant, retain, [copy, randomUUID()])).toBe(false);
    expect(await trash(tenant, foreign, [copy])).toBe(false);
    await trash(tenant, copy, [retain]);
    expect(await trash(tenant, retain, [copy])).toBe(false);
    expect(await trashedAt(tenant, copy)).toBeNull();
    expect(await trashedAt(stranger, foreign)).toBeNull();
  });
});

describe('the query plans among many avatars', () => {
  const ACCOUNTS = 20;
  const EACH = 200;
  const HEAVY = 20_000;
  const COMPARED = 5_000;
  const tenants: string[] = [];

  /** Bypasses triggers and foreign keys: these avatars were not paid for, and are deleted before the ledger audit. */
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

  it('find similar avatars by the index of hashes', async () => {
    const { rows } = await fixture.owner.query(
      'SELECT id, sha256, phash::text, phash_bands AS bands FROM avatars WHERE account_id = $1 LIMIT 1',
      [tenants[0]],
    );
    const plan = await planOf(similarTo(tenants[0]!, rows[0], { withinBits: SIMILAR_BITS, limit: 10 }));
    expect(plan).toContain('avatars_phash');
    expect(plan).toContain('avatars_same_bytes');
    expect(plan).not.toContain('Seq Scan on avatars');
  });

  it('compare an account’s newest avatars without a sequential scan', async () => {
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
