import { and, eq, isNotNull, isNull, type SQL, sql } from '../../orm.ts';
import { COUNTED_MAX } from '#domain/account/list-length.ts';
import type { AgeRange, Gender } from '#domain/persona/attributes.ts';
import { ageRangePattern, genderPattern } from '#domain/persona/stated-traits.ts';
import type { SourceType } from '#domain/generation/generation.ts';
import type { Style } from '#domain/prompt/style.ts';
import { searchTerms } from '#domain/text/folded-text.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { type Page, type PageRequest, type Total, totalOf } from '../page.ts';
import { avatars } from '#drizzle/schema/avatars.ts';
import { retrying } from '#drizzle/connection/transient.ts';
import { afterCursor, type AvatarCursor, type AvatarOrdering, cursorAt, sortedBy } from './avatar-sort.ts';
import { type Avatar, AVATAR_COLUMNS, toAvatar } from './avatars.ts';

export interface AvatarFilter {
  readonly projectId?: string | undefined;
  readonly sourceType?: SourceType | undefined;
  readonly style?: Style | undefined;
  readonly gender?: Gender | undefined;
  readonly ageRange?: AgeRange | undefined;
  readonly favorite?: boolean | undefined;
  /** Stars; leaves out avatars without a rating. */
  readonly minRating?: number | undefined;
  /** Search terms; each must occur in name, persona, traits or prompt. */
  readonly q?: string | undefined;
  readonly trashed?: boolean | undefined;
}

const NEWEST_FIRST: AvatarOrdering = { sort: 'createdAt', direction: 'desc' };

/** An account's avatars in the given ordering, which `page.after` must have, too. */
export async function listAvatars(
  database: Database,
  accountId: string,
  filter: AvatarFilter,
  page: PageRequest<AvatarCursor>,
  ordering: AvatarOrdering = NEWEST_FIRST,
): Promise<Page<Avatar, AvatarCursor>> {
  const rows = await retrying(() =>
    database.db
      .select({ ...AVATAR_COLUMNS, counted: countOfMatching(accountId, filter) })
      .from(avatars)
      .where(and(scopeOf(accountId, filter), matching(filter), afterCursor(page.after)))
      .orderBy(sortedBy(ordering))
      .limit(page.limit + 1),
  );
  const counted = rows[0]?.counted ?? (await countMatching(database, accountId, filter));
  const total = totalOfMatching(counted, rows.length);
  const items = rows.slice(0, page.limit).map(toAvatar);
  const last = items.at(-1);
  const next = rows.length > page.limit && last ? cursorAt(ordering, last) : null;
  return { items, next, ...total };
}

/** Matches, and rows among which they were searched. */
type Counted = readonly [found: number, searched: number];

/**
 * Counts the matches among the newest {@link COUNTED_MAX} avatars: no index serves every filter, so a rare match in a long list would
 * cost reading all of it. A column of the page's own statement saves a round trip.
 */
function countOfMatching(accountId: string, filter: AvatarFilter): SQL<Counted> {
  // Named as the table, so that the conditions hold for it.
  const newest = sql`(SELECT * FROM ${avatars} WHERE ${scopeOf(accountId, filter)}
    ORDER BY created_at DESC, id DESC LIMIT ${COUNTED_MAX + 1}) AS ${avatars}`;
  return sql<Counted>`(SELECT ARRAY[count(*) FILTER (WHERE ${matching(filter) ?? sql`true`}), count(*)]::int[] FROM ${newest})`;
}

/** The same alone, for a page without rows. */
async function countMatching({ db }: Database, accountId: string, filter: AvatarFilter): Promise<Counted> {
  const { rows } = await retrying(() =>
    db.execute<{ counted: Counted }>(sql`SELECT ${countOfMatching(accountId, filter)} AS counted`),
  );
  return rows[0]?.counted ?? [0, 0];
}

/** @param seen rows on the page, which exist in any case */
function totalOfMatching([found, searched]: Counted, seen: number): Total {
  const { totalIsExact } = totalOf(searched);
  return { total: Math.min(Math.max(found, seen), COUNTED_MAX), totalIsExact };
}

/** The list that the filters choose from. */
function scopeOf(accountId: string, { trashed, projectId }: AvatarFilter): SQL | undefined {
  return and(
    eq(avatars.accountId, accountId),
    trashed ? isNotNull(avatars.trashedAt) : isNull(avatars.trashedAt),
    projectId === undefined ? undefined : eq(avatars.projectId, projectId),
  );
}

function matching(filter: AvatarFilter): SQL | undefined {
  return and(
    filter.sourceType === undefined ? undefined : eq(avatars.sourceType, filter.sourceType),
    filter.style === undefined ? undefined : eq(avatars.style, filter.style),
    filter.gender === undefined ? undefined : stating('gender', filter.gender, genderPattern(filter.gender)),
    filter.ageRange === undefined ? undefined : stating('ageRange', filter.ageRange, ageRangePattern(filter.ageRange)),
    // Without parameters, as in the predicates of the partial indexes.
    filter.favorite === undefined
      ? undefined
      : filter.favorite
        ? sql`${avatars.favorite}`
        : sql`NOT ${avatars.favorite}`,
    filter.minRating === undefined ? undefined : sql`${avatars.rating} >= ${filter.minRating}`,
    ...searching(filter.q),
  );
}

/** What the attribute says or, where it is not set, the prompt. */
function stating(attribute: 'gender' | 'ageRange', value: string, pattern: string): SQL {
  return sql`coalesce(${avatars.attributes}->>${sql.raw(`'${attribute}'`)} = ${value}, lower(${avatars.prompt}) ~ ${pattern})`;
}

/** One condition a term, which has no wildcards of LIKE. Signs alone, which are no term, find nothing. */
function searching(q: string | undefined): SQL[] {
  const terms = searchTerms(q);
  if (terms?.length === 0) return [sql`false`];
  return (terms ?? []).map((term) => sql`${avatars.foldedText} LIKE ${`%${term}%`}`);
}
