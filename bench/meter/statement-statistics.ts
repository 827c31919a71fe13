import type { Client } from 'pg';
import { withClient } from '#stack/postgres/databases.ts';
import type { TemporaryStack } from '#tests/support/temporary-stack.ts';
import { readRowCounters, readTransactions, type RowCounters } from '#tests/support/database/counters.ts';

/** What one database did. */
export interface DatabaseUse {
  /** Statements as clients sent them, BEGIN and COMMIT included; those inside functions are not counted. */
  readonly statements: number;
  readonly transactions: number;
  readonly rows: RowCounters;
  /** Write-ahead log that its statements wrote, without the records of their commits. */
  readonly walBytes: number;
}

export interface PostgresUse {
  readonly databases: Readonly<Record<string, DatabaseUse>>;
  /** Write-ahead log of the whole server. */
  readonly walBytes: number;
}

const STATEMENTS = `SELECT sum(calls) AS statements, sum(wal_bytes) AS "walBytes" FROM pg_stat_statements
  JOIN pg_database ON pg_database.oid = dbid WHERE datname = $1`;

/** The address of the maintenance database: what a session there reads is not counted for the others. */
export function observerUrl(ownerUrl: string): string {
  return inDatabase(ownerUrl, 'postgres');
}

/** Loads pg_stat_statements into the stack's Postgres, which needs a restart of it and of Temporal. */
export async function enableStatementStatistics({
  databaseOwnerUrl,
  postgres,
  temporal,
}: TemporaryStack): Promise<void> {
  const url = observerUrl(databaseOwnerUrl);
  await withClient(url, (owner) => owner.query("ALTER SYSTEM SET shared_preload_libraries = 'pg_stat_statements'"));
  await postgres?.restart();
  await temporal?.restart();
  await withClient(url, (owner) => owner.query('CREATE EXTENSION IF NOT EXISTS pg_stat_statements'));
}

/** Reads what Postgres has counted so far for existing databases; see {@link readRowCounters} for how late that is. */
export async function readPostgresUse(ownerUrl: string, names: readonly string[]): Promise<PostgresUse> {
  return withClient(observerUrl(ownerUrl), async (observer) => {
    const wal = await observer.query<{ bytes: string }>("SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn AS bytes");
    const databases: Record<string, DatabaseUse> = {};
    for (const name of names) databases[name] = await readDatabaseUse(observer, ownerUrl, name);
    return { databases, walBytes: Number(wal.rows[0]?.bytes ?? 0) };
  });
}

async function readDatabaseUse(observer: Client, ownerUrl: string, name: string): Promise<DatabaseUse> {
  const { rows } = await observer.query<{ statements: string; walBytes: string }>(STATEMENTS, [name]);
  return {
    statements: Number(rows[0]?.statements ?? 0),
    walBytes: Number(rows[0]?.walBytes ?? 0),
    transactions: await readTransactions(observer, name),
    rows: await withClient(inDatabase(ownerUrl, name), readRowCounters),
  };
}

/** The same server and role, in another database. */
export function inDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}
