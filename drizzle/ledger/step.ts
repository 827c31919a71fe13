import type { QueryResultRow } from 'pg';
import type { Database } from '../connection/database.ts';
import { serverError } from '../connection/transient.ts';

/** Attempts of a step that races with another step of the same generation. Each retry needs another race. */
const ROUNDS = 5;

/**
 * Runs one of the ledger's functions and returns its row. A function returns `retry`, having changed nothing, if another step ran
 * between two of its statements; then it is run again.
 * @throws LedgerContended when it keeps returning `retry`
 */
export async function step<Row extends QueryResultRow & { outcome: string }>(
  database: Database,
  name: string,
  text: string,
  values: readonly unknown[],
): Promise<Row> {
  for (let round = 1; round <= ROUNDS; round += 1) {
    const [row] = await database.call<Row>(name, text, values);
    if (row === undefined) throw new Error(`${name} returned nothing`);
    if (row.outcome !== 'retry') return row;
  }
  throw new LedgerContended(`${name} raced with other steps of its generation ${ROUNDS} times`);
}

/** True when the database refused new rows or credits because the account is erased. */
export function isErased(error: unknown): boolean {
  return serverError(error)?.constraint === 'accounts_erased';
}

/** The generation, batch or account does not exist. */
export class UnknownInLedger extends Error {
  override readonly name = 'UnknownInLedger';
}

/** Other steps of the same generation came first too often; nothing was changed. The caller may try again. */
export class LedgerContended extends Error {
  override readonly name = 'LedgerContended';
}
