import type { Database } from '#drizzle/connection/database.ts';
import {
  decodeStatementCursor,
  encodeStatementCursor,
  listTransfers as readPage,
} from '#drizzle/queries/accounts/credit-transfers.ts';
import type { Handler } from '../handler.ts';
import { listOfPageBy, pageRequestBy } from '../page.ts';

export function listTransfers({ database }: { database: Database }): Handler<'listTransfers'> {
  return async ({ query, caller }) => {
    const page = await readPage(database, caller.accountId, pageRequestBy(query, decodeStatementCursor));
    const data = page.items.map(({ id, kind, amount, availableAfter, generationId, reference, createdAt }) => ({
      id,
      kind,
      amount,
      availableAfter,
      generationId,
      reason: reference,
      createdAt: createdAt.toISOString(),
    }));
    return { status: 200, body: listOfPageBy(page, data, encodeStatementCursor) };
  };
}
