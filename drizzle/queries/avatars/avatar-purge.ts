import type { Database } from '#drizzle/connection/database.ts';

/**
 * Deletes for good what has lain in the trash too long, the longest first. One that is being restored at this moment is left.
 * @returns whose they were, one entry an account, and how many
 */
export async function purgeTrash(
  database: Database,
  { olderThanDays, limit }: { readonly olderThanDays: number; readonly limit: number },
): Promise<{ readonly accountIds: string[]; readonly count: number }> {
  const rows = await database.call<{ account_id: string }>(
    'avatars.purge',
    `DELETE FROM avatars WHERE id IN (
       SELECT id FROM avatars WHERE trashed_at < now() - $1 * interval '1 day' ORDER BY trashed_at LIMIT $2 FOR UPDATE SKIP LOCKED)
     RETURNING account_id`,
    [olderThanDays, limit],
  );
  return { accountIds: [...new Set(rows.map((row) => row.account_id))], count: rows.length };
}
