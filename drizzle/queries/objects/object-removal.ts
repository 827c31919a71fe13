import type { Database } from '#drizzle/connection/database.ts';

/** Selects an account's objects to remove. */
export interface Removable {
  readonly accountId: string;
  /** True for an erased account: uploads, too. Otherwise only leftovers of final generations. */
  readonly everything: boolean;
  readonly limit: number;
}

/** Names of an account's objects that belong to no avatar and whose bytes were not removed. */
export async function listRemovable(
  database: Database,
  { accountId, everything, limit }: Removable,
): Promise<string[]> {
  const rows = await database.call<{ name: string }>(
    'objectRemoval.list',
    `SELECT o.name FROM stored_objects o LEFT JOIN avatar_generations g ON g.id = o.generation_id
     WHERE o.account_id = $1 AND o.avatar_id IS NULL AND o.bytes > 0
       AND (g.status IN ('completed', 'failed', 'cancelled') OR ($2 AND g.id IS NULL))
       AND (o.kind <> 'upload' OR $2)
     LIMIT $3`,
    [accountId, everything, limit],
  );
  return rows.map(({ name }) => name);
}

/**
 * Call this after removing the bytes. While a late write may arrive, the row stays as a tombstone with 0 bytes, so that the sweep checks
 * it again. Rows that belong to an avatar by now are unchanged.
 */
export async function markRemoved(
  database: Database,
  names: readonly string[],
  { lateWritesMs }: { readonly lateWritesMs: number },
): Promise<void> {
  if (names.length === 0) return;
  await database.call(
    'objectRemoval.mark',
    `WITH deleted AS (
       DELETE FROM stored_objects WHERE name = ANY ($1::text[]) AND avatar_id IS NULL AND created_at < now() - $2 * interval '1 millisecond')
     UPDATE stored_objects SET bytes = 0
     WHERE name = ANY ($1::text[]) AND avatar_id IS NULL AND created_at >= now() - $2 * interval '1 millisecond'`,
    [names, lateWritesMs],
  );
}
