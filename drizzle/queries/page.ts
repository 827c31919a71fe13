import { z } from 'zod';

/** Where a list was left: the last row's time and id. */
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
  /** Rows of the whole list. */
  readonly total: number;
}

/** The end of the year 9999: further than that, Postgres and JavaScript no longer write times alike. */
export const LAST_TIME_MS = 253_402_300_799_999;
const position = z.tuple([z.number().int().min(0).max(LAST_TIME_MS), z.uuid()]);

/** The cursor as opaque text. */
export function encodeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify([cursor.createdAt.getTime(), cursor.id])).toString('base64url');
}

/** @returns undefined when the text is none of ours */
export function decodeCursor(text: string): Cursor | undefined {
  try {
    const [time, id] = position.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
    return { createdAt: new Date(time), id };
  } catch {
    return undefined;
  }
}

/** Cuts the one row that was read beyond the limit, and says where to go on. */
export function pageOf<Item extends Cursor>(rows: Item[], limit: number, total: number): Page<Item> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const next = rows.length > limit && last ? { createdAt: last.createdAt, id: last.id } : null;
  return { items, next, total };
}
