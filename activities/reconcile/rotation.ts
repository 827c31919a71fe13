/**
 * Where the next round of a part continues, so that rows at the front that can't be handled never hide the ones behind them. Each
 * process has its own; one that starts begins at the front.
 */
export interface Rotation<Row> {
  /** Lists the rows after the last one that was begun; at the end of the list, from the front. */
  list(page: (after: Row | undefined) => Promise<Row[]>): Promise<Row[]>;
  /** @param begun how many of the listed rows were begun; those that failed are among them, or they would hide the others for ever */
  advance(rows: readonly Row[], begun: number): void;
}

/** @param limit of rows that one page has */
export function createRotation<Row>(limit: number): Rotation<Row> {
  let after: Row | undefined;
  return {
    async list(page) {
      const rows = await page(after);
      return rows.length === 0 && after !== undefined ? page(undefined) : rows;
    },
    advance(rows, begun) {
      const isEnd = begun === rows.length && rows.length < limit;
      after = isEnd ? undefined : rows[begun - 1];
    },
  };
}
