import { and, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm';
import type { AgeRange, Gender } from '#domain/persona/attributes.ts';
import type { SourceType } from '#domain/generation/generation.ts';
import type { Style } from '#domain/prompt/style.ts';
import type { Database } from '#drizzle/connection/database.ts';
import type { Page, PageRequest } from '../page.ts';
import { avatars } from '#drizzle/schema/avatars.ts';
import { retrying } from '#drizzle/connection/transient.ts';
import { afterCursor, type AvatarCursor, type AvatarOrdering, cursorAt, sortedBy } from './avatar-sort.ts';
import { type Avatar, toAvatar } from './avatars.ts';

export interface AvatarFilter {
  readonly projectId?: string | undefined;
  readonly sourceType?: SourceType | undefined;
  readonly style?: Style | undefined;
  readonly gender?: Gender | undefined;
  readonly ageRange?: AgeRange | undefined;
  /** Search terms; each must occur in name, persona or prompt. */
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
  const wanted = matching(accountId, filter);
  const rows = await retrying(() =>
    database.db
      .select()
      .from(avatars)
      .where(and(wanted, afterCursor(page.after)))
      .orderBy(sortedBy(ordering))
      .limit(page.limit + 1),
  );
  const total = await retrying(() => database.db.$count(avatars, wanted));
  const items = rows.slice(0, page.limit).map(toAvatar);
  const last = items.at(-1);
  const next = rows.length > page.limit && last ? cursorAt(ordering, last) : null;
  return { items, next, total };
}

function matching(accountId: string, filter: AvatarFilter): SQL | undefined {
  return and(
    eq(avatars.accountId, accountId),
    filter.trashed ? isNotNull(avatars.trashedAt) : isNull(avatars.trashedAt),
    filter.projectId === undefined ? undefined : eq(avatars.projectId, filter.projectId),
    filter.sourceType === undefined ? undefined : eq(avatars.sourceType, filter.sourceType),
    filter.style === undefined ? undefined : eq(avatars.style, filter.style),
    filter.gender === undefined ? undefined : sql`${avatars.attributes}->>'gender' = ${filter.gender}`,
    filter.ageRange === undefined ? undefined : sql`${avatars.attributes}->>'ageRange' = ${filter.ageRange}`,
    ...searchTerms(filter.q).map((term) => sql`${avatars.searchText} LIKE lower(${`%${escaped(term)}%`})`),
  );
}

function searchTerms(q: string | undefined): string[] {
  return (q ?? '').split(/\s+/u).filter((term) => term !== '');
}

/** Escapes the wildcards of LIKE. */
function escaped(text: string): string {
  return text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`);
}
