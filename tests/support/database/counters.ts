import type { Client } from 'pg';

/** Rows of all tables, those that triggers and functions wrote included. */
export interface RowCounters {
  readonly inserted: number;
  readonly updated: number;
  readonly deleted: number;
}

type Texts<Counters> = { readonly [Name in keyof Counters]: string };

const ROWS = `SELECT sum(n_tup_ins) AS inserted, sum(n_tup_upd) AS updated, sum(n_tup_del) AS deleted FROM pg_stat_user_tables`;
const TRANSACTIONS = `SELECT xact_commit + xact_rollback AS ended FROM pg_stat_database WHERE datname = $1`;

/**
 * Rows that were written so far in the database of this session (pg_stat_user_tables). A session reports its work a second after its
 * last report, or ten seconds after its last statement: see `pg_stat_force_next_flush`.
 */
export async function readRowCounters(session: Client): Promise<RowCounters> {
  const { rows } = await session.query<Texts<RowCounters>>(ROWS);
  const [row] = rows;
  return { inserted: Number(row?.inserted), updated: Number(row?.updated), deleted: Number(row?.deleted) };
}

/**
 * Transactions of a database that have ended so far (pg_stat_database), rolled back ones included; a statement outside a transaction is
 * one as well. 0 without such a database. Reported as late as rows are.
 * @param observer a session in another database, so that it does not count itself
 */
export async function readTransactions(observer: Client, database: string): Promise<number> {
  const { rows } = await observer.query<{ ended: string }>(TRANSACTIONS, [database]);
  return Number(rows[0]?.ended ?? 0);
}
