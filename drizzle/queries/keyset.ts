import { type PgColumn, type SQL, sql } from '../orm.ts';
import type { Cursor } from './page.ts';

/** Condition for rows after the cursor, oldest first by (created_at, id); undefined on the first page. */
export function newerThan(createdAt: PgColumn, id: PgColumn, after: Cursor | undefined): SQL | undefined {
  if (after === undefined) return undefined;
  return sql`(${createdAt}, ${id}) > (${after.createdAt.toISOString()}::timestamptz, ${after.id}::uuid)`;
}

/** Condition for rows after the cursor, newest first by (created_at, id); undefined on the first page. */
export function olderThan(createdAt: PgColumn, id: PgColumn, after: Cursor | undefined): SQL | undefined {
  if (after === undefined) return undefined;
  return sql`(${createdAt}, ${id}) < (${after.createdAt.toISOString()}::timestamptz, ${after.id}::uuid)`;
}
