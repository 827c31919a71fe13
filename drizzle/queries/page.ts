import { z } from 'zod';

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

export interface Page<Item, At = Cursor> {
  readonly items: Item[];
  /** Null on the last page. */
  readonly next: At | null;
  /** Number of rows in the whole list. */
  readonly total: number;
}

/** The end of the year 9999: beyond it, Postgres and JavaScript format times differently. */
export const LAST_TIME_MS = 253_402_300_799_999;
const cursorContent = z.tuple([z.number().int().min(0).max(LAST_TIME_MS), z.uuid()]);

/** Encodes a cursor as opaque text. */
export function encodeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify([cursor.createdAt.getTime(), cursor.id])).toString('base64url');
}

/** @returns undefined if the text is not a cursor */
export function decodeCursor(text: string): Cursor | undefined {
  try {
    const [time, id] = cursorContent.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
    return { createdAt: new Date(time), id };
  } catch {
    return undefined;
  }
}

/** Builds a page from `limit + 1` rows: drops the extra row and returns the cursor of the next page. */
export function pageOf<Item extends Cursor>(rows: Item[], limit: number, total: number): Page<Item> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const next = rows.length > limit && last ? { createdAt: last.createdAt, id: last.id } : null;
  return { items, next, total };
}
