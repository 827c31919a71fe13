import { type SQL, sql } from '../../orm.ts';
import { z } from 'zod';
import { AVATAR_NAME_MAX_LENGTH } from '#domain/avatar/avatar-name.ts';
import { type AvatarSort, defaultDirection, type SortDirection } from '#domain/avatar/avatar-sort.ts';
import { CODE_POINTS_PER_CHARACTER } from '#domain/text/characters.ts';
import { fromCursorText, LAST_TIME_MS, toCursorText } from '../page.ts';
import { avatars, LAST_USED, NAME_COLLATION, SORTED_NAME } from '#drizzle/schema/avatars.ts';
import type { Avatar } from './avatars.ts';

export interface AvatarOrdering {
  readonly sort: AvatarSort;
  readonly direction: SortDirection;
}

/** Position in a sorted list: the last row's sort value and id. */
export interface AvatarCursor extends AvatarOrdering {
  readonly value: SortedValue;
  readonly id: string;
}

/** Times in ms since the epoch; null is "never". */
type SortedValue = string | number | null;

interface Sorting {
  /** The indexed expression. */
  readonly key: SQL;
  readonly valueOf: (avatar: Avatar) => SortedValue;
  readonly value: z.ZodType<SortedValue>;
  /** A cursor's value as an expression that compares with the key. */
  readonly at: (value: SortedValue) => SQL;
}

const COUNT_MAX = 2 ** 31 - 1;
/** Of a name, UTF-16 units: two a code point at most. */
const NAME_MAX_UNITS = 2 * AVATAR_NAME_MAX_LENGTH * CODE_POINTS_PER_CHARACTER;
/** Postgres rejects NUL and lone surrogates. */
const STORABLE = /^[^\0\p{Cs}]*$/u;
const time = z.number().int().min(0).max(LAST_TIME_MS);
const atTime = (value: SortedValue) => sql`${new Date(Number(value)).toISOString()}::timestamptz`;

const SORTINGS: Readonly<Record<AvatarSort, Sorting>> = {
  createdAt: {
    key: sql`${avatars.createdAt}`,
    valueOf: ({ createdAt }) => createdAt.getTime(),
    value: time,
    at: atTime,
  },
  lastUsedAt: {
    key: LAST_USED,
    valueOf: ({ lastUsedAt }) => lastUsedAt?.getTime() ?? null,
    value: time.nullable(),
    at: (value) => (value === null ? sql`'-infinity'::timestamptz` : atTime(value)),
  },
  usageCount: {
    key: sql`${avatars.usageCount}`,
    valueOf: ({ usageCount }) => usageCount,
    value: z.number().int().min(0).max(COUNT_MAX),
    at: (value) => sql`${value}::int`,
  },
  name: {
    key: SORTED_NAME,
    valueOf: ({ name }) => name,
    value: z.string().max(NAME_MAX_UNITS).regex(STORABLE),
    at: (value) => sql`${value}::text COLLATE ${NAME_COLLATION}`,
  },
};

export function avatarOrdering(sort: AvatarSort, direction: SortDirection | undefined): AvatarOrdering {
  return { sort, direction: direction ?? defaultDirection(sort) };
}

/** The ORDER BY expressions; the id breaks ties. */
export function sortedBy({ sort, direction }: AvatarOrdering): SQL {
  const { key } = SORTINGS[sort];
  return direction === 'asc' ? sql`${key} ASC, ${avatars.id} ASC` : sql`${key} DESC, ${avatars.id} DESC`;
}

/** Condition for rows after the cursor; undefined on the first page. */
export function afterCursor(after: AvatarCursor | undefined): SQL | undefined {
  if (after === undefined) return undefined;
  const { key, at } = SORTINGS[after.sort];
  const beyond = after.direction === 'asc' ? sql.raw('>') : sql.raw('<');
  return sql`(${key}, ${avatars.id}) ${beyond} (${at(after.value)}, ${after.id}::uuid)`;
}

export function cursorAt({ sort, direction }: AvatarOrdering, avatar: Avatar): AvatarCursor {
  return { sort, direction, value: SORTINGS[sort].valueOf(avatar), id: avatar.id };
}

/** Encodes a cursor as opaque text. */
export function encodeAvatarCursor({ sort, direction, value, id }: AvatarCursor): string {
  return toCursorText([sort, direction, value, id]);
}

/** @returns undefined if the text is not a cursor of this ordering */
export function decodeAvatarCursor({ sort, direction }: AvatarOrdering, cursor: string): AvatarCursor | undefined {
  const shape = z.tuple([z.literal(sort), z.literal(direction), SORTINGS[sort].value, z.uuid()]);
  const content = fromCursorText(cursor, shape);
  if (content === undefined) return undefined;
  const [, , value, id] = content;
  return { sort, direction, value, id };
}
