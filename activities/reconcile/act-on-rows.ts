import type { Logger } from 'pino';

/** Parallel calls of a part: enough to go through a round's rows in seconds, few enough to leave connections to the generations. */
const CONCURRENCY = 8;

export interface PartContext {
  /** Aborted when the part's time is over: then no further row is begun. */
  readonly signal: AbortSignal;
  readonly log: Logger;
  /** Reports rows that a part could not handle. */
  readonly rowsFailed: (count: number) => void;
}

/**
 * Acts on rows, several at once. A row that fails is logged and does not stop the others; the next round tries it again.
 *
 * @param onBegun told how many rows were begun, also when all of them failed, so that the next round goes on with others
 * @returns results in the order of the rows; undefined where a row failed or was not begun
 * @throws the first row's error when every row failed: then not the rows are the cause
 */
export async function actOnRows<Row extends { readonly id: string }, Result>(
  { signal, log, rowsFailed }: PartContext,
  rows: readonly Row[],
  act: (row: Row) => Promise<Result>,
  onBegun: (begun: number) => void = () => undefined,
): Promise<(Result | undefined)[]> {
  const results: (Result | undefined)[] = Array.from({ length: rows.length });
  const errors: unknown[] = [];
  let begun = 0;
  async function work(): Promise<void> {
    while (begun < rows.length && !signal.aborted) {
      const index = begun++;
      const row = rows[index]!;
      try {
        results[index] = await act(row);
      } catch (error) {
        errors.push(error);
        log.error({ err: error, id: row.id }, 'a row could not be reconciled; the next round tries it again');
      }
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  onBegun(begun);
  if (errors.length > 0) rowsFailed(errors.length);
  if (errors.length > 0 && errors.length === begun) throw errors[0];
  return results;
}

/** How many rows the act was successful for. */
export function countOf(results: readonly (boolean | undefined)[]): number {
  return results.filter((result) => result === true).length;
}
