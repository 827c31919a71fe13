import type { Database } from '#drizzle/connection/database.ts';

/**
 * Erases an account: removes its subject, so that no one can sign in to it any more. {@link eraseRows} deletes its data.
 * @returns false if it was erased before
 */
export async function eraseAccount(database: Database, accountId: string): Promise<boolean> {
  const [row] = await database.call<{ erased: boolean }>('erasure.begin', 'SELECT erase_account($1) AS erased', [
    accountId,
  ]);
  return row?.erased ?? false;
}

/** Ids of an account's unfinished generations, oldest first. */
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
 * Deletes rows of an erased account and clears the texts of its final generations, at most `limit` of each table.
 * @returns how many; 0 when nothing is left
 */
export async function eraseRows(database: Database, accountId: string, limit: number): Promise<number> {
  const [row] = await database.call<{ erased: string }>('erasure.rows', 'SELECT erased FROM erase_rows($1, $2)', [
    accountId,
    limit,
  ]);
  return Number(row?.erased ?? 0);
}

/** Records that the erasure is complete. @returns false while anything is left */
export async function finishErasure(database: Database, accountId: string): Promise<boolean> {
  const [row] = await database.call<{ done: boolean }>('erasure.finish', 'SELECT finish_erasure($1) AS done', [
    accountId,
  ]);
  return row?.done ?? false;
}

/** For this long after an erasure, a late write of an abandoned activity may still add an object. */
const LATE_WRITES_INTERVAL = '1 day';

/** An erased account whose data is not completely removed, and where its list continues. */
export interface UnfinishedErasure {
  readonly id: string;
  readonly erasedAt: Date;
}

/**
 * Erased accounts whose data is not completely removed, in the order of their erasures.
 * @param after the last one of the page before
 */
export async function listUnfinishedErasures(
  database: Database,
  {
    olderThanMs,
    limit,
    after,
  }: { readonly olderThanMs: number; readonly limit: number; readonly after?: UnfinishedErasure | undefined },
): Promise<UnfinishedErasure[]> {
  return database.call<UnfinishedErasure>(
    'erasure.listUnfinished',
    `SELECT a.id, a.erased_at AS "erasedAt" FROM accounts a
     WHERE a.erased_at <= now() - $1 * interval '1 millisecond' AND (a.erasure_done_at IS NULL
       OR (a.erased_at > now() - interval '${LATE_WRITES_INTERVAL}' AND EXISTS (SELECT FROM stored_objects o WHERE o.account_id = a.id AND o.bytes > 0)))
       AND ($3::timestamptz IS NULL OR (a.erased_at, a.id) > ($3, $4::uuid))
     ORDER BY a.erased_at, a.id LIMIT $2`,
    [olderThanMs, limit, after?.erasedAt ?? null, after?.id ?? null],
  );
}
