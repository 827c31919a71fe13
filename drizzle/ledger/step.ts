import type { QueryResultRow } from 'pg';
import type { Database } from '../connection/database.ts';
import { serverError } from '../connection/transient.ts';

/** Rounds of a step that met another one of the same generation between two of its statements. Each round needs a new meeting. */
const ROUNDS = 5;

/**
 * Runs one of the ledger's functions and returns its row. A step that says `retry` saw two moments of one race and is run
 * again; its transaction changed nothing.
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
  throw new Error(`${name} met other steps of its generation ${ROUNDS} times`);
}

/** The database refused new rows, or credits, for an account that was erased. */
export function isErased(error: unknown): boolean {
  return serverError(error)?.constraint === 'accounts_erased';
}

/** The ledger was asked about a generation or account that is not there. */
export class UnknownInLedger extends Error {
  override readonly name = 'UnknownInLedger';
}
