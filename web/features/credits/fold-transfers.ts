import type { Transfer } from './api/use-statement.ts';

/** One row of the statement: a payment or grant, or all transfers of one generation. */
export interface StatementEntry {
  /** The generation's id, or the transfer's where there is none: the same while steps are added. */
  readonly id: string;
  /** Its kind and amount determine what the entry comes to: the ledger gives all steps of a generation one amount. */
  readonly latest: Transfer;
  /** The transfers that are loaded, newest first. */
  readonly steps: readonly Transfer[];
  /** Whether `steps` goes back to the beginning; earlier ones may be on a page that is not loaded yet. */
  readonly complete: boolean;
}

/** Folds transfers, newest first, into one entry a generation, at the position of its latest transfer. */
export function foldTransfers(transfers: readonly Transfer[]): StatementEntry[] {
  const byId = Map.groupBy(transfers, ({ id, generationId }) => generationId ?? id);
  return [...byId].flatMap(([id, steps]) => {
    const [latest] = steps;
    const complete = steps.some(({ kind }) => kind === 'reserve' || kind === 'topup');
    return latest ? [{ id, latest, steps, complete }] : [];
  });
}
