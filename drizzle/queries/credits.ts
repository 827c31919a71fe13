import { and, desc, eq } from 'drizzle-orm';
import type { TRANSFER_KINDS } from '../../contract/credits.ts';
import type { Database } from '../database.ts';
import { olderThan } from '../keyset.ts';
import { type Page, pageOf, type PageRequest } from '../page.ts';
import { accounts } from '../schema/accounts.ts';
import { creditTransfers } from '../schema/credit-transfers.ts';
import { retrying } from '../transient.ts';

/** Credits. `available` = posted - held. */
export interface Balance {
  readonly available: number;
  readonly held: number;
  readonly posted: number;
}

export interface Transfer {
  readonly id: string;
  readonly kind: (typeof TRANSFER_KINDS)[number];
  /** Always positive; the kind says which way. */
  readonly amount: number;
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

/** An account's statement, newest first. */
export async function listTransfers(database: Database, accountId: string, page: PageRequest): Promise<Page<Transfer>> {
  const mine = eq(creditTransfers.accountId, accountId);
  const rows = await retrying(() =>
    database.db
      .select({
        id: creditTransfers.id,
        kind: creditTransfers.kind,
        amount: creditTransfers.amount,
        generationId: creditTransfers.generationId,
        reference: creditTransfers.reference,
        createdAt: creditTransfers.createdAt,
      })
      .from(creditTransfers)
      .where(and(mine, olderThan(creditTransfers.createdAt, creditTransfers.id, page.after)))
      .orderBy(desc(creditTransfers.createdAt), desc(creditTransfers.id))
      .limit(page.limit + 1),
  );
  const total = await retrying(() => database.db.$count(creditTransfers, mine));
  return pageOf(rows, page.limit, total);
}
