import { type ExtraConfigColumn, timestamp, uuid } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';

/**
 * A point in time with a zone. Milliseconds, because a cursor travels through a JavaScript Date: microseconds would be cut
 * there and a page would skip or repeat rows.
 */
export function moment(name: string) {
  return timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });
}

/** When the row was written. */
export function createdAt() {
  return moment('created_at').notNull().defaultNow();
}

/** A primary key that sorts by time of birth. */
export function newId() {
  return uuid('id')
    .primaryKey()
    .default(sql`uuidv7()`);
}

/** Descending in an index as ORDER BY … DESC means it; Drizzle's own default (nulls last) would not serve that order. */
export function newestFirst(column: ExtraConfigColumn) {
  return column.desc().nullsFirst();
}
