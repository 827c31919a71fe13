import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { CURSOR_MAX_LENGTH } from '#contract/list.ts';
import { captureStatements } from '#tests/lists/capture-statements.ts';
import { useDatabase } from '#tests/support/database/fixture.ts';
import { admitted, anAvatar, newTenant, type Tenant } from '#tests/support/database/world.ts';
import { readLongRun } from '#tests/support/long-run.ts';
import { AVATAR_SORTS, SORT_DIRECTIONS } from '#domain/avatar/avatar-sort.ts';
import { foldedText } from '#domain/text/folded-text.ts';
import { record } from '#drizzle/ledger/record.ts';
import { listAvatars } from './avatar-list.ts';
import { type AvatarCursor, type AvatarOrdering, decodeAvatarCursor, encodeAvatarCursor } from './avatar-sort.ts';
import type { Avatar } from './avatars.ts';

const fixture = useDatabase();

/** Avatars that are listed from the start, and avatars that appear while a caller pages: until then they are in the trash. */
const LISTED = 9;
const LATE = 4;
/** Random lists for each sort order. */
const LISTS = readLongRun('matrices') === undefined ? 4 : 40;
/** Few values, so that many rows have equal sort keys. */
const values = fc.record({
  name: fc.constantFrom('Ada', 'ada', 'Bea', 'bea 2', 'Cleo'),
  uses: fc.nat(2),
  usedAt: fc.option(fc.nat(2), { nil: null }),
  createdAtHour: fc.nat(3),
});

let tenant: Tenant;
let ids: string[];
beforeAll(async () => {
  tenant = await newTenant(fixture.database, 'pro');
  ids = [];
  for (let count = 0; count < LISTED + LATE; count += 1) {
    const generation = await admitted(fixture.database, tenant);
    const avatar = anAvatar(tenant.account.id);
    await record(fixture.database, generation.id, avatar);
    ids.push(avatar.id);
  }
});

type Values = typeof values extends fc.Arbitrary<infer Value> ? Value : never;

async function arrange(all: readonly Values[]): Promise<void> {
  await fixture.owner.query(
    `UPDATE avatars a SET name = v.name, usage_count = v.uses, last_used_at = '2026-11-01'::timestamptz + v.used * interval '1 hour',
       created_at = '2026-11-01'::timestamptz + v.created * interval '1 hour', trashed_at = CASE WHEN v.late THEN now() END
     FROM unnest($1::uuid[], $2::text[], $3::int[], $4::int[], $5::int[], $6::bool[]) AS v (id, name, uses, used, created, late) WHERE a.id = v.id`,
    [
      ids,
      all.map(({ name }) => name),
      all.map(({ uses }) => uses),
      all.map(({ usedAt }) => usedAt),
      all.map(({ createdAtHour }) => createdAtHour),
      ids.map((_, index) => index >= LISTED),
    ],
  );
}

async function readAllPages(ordering: AvatarOrdering, limit: number, between: () => Promise<void>): Promise<Avatar[]> {
  const seen: Avatar[] = [];
  let after: AvatarCursor | undefined;
  do {
    const page = await listAvatars(fixture.database, tenant.account.id, {}, { limit, after }, ordering);
    seen.push(...page.items);
    // The cursor is sent as text.
    after = page.next === null ? undefined : decodeAvatarCursor(ordering, encodeAvatarCursor(page.next));
    expect(after === undefined).toBe(page.next === null);
    await between();
  } while (after !== undefined);
  return seen;
}

const SORTED_VALUE = {
  createdAt: ({ createdAt }: Avatar) => createdAt.getTime(),
  lastUsedAt: ({ lastUsedAt }: Avatar) => lastUsedAt?.getTime() ?? -1,
  usageCount: ({ usageCount }: Avatar) => usageCount,
  name: ({ name }: Avatar) => name.toLowerCase(),
} as const;

describe('listAvatars', () => {
  const orderings = AVATAR_SORTS.flatMap((sort) => SORT_DIRECTIONS.map((direction) => ({ sort, direction })));
  it.each(orderings)(
    'pages by $sort $direction through each avatar once and in order, while others appear',
    async (ordering) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(values, { minLength: LISTED + LATE, maxLength: LISTED + LATE }),
          fc.integer({ min: 1, max: 4 }),
          async (all, limit) => {
            await arrange(all);
            const lateIds = ids.slice(LISTED);
            const seen = await readAllPages(ordering, limit, async () => {
              await fixture.owner.query('UPDATE avatars SET trashed_at = NULL WHERE id = $1', [
                lateIds.shift() ?? null,
              ]);
            });
            const seenIds = seen.map(({ id }) => id);
            expect(new Set(seenIds).size).toBe(seenIds.length);
            expect(seenIds).toEqual(expect.arrayContaining(ids.slice(0, LISTED)));
            const sign = ordering.direction === 'asc' ? 1 : -1;
            for (const [index, avatar] of seen.slice(1).entries()) {
              const [before, now] = [SORTED_VALUE[ordering.sort](seen[index]!), SORTED_VALUE[ordering.sort](avatar)];
              expect(before === now ? 0 : before < now ? -sign : sign).toBeLessThanOrEqual(0);
            }
          },
        ),
        { numRuns: LISTS },
      );
    },
  );

  it('returns the total, and no cursor after the last page', async () => {
    await arrange(ids.map(() => ({ name: 'Ada', uses: 0, usedAt: null, createdAtHour: 0 })));
    const page = await listAvatars(fixture.database, tenant.account.id, {}, { limit: LISTED });
    expect([page.total, page.items.length, page.next]).toEqual([LISTED, LISTED, null]);
  });
});

describe('the search of listAvatars', () => {
  it.each([
    ['wry', true],
    ['LIGHTHOUSE archmage', true],
    ['  ysolde   wry ', true],
    ['lighthouse dragon', false],
    ['“Lighthouse”-ARCHMAGE', true],
    ['light_dragon', false],
    ['%', false],
    ['_', false],
    ['\\', false],
    ['"', false],
    ['[', false],
    [', ', false],
  ])('for "%s" in name, persona and prompt finds something: %s', async (q, found) => {
    const page = await listAvatars(fixture.database, tenant.account.id, { q }, { limit: 1 });
    expect(page.total > 0).toBe(found);
  });
});

const NAMES = ['François Müller', 'İSTANBUL', 'ΟΔΥΣΣΕΥΣ', 'Straße', 'Łódź', 'ＡＢＣ 123', 'O’Brien', 'rock-n-roll'];
const TYPED = ['francois muller', 'istanbul', 'οδυσσεύς', 'strasse', 'lodz', 'abc', "o'brien", 'rock n roll'];

describe('names in their variety', () => {
  const nameAll = (names: readonly string[]) =>
    fixture.owner.query(
      `UPDATE avatars a SET name = v.name, trashed_at = NULL FROM unnest($1::uuid[], $2::text[]) AS v (id, name) WHERE a.id = v.id`,
      [ids.slice(0, names.length), names],
    );
  const listed = async (q?: string, ordering: AvatarOrdering = { sort: 'name', direction: 'asc' }) => {
    const { items } = await listAvatars(fixture.database, tenant.account.id, { q }, { limit: 50 }, ordering);
    return items.map(({ name }) => name);
  };

  it('are found as people type them', async () => {
    await nameAll(NAMES);
    expect(await Promise.all(TYPED.map((q) => listed(q)))).toEqual(NAMES.map((name) => [name]));
  });

  it('are sorted naturally: digits by value, accents next to their letter, whatever the case', async () => {
    const sorted = ['avatar 2', 'Avatar 10', 'eclair', 'Éclair', 'eclairs', 'Łódź', 'zebra', 'ямщик'];
    await fixture.owner.query('UPDATE avatars SET trashed_at = now() WHERE account_id = $1', [tenant.account.id]);
    await nameAll(sorted.toReversed());
    expect(await listed()).toEqual(sorted);
  });

  it('are read from the index of their collation', async () => {
    const { query, params } = {
      query: `EXPLAIN SELECT id FROM avatars WHERE account_id = $1
      AND (name COLLATE natural_name, id) > ($2::text COLLATE natural_name, $3::uuid)
      ORDER BY name COLLATE natural_name, id LIMIT 3`,
      params: [tenant.account.id, 'a', ids[0]!],
    };
    await fixture.owner.query('SET enable_seqscan = off; SET enable_sort = off; SET enable_bitmapscan = off');
    const { rows } = await fixture.owner.query<{ 'QUERY PLAN': string }>(query, params);
    await fixture.owner.query('RESET enable_seqscan; RESET enable_sort; RESET enable_bitmapscan');
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).toContain('avatars_natural_name');
    expect(plan).not.toContain('Sort');
  });
});

describe('marked avatars', () => {
  it.each([
    ['avatars_favorites', { favorite: true }],
    ['avatars_rated', { minRating: 4 }],
  ])('are read from the index %s', async (index, filter) => {
    const statements = await captureStatements(
      async () => void (await listAvatars(fixture.database, tenant.account.id, filter, { limit: 3 })),
    );
    const [list] = statements;
    await fixture.owner.query('SET enable_seqscan = off; SET enable_sort = off; SET enable_bitmapscan = off');
    const { rows } = await fixture.owner.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${list!.text}`, [...list!.values]);
    await fixture.owner.query('RESET enable_seqscan; RESET enable_sort; RESET enable_bitmapscan');
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).toContain(index);
    expect(plan).not.toContain('Sort');
  });
});

it('folds every code point in SQL as in TypeScript', async () => {
  // Without unassigned ones: Postgres and Node know different versions of Unicode.
  const codePoints = Array.from({ length: 0x1_f000 }, (_, index) => index + 1).filter(
    (code) => !/[\p{Cs}\p{Cn}\p{Co}]/u.test(String.fromCodePoint(code)),
  );
  const { rows } = await fixture.owner.query<{ code: number; folded: string }>(
    `SELECT code, fold_text('x' || chr(code) || 'x') AS folded FROM unnest($1::int[]) AS code
     WHERE unicode_assigned(chr(code))`,
    [codePoints],
  );
  const different = rows.filter(({ code, folded }) => folded !== foldedText(`x${String.fromCodePoint(code)}x`));
  expect(different.map(({ code }) => code.toString(16))).toEqual([]);
});

describe('the cursor of listAvatars', () => {
  const ordering: AvatarOrdering = { sort: 'name', direction: 'asc' };
  it('can contain any name that an avatar may have', () => {
    const cursor = { ...ordering, value: '😀'.repeat(400), id: '0f6f0e0c-8f4b-5a8e-9d57-6f9a4a3f6b11' };
    const text = encodeAvatarCursor(cursor);
    expect(decodeAvatarCursor(ordering, text)).toEqual(cursor);
    expect(text.length).toBeLessThanOrEqual(CURSOR_MAX_LENGTH);
  });

  it.each([
    ['of another sort', ['usageCount', 'asc', 1, '0f6f0e0c-8f4b-5a8e-9d57-6f9a4a3f6b11']],
    ['of the other direction', ['name', 'desc', 'Ada', '0f6f0e0c-8f4b-5a8e-9d57-6f9a4a3f6b11']],
    ['with a value that Postgres refuses', ['name', 'asc', 'a\u0000', '0f6f0e0c-8f4b-5a8e-9d57-6f9a4a3f6b11']],
    ['without an id', ['name', 'asc', 'Ada', 'x']],
    ['of another list', [1, '0f6f0e0c-8f4b-5a8e-9d57-6f9a4a3f6b11']],
  ])('%s is rejected', (_, content) => {
    const text = Buffer.from(JSON.stringify(content)).toString('base64url');
    expect(decodeAvatarCursor(ordering, text)).toBeUndefined();
  });
});
