import { type PgTable, type SQL, sql } from '../orm.ts';
import { z } from 'zod';
import { COUNTED_MAX } from '#domain/account/list-length.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { retrying } from '#drizzle/connection/transient.ts';

/** Position in a list: the last row's creation time and id. */
export interface Cursor {
  readonly createdAt: Date;
  readonly id: string;
}

export interface PageRequest<At = Cursor> {
  /** Rows, at least 1. */
  readonly limit: number;
  readonly after?: At | undefined;
}

/** How many rows the whole list has. */
export interface Total {
  readonly total: number;
  /** False if the list has more rows than were counted: there are at least `total`. */
  readonly totalIsExact: boolean;
}

export interface Page<Item, At = Cursor> extends Total {
  readonly items: Item[];
  /** Null on the last page. */
  readonly next: At | null;
}

/** The end of the year 9999: beyond it, Postgres and JavaScript format times differently. */
export const LAST_TIME_MS = 253_402_300_799_999;
const cursorContent = z.tuple([z.number().int().min(0).max(LAST_TIME_MS), z.uuid()]);

/** The content of a cursor as opaque text. */
export function toCursorText(content: unknown): string {
  return Buffer.from(JSON.stringify(content)).toString('base64url');
}

/** @returns undefined if the text is not a cursor with such a content */
export function fromCursorText<Content>(text: string, content: z.ZodType<Content>): Content | undefined {
  try {
    return content.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  } catch {
    return undefined;
  }
}

/** Encodes a cursor as opaque text. */
export function encodeCursor({ createdAt, id }: Cursor): string {
  return toCursorText([createdAt.getTime(), id]);
}

/** @returns undefined if the text is not a cursor */
export function decodeCursor(text: string): Cursor | undefined {
  const [time, id] = fromCursorText(text, cursorContent) ?? [];
  return time === undefined || id === undefined ? undefined : { createdAt: new Date(time), id };
}

/** @param counted rows that were found, up to one more than {@link COUNTED_MAX} */
export function totalOf(counted: number): Total {
  return { total: Math.min(counted, COUNTED_MAX), totalIsExact: counted <= COUNTED_MAX };
}

/** Counts a table's rows, at most {@link COUNTED_MAX}. Reads no more than it counts if an index finds the rows. */
export async function countRows(database: Database, table: PgTable, wanted: SQL | undefined): Promise<Total> {
  const { rows } = await retrying(() =>
    database.db.execute<{ count: number }>(sql`SELECT ${countOf(table, wanted)} AS count`),
  );
  return totalOf(rows[0]?.count ?? 0);
}

/** The number of a table's rows as an expression: a column of the page's own statement saves a round trip. */
export function countOf(table: PgTable, wanted: SQL | undefined): SQL<number> {
  return sql<number>`(SELECT count(*)::int FROM (SELECT FROM ${table} WHERE ${wanted ?? sql`true`} LIMIT ${sql.raw(String(COUNTED_MAX + 1))}) AS counted)`;
}

/**
 * The total of a list whose page counted it in each row.
 * @param rows of the page, each with the same number
 * @param count counts them when the page is empty: the rows after its cursor may have been deleted
 */
export async function totalOfPage(
  rows: readonly { readonly counted: number }[],
  { after }: Pick<PageRequest<unknown>, 'after'>,
  count: () => Promise<Total>,
): Promise<Total> {
  const [first] = rows;
  if (first) return totalOf(first.counted);
  return after === undefined ? totalOf(0) : count();
}

/** Builds a page from `limit + 1` rows: drops the extra row and returns the cursor of the next page. */
export function pageOf<Item extends Cursor>(rows: Item[], limit: number, total: Total): Page<Item> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const next = rows.length > limit && last ? { createdAt: last.createdAt, id: last.id } : null;
  return { items, next, ...total };
}
