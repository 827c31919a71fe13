import { eq } from 'drizzle-orm';
import type { TRANSFER_KINDS } from '#contract/credits.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { countRows, type Page, pageOf, type PageRequest } from '../page.ts';
import { accounts } from '#drizzle/schema/accounts.ts';
import { creditTransfers } from '#drizzle/schema/credit-transfers.ts';
import { retrying } from '#drizzle/connection/transient.ts';

/** Credits. `available` = posted - held. */
export interface Balance {
  readonly available: number;
  readonly held: number;
  readonly posted: number;
}

/** The balance where there is no account. */
export const NO_CREDITS: Balance = { available: 0, held: 0, posted: 0 };

export interface Transfer {
  readonly id: string;
  readonly kind: (typeof TRANSFER_KINDS)[number];
  /** Always positive; the kind determines the direction. */
  readonly amount: number;
  /** Available credits after the transfer. */
  readonly availableAfter: number;
  readonly generationId: string | null;
  readonly reference: string | null;
  readonly createdAt: Date;
}

export async function readBalance(database: Database, accountId: string): Promise<Balance | undefined> {
  const [row] = await retrying(() =>
    database.db
      .select({ posted: accounts.posted, held: accounts.held })
      .from(accounts)
      .where(eq(accounts.id, accountId)),
  );
  return row && { ...row, available: row.posted - row.held };
}

/** What a transfer adds to the available credits; a capture adds nothing, because it spends a hold. */
const DELTA = `CASE kind WHEN 'topup' THEN amount WHEN 'refund' THEN amount WHEN 'release' THEN amount WHEN 'reserve' THEN -amount ELSE 0 END`;

/**
 * An account's statement, newest first. The balance after each transfer is computed back from the current one, in one statement and
 * so from one snapshot. Reads all transfers that are newer than the page, by an index.
 */
export async function listTransfers(
  database: Database,
  accountId: string,
  { limit, after }: PageRequest,
): Promise<Page<Transfer>> {
  const rest = after ? 'AND (created_at, id) < ($3::timestamptz, $4::uuid)' : '';
  const newer = after
    ? `(SELECT coalesce(sum(${DELTA}), 0) FROM credit_transfers WHERE account_id = $1 AND (created_at, id) >= ($3::timestamptz, $4::uuid))`
    : '0';
  const rows = await database.call<Transfer>(
    after ? 'credits.statementAfter' : 'credits.statement',
    `SELECT t.id, t.kind, t.amount::float8 AS amount, t.generation_id AS "generationId", t.reference, t.created_at AS "createdAt",
       (a.posted - a.held - ${newer} - coalesce(sum(t.delta) OVER (ORDER BY t.created_at DESC, t.id DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0))::float8
         AS "availableAfter"
     FROM (SELECT *, ${DELTA} AS delta FROM credit_transfers WHERE account_id = $1 ${rest} ORDER BY created_at DESC, id DESC LIMIT $2) t
     JOIN accounts a ON a.id = $1 ORDER BY t.created_at DESC, t.id DESC`,
    [accountId, limit + 1, ...(after ? [after.createdAt.toISOString(), after.id] : [])],
  );
  const total = await countRows(database, creditTransfers, eq(creditTransfers.accountId, accountId));
  return pageOf(rows, limit, total);
}
