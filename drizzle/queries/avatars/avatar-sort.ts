import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { text } from '#contract/text.ts';
import { type AvatarSort, defaultDirection, type SortDirection } from '#domain/avatar/avatar-sort.ts';
import { LAST_TIME_MS } from '../page.ts';
import { avatars, FOLDED_NAME, LAST_USED } from '#drizzle/schema/avatars.ts';
import type { Avatar } from './avatars.ts';

export interface AvatarOrdering {
  readonly sort: AvatarSort;
  readonly direction: SortDirection;
}

/** Where a list in some order was left: the last row's sorted value and id. */
export interface AvatarCursor extends AvatarOrdering {
  readonly value: SortedValue;
  readonly id: string;
}

/** Times in ms since the epoch; null is "never". */
type SortedValue = string | number | null;

interface Sorting {
  /** As its index has it. */
  readonly key: SQL;
  readonly valueOf: (avatar: Avatar) => SortedValue;
  readonly value: z.ZodType<SortedValue>;
  /** A value of the cursor as the key compares. */
  readonly at: (value: SortedValue) => SQL;
}

const NAME_MAX_LENGTH = 100;
const COUNT_MAX = 2 ** 31 - 1;
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
    key: FOLDED_NAME,
    valueOf: ({ name }) => name,
    value: text(NAME_MAX_LENGTH),
    at: (value) => sql`lower(${value})`,
  },
};

export function avatarOrdering(sort: AvatarSort, direction: SortDirection | undefined): AvatarOrdering {
  return { sort, direction: direction ?? defaultDirection(sort) };
}

/** What to sort by; the id decides between equals. */
export function sortedBy({ sort, direction }: AvatarOrdering): SQL {
  const { key } = SORTINGS[sort];
  return direction === 'asc' ? sql`${key} ASC, ${avatars.id} ASC` : sql`${key} DESC, ${avatars.id} DESC`;
}

/** Rows after the cursor in its own order; undefined (no condition) on the first page. */
export function afterCursor(after: AvatarCursor | undefined): SQL | undefined {
  if (after === undefined) return undefined;
  const { key, at } = SORTINGS[after.sort];
  const beyond = after.direction === 'asc' ? sql.raw('>') : sql.raw('<');
  return sql`(${key}, ${avatars.id}) ${beyond} (${at(after.value)}, ${after.id}::uuid)`;
}

export function cursorAt({ sort, direction }: AvatarOrdering, avatar: Avatar): AvatarCursor {
  return { sort, direction, value: SORTINGS[sort].valueOf(avatar), id: avatar.id };
}

/** The cursor as opaque text. */
export function encodeAvatarCursor({ sort, direction, value, id }: AvatarCursor): string {
  return Buffer.from(JSON.stringify([sort, direction, value, id])).toString('base64url');
}

/** @returns undefined when the text is no cursor of a list in this order */
export function decodeAvatarCursor({ sort, direction }: AvatarOrdering, cursor: string): AvatarCursor | undefined {
  const shape = z.tuple([z.literal(sort), z.literal(direction), SORTINGS[sort].value, z.uuid()]);
  try {
    const [, , value, id] = shape.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    return { sort, direction, value, id };
  } catch {
    return undefined;
  }
}
