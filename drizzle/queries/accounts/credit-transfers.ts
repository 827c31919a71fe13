import { eq } from '../../orm.ts';
import { z } from 'zod';
import type { TRANSFER_KINDS } from '#contract/credits.ts';
import { COUNTED_MAX } from '#domain/account/list-length.ts';
import type { Database } from '#drizzle/connection/database.ts';
import {
  countRows,
  type Cursor,
  decodeCursor,
  encodeCursor,
  fromCursorText,
  LAST_TIME_MS,
  type Page,
  pageOf,
  type PageRequest,
  toCursorText,
  totalOfPage,
} from '../page.ts';
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

const COUNTED = `(SELECT count(*)::int FROM (SELECT FROM credit_transfers WHERE account_id = $1 LIMIT ${COUNTED_MAX + 1}) AS counted)`;

/** Position in a statement, with the available credits there: older transfers follow from them without the newer ones. */
export interface StatementCursor extends Cursor {
  /** Before the last row's transfer; undefined in a cursor that does not know. */
  readonly available?: number | undefined;
}

const statementCursor = z.tuple([
  z.number().int().min(0).max(LAST_TIME_MS),
  z.uuid(),
  z.number().int().min(-Number.MAX_SAFE_INTEGER).max(Number.MAX_SAFE_INTEGER),
]);

/** Encodes a cursor of a statement as opaque text. */
export function encodeStatementCursor({ createdAt, id, available }: StatementCursor): string {
  return available === undefined ? encodeCursor({ createdAt, id }) : toCursorText([createdAt.getTime(), id, available]);
}

/** @returns undefined if the text is not a cursor */
export function decodeStatementCursor(text: string): StatementCursor | undefined {
  const content = fromCursorText(text, statementCursor);
  if (content === undefined) return decodeCursor(text);
  const [time, id, available] = content;
  return { createdAt: new Date(time), id, available };
}

/**
 * An account's statement, newest first. The balance after each transfer is computed back from that of the page before; on the first
 * page from the current one, in one statement and so from one snapshot. With a cursor that does not know it, all newer transfers are read.
 */
export async function listTransfers(
  database: Database,
  accountId: string,
  { limit, after }: PageRequest<StatementCursor>,
): Promise<Page<Transfer, StatementCursor>> {
  const rest = after ? 'AND (created_at, id) < ($3::timestamptz, $4::uuid)' : '';
  const newer = `(SELECT coalesce(sum(${DELTA}), 0) FROM credit_transfers WHERE account_id = $1 AND (created_at, id) >= ($3::timestamptz, $4::uuid))`;
  const base =
    after === undefined
      ? 'a.posted - a.held'
      : after.available === undefined
        ? `a.posted - a.held - ${newer}`
        : '$5::numeric';
  const name = after === undefined ? 'statement' : after.available === undefined ? 'statementAfter' : 'statementFrom';
  const position = after ? [after.createdAt.toISOString(), after.id] : [];
  const rows = await database.call<Transfer & { delta: number; counted: number }>(
    `credits.${name}`,
    `SELECT t.id, t.kind, t.amount::float8 AS amount, t.generation_id AS "generationId", t.reference, t.created_at AS "createdAt",
       t.delta::float8 AS delta, ${COUNTED} AS counted,
       (${base} - coalesce(sum(t.delta) OVER (ORDER BY t.created_at DESC, t.id DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0))::float8
         AS "availableAfter"
     FROM (SELECT *, ${DELTA} AS delta FROM credit_transfers WHERE account_id = $1 ${rest} ORDER BY created_at DESC, id DESC LIMIT $2) t
     JOIN accounts a ON a.id = $1 ORDER BY t.created_at DESC, t.id DESC`,
    [accountId, limit + 1, ...position, ...(after?.available === undefined ? [] : [after.available])],
  );
  const total = await totalOfPage(rows, { after }, () =>
    countRows(database, creditTransfers, eq(creditTransfers.accountId, accountId)),
  );
  const page = pageOf(
    rows.map(({ counted: _counted, ...row }) => row),
    limit,
    total,
  );
  const last = page.items.at(-1);
  return { ...page, next: page.next && last ? { ...page.next, available: last.availableAfter - last.delta } : null };
}
