import type { Database } from '#drizzle/connection/database.ts';

/** Which of an account's objects are to go. */
export interface Removable {
  readonly accountId: string;
  /** Uploads too: the account is erased. Otherwise only what is left of generations that are over. */
  readonly everything: boolean;
  readonly limit: number;
}

/** Names of objects that no avatar owns and whose bytes are still there, the account's. An avatar's own are never among them. */
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
 * After the bytes are gone. While a late write may land the row stays as a tombstone, with no bytes, for the sweep to look once more.
 * What became an avatar's meanwhile stays as it is, and what was announced anew keeps its row.
 */
export async function markRemoved(
  database: Database,
  names: readonly string[],
  { lateWritesMs }: { readonly lateWritesMs: number },
): Promise<void> {
  if (names.length === 0) return;
  await database.call(
    'objectRemoval.mark',
    `WITH gone AS (
       DELETE FROM stored_objects WHERE name = ANY ($1::text[]) AND avatar_id IS NULL AND created_at < now() - $2 * interval '1 millisecond')
     UPDATE stored_objects SET bytes = 0
     WHERE name = ANY ($1::text[]) AND avatar_id IS NULL AND created_at >= now() - $2 * interval '1 millisecond'`,
    [names, lateWritesMs],
  );
}
