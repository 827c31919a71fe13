import type { ExportedKind } from '#domain/configuration/retention.ts';
import type { Database } from '#drizzle/connection/database.ts';

const DAY_MS = 24 * 3600_000;

/** A record that is old enough to be exported and deleted. */
export interface ExpiredRecord {
  readonly id: string;
  /** Null for records of the studio. */
  readonly accountId: string | null;
  /** Calendar month (UTC), as `2026-11`. */
  readonly month: string;
  /** The row, by column. */
  readonly record: Readonly<Record<string, unknown>>;
}

/** The oldest expired records of a kind, of one account and one month. @returns at most `limit`, in the order of their times */
export async function listExpiredRecords(
  database: Database,
  { kind, days, limit }: { readonly kind: ExportedKind; readonly days: number; readonly limit: number },
): Promise<ExpiredRecord[]> {
  return database.call<ExpiredRecord & Record<string, unknown>>(
    'retention.list',
    'SELECT id, account_id AS "accountId", month, record FROM list_expired_records($1, $2, $3)',
    [kind, days * DAY_MS, limit],
  );
}

/** Deletes exported records. @returns how many; fewer when some were deleted meanwhile */
export async function deleteExpiredRecords(
  database: Database,
  { kind, days, ids }: { readonly kind: ExportedKind; readonly days: number; readonly ids: readonly string[] },
): Promise<number> {
  const [row] = await database.call<{ deleted: number }>(
    'retention.delete',
    'SELECT delete_expired_records($1, $2, $3)::float8 AS deleted',
    [kind, ids, days * DAY_MS],
  );
  return row?.deleted ?? 0;
}

/** Whether the account is being erased or was. */
export async function isErased(database: Database, accountId: string): Promise<boolean> {
  const rows = await database.call('retention.erased', 'SELECT FROM accounts WHERE id = $1 AND erased_at IS NOT NULL', [
    accountId,
  ]);
  return rows.length > 0;
}

/** @returns how many old notifications were deleted, at most `limit` */
export async function deleteExpiredNotifications(
  database: Database,
  { days, limit }: { readonly days: number; readonly limit: number },
): Promise<number> {
  const [row] = await database.call<{ deleted: number }>(
    'retention.notifications',
    'SELECT delete_expired_notifications($1, $2)::float8 AS deleted',
    [days * DAY_MS, limit],
  );
  return row?.deleted ?? 0;
}
