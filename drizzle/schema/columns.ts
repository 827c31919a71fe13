import { customType, type ExtraConfigColumn, sql, timestamp, uuid } from '../orm.ts';
import { type DocumentKind, readDocument, writeDocument } from '#drizzle/documents/document-kind.ts';

/**
 * A point in time with time zone, in milliseconds: a cursor passes through a JavaScript Date, which would truncate microseconds, and
 * a page would skip or repeat rows.
 */
export function moment(name: string) {
  return timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });
}

/** When the row was inserted. */
export function createdAt() {
  return moment('created_at').notNull().defaultNow();
}

/** A JSON document: read in its newest version, whatever version is stored. */
export function document<Value>(name: string, kind: DocumentKind<Value>) {
  return customType<{ data: Value; driverData: unknown }>({
    dataType: () => 'jsonb',
    toDriver: (value) => JSON.stringify(writeDocument(kind, value)),
    fromDriver: (stored) => readDocument(kind, stored),
  })(name);
}

/** A primary key that sorts by the time of insertion. */
export function newId() {
  return uuid('id')
    .primaryKey()
    .default(sql`uuidv7()`);
}

/** The index order of ORDER BY … DESC. Drizzle's default (nulls last) would not match it. */
export function newestFirst(column: ExtraConfigColumn) {
  return column.desc().nullsFirst();
}
