import { type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Cursor } from './page.ts';

/** Rows after the cursor in (created_at, id) order, newest first; undefined (no condition) on the first page. */
export function olderThan(createdAt: PgColumn, id: PgColumn, after: Cursor | undefined): SQL | undefined {
  if (after === undefined) return undefined;
  return sql`(${createdAt}, ${id}) < (${after.createdAt.toISOString()}::timestamptz, ${after.id}::uuid)`;
}
