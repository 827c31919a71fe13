import { Client } from 'pg';
import { createDatabase, type Database } from '#drizzle/connection/database.ts';
import { migrate } from '#drizzle/migrate/migrate.ts';
import { seedStudio, type SeedSize } from '#tests/lists/seed.ts';
import type { TemporaryStack } from '#tests/support/temporary-stack.ts';

const NAME = 'bench_data';
/** Queries are measured one at a time. */
const POOL_SIZE = 1;
/** Tables with fewer rows are not worth a mention. */
const LARGE_ROWS = 1_000;
/** Seeding ends with ANALYZE, whose estimates are exact enough. */
const ROWS = `SELECT relname AS name, reltuples::float8 AS rows FROM pg_class
  WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND reltuples >= ${LARGE_ROWS} ORDER BY reltuples DESC, relname`;

export interface DataUser {
  readonly accountId: string;
  readonly projectId: string;
  readonly avatarId: string;
}

export interface DataDatabase {
  readonly database: Database;
  /** A sample of its users, including those with the most avatars. */
  readonly users: readonly [DataUser, ...DataUser[]];
  /** By table, those with at least {@link LARGE_ROWS}. */
  readonly rows: Readonly<Record<string, number>>;
  close(): Promise<void>;
}

/** A separate database in the stack's Postgres, with the data of a month. */
export async function openDataDatabase(
  { databaseUrl, databaseOwnerUrl }: TemporaryStack,
  size: SeedSize,
  users: number,
): Promise<DataDatabase> {
  await asOwner(databaseOwnerUrl, (owner) => owner.query(`CREATE DATABASE ${NAME}`));
  const ownerUrl = inDatabase(databaseOwnerUrl);
  await migrate(ownerUrl);
  // A checkpoint of the default size would write every page of the tables many times.
  await asOwner(databaseOwnerUrl, (owner) => owner.query("ALTER SYSTEM SET max_wal_size = '32GB'"));
  await asOwner(databaseOwnerUrl, (owner) => owner.query('SELECT pg_reload_conf()'));
  await seedStudio(ownerUrl, size);
  const database = createDatabase({ url: inDatabase(databaseUrl), applicationName: 'bench', poolSize: POOL_SIZE });
  const found = await asOwner(ownerUrl, (owner) =>
    owner.query<DataUser>(
      `SELECT account_id AS "accountId", min(project_id::text) AS "projectId", min(id::text) AS "avatarId" FROM avatars
       GROUP BY account_id ORDER BY count(*) DESC, account_id LIMIT $1`,
      [users],
    ),
  );
  const [first, ...others] = found.rows;
  if (first === undefined) throw new Error('No account has an avatar');
  const counted = await asOwner(ownerUrl, (owner) => owner.query<{ name: string; rows: number }>(ROWS));
  const rows = Object.fromEntries(counted.rows.map((table) => [table.name, table.rows]));
  return { database, users: [first, ...others], rows, close: () => database.close() };
}

async function asOwner<Result>(url: string, work: (owner: Client) => Promise<Result>): Promise<Result> {
  const owner = new Client({ connectionString: url });
  await owner.connect();
  try {
    return await work(owner);
  } finally {
    await owner.end();
  }
}

function inDatabase(url: string): string {
  const changed = new URL(url);
  changed.pathname = `/${NAME}`;
  return changed.href;
}
