import pg from 'pg';
import { runCommand } from '#process/run-command.ts';
import { readMigrations } from './journal.ts';
import { readOwnerUrl } from './owner-url.ts';

/** One lock key for the whole project, so that concurrent processes migrate one after the other. */
const ADVISORY_LOCK = 4_820_711;
/** How long a process waits for another one to finish, ms. */
const LOCK_WAIT_MS = 120_000;
/** Timeout of one statement of a migration, ms: an index on a large table takes minutes. */
const STATEMENT_TIMEOUT_MS = 600_000;
const CONNECT_TIMEOUT_MS = 10_000;

const HISTORY = `CREATE TABLE IF NOT EXISTS schema_migrations (
  tag text PRIMARY KEY, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`;

/**
 * Brings the schema up to date; each migration is one transaction. Safe to call from several processes at once.
 * @param ownerUrl connection of the role that owns the tables
 * @returns the tags applied now
 * @throws when an applied migration's file has changed since
 */
export async function migrate(ownerUrl: string): Promise<string[]> {
  return withMigrationLock(ownerUrl, async (client) => {
    await client.query(HISTORY);
    const applied = await appliedMigrations(client);
    const appliedNow: string[] = [];
    for (const migration of await readMigrations()) {
      const known = applied.get(migration.tag);
      if (known !== undefined && known !== migration.sha256) {
        throw new Error(
          `Migration ${migration.tag} was applied in another form: restore its file and add a new migration instead`,
        );
      }
      if (known !== undefined) continue;
      await inTransaction(client, migration.up, 'INSERT INTO schema_migrations (tag, sha256) VALUES ($1, $2)', [
        migration.tag,
        migration.sha256,
      ]);
      appliedNow.push(migration.tag);
    }
    return appliedNow;
  });
}

/**
 * Reverts migrations, newest first. Drops data.
 * @param to the tag of the last migration that stays; by default, all are reverted
 * @returns the reverted tags
 * @throws when there is no migration `to`
 */
export async function migrateDown(ownerUrl: string, to?: string): Promise<string[]> {
  return withMigrationLock(ownerUrl, async (client) => {
    await client.query(HISTORY);
    const applied = await appliedMigrations(client);
    const migrations = await readMigrations();
    const lastIndex = to === undefined ? -1 : migrations.findIndex(({ tag }) => tag === to);
    if (to !== undefined && lastIndex === -1) throw new Error(`There is no migration ${to}`);
    const reverted: string[] = [];
    for (const migration of migrations.slice(lastIndex + 1).toReversed()) {
      if (!applied.has(migration.tag)) continue;
      await inTransaction(client, migration.down, 'DELETE FROM schema_migrations WHERE tag = $1', [migration.tag]);
      reverted.push(migration.tag);
    }
    if (to === undefined) await client.query('DROP TABLE schema_migrations');
    return reverted;
  });
}

async function appliedMigrations(client: pg.Client): Promise<Map<string, string>> {
  const { rows } = await client.query<{ tag: string; sha256: string }>('SELECT tag, sha256 FROM schema_migrations');
  return new Map(rows.map(({ tag, sha256 }) => [tag, sha256]));
}

async function inTransaction(
  client: pg.Client,
  script: string,
  historyStatement: string,
  values: string[],
): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(script);
    await client.query(historyStatement, values);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}

async function withMigrationLock<Result>(
  ownerUrl: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({
    connectionString: ownerUrl,
    application_name: 'avatar-studio migrate',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    lock_timeout: LOCK_WAIT_MS,
  });
  await client.connect();
  try {
    // Released with the connection, also when this process dies.
    await client.query('SELECT pg_advisory_lock($1)', [ADVISORY_LOCK]);
    return await work(client);
  } finally {
    await client.end();
  }
}

if (import.meta.main) {
  await runCommand(async () => {
    const ownerUrl = readOwnerUrl(process.env);
    const [direction = 'up', to] = process.argv.slice(2);
    const tags = direction === 'down' ? await migrateDown(ownerUrl, to) : await migrate(ownerUrl);
    console.log(tags.length === 0 ? 'The schema is up to date' : tags.map((tag) => `${direction} ${tag}`).join('\n'));
  });
}
