import type { Database } from '#drizzle/connection/database.ts';

/**
 * The person leaves their account, at once and for good: nobody can come to it any more. What it holds goes by {@link eraseRows}.
 * @returns false when it was erased before
 */
export async function eraseAccount(database: Database, accountId: string): Promise<boolean> {
  const [row] = await database.call<{ erased: boolean }>('erasure.begin', 'SELECT erase_account($1) AS erased', [
    accountId,
  ]);
  return row?.erased ?? false;
}

/** Generations of an account that are not final yet, the oldest first. */
export async function listUnfinishedOf(database: Database, accountId: string, limit: number): Promise<string[]> {
  const rows = await database.call<{ id: string }>(
    'erasure.unfinished',
    `SELECT id FROM avatar_generations WHERE account_id = $1 AND status IN ('requested', 'pending', 'processing')
     ORDER BY created_at, id LIMIT $2`,
    [accountId, limit],
  );
  return rows.map(({ id }) => id);
}

/**
 * Deletes an erased account's rows and silences its final generations, at most `limit` of each kind.
 * @returns how many; 0 means that nothing is left
 */
export async function eraseRows(database: Database, accountId: string, limit: number): Promise<number> {
  const [row] = await database.call<{ erased: string }>('erasure.rows', 'SELECT erased FROM erase_rows($1, $2)', [
    accountId,
    limit,
  ]);
  return Number(row?.erased ?? 0);
}

/** Notes that everything is gone. @returns false while something is left */
export async function finishErasure(database: Database, accountId: string): Promise<boolean> {
  const [row] = await database.call<{ done: boolean }>('erasure.finish', 'SELECT finish_erasure($1) AS done', [
    accountId,
  ]);
  return row?.done ?? false;
}

/** A step that was given up may write once more after everything was gone; nobody does so after this. */
const WATCHED_FOR = '1 day';

/** Erased accounts of which something is left. */
export async function listUnfinishedErasures(
  database: Database,
  { olderThanMs, limit }: { readonly olderThanMs: number; readonly limit: number },
): Promise<string[]> {
  const rows = await database.call<{ id: string }>(
    'erasure.left',
    `SELECT a.id FROM accounts a WHERE a.erased_at <= now() - $1 * interval '1 millisecond' AND (a.erasure_done_at IS NULL
       OR (a.erased_at > now() - interval '${WATCHED_FOR}' AND EXISTS (SELECT FROM stored_objects o WHERE o.account_id = a.id AND o.bytes > 0)))
     ORDER BY a.erased_at LIMIT $2`,
    [olderThanMs, limit],
  );
  return rows.map(({ id }) => id);
}
