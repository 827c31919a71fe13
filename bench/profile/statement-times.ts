import { withClient } from '#stack/postgres/databases.ts';
import { observerUrl } from '../meter/statement-statistics.ts';

const TIMES = `SELECT datname AS database, query, sum(total_exec_time) AS ms FROM pg_stat_statements
  JOIN pg_database ON pg_database.oid = dbid WHERE datname <> 'postgres' GROUP BY datname, query`;

/** @returns ms that each statement has run so far, waits for locks and the disk included, by database and text */
export async function readStatementTimes(ownerUrl: string): Promise<Map<string, number>> {
  return withClient(observerUrl(ownerUrl), async (observer) => {
    const { rows } = await observer.query<{ database: string; query: string; ms: number }>(TIMES);
    return new Map(rows.map(({ database, query, ms }) => [`${database}: ${query}`, Number(ms)]));
  });
}

/** What came in between; a statement that is new counts from 0. */
export function timesSince(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): Map<string, number> {
  return new Map([...after].map(([name, ms]) => [name, ms - (before.get(name) ?? 0)]));
}
