import { runCommand } from '#process/run-command.ts';
import { readOwnerUrl } from '../owner-url.ts';
import { applyFunctions, dropFunctions, readFunctions, type FunctionFile } from './functions.ts';
import { readMigrations, type Migration, type Step } from './migrations.ts';
import { isMadeByReplaced, RENAMES } from './replaced.ts';
import { inTransaction, withMigrationSession, type Session } from './session.ts';

const HISTORY = `CREATE TABLE IF NOT EXISTS schema_migrations (
  tag text PRIMARY KEY, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now());
  ALTER TABLE schema_migrations ADD COLUMN IF NOT EXISTS steps_left integer NOT NULL DEFAULT 0`;

/** What a database is brought to, and who is told about delays. */
export interface MigrateOptions {
  /** By default, the project's own. */
  readonly migrations?: readonly Migration[];
  readonly functions?: readonly FunctionFile[];
  readonly log?: (message: string) => void;
}

/**
 * Brings the schema up to date: first the tables, one migration after the other, then the functions whose files have changed.
 * Traffic goes on: no statement waits longer than two seconds for a lock on a table. Safe to call from several processes at once,
 * and again after an interruption: it continues with the step that was interrupted.
 * @param ownerUrl connection of the role that owns the tables
 * @returns the migrations and functions applied now
 * @throws Error when an applied migration's file has changed since, or when a development version made the database
 */
export async function migrate(ownerUrl: string, options: MigrateOptions = {}): Promise<string[]> {
  const migrations = options.migrations ?? (await readMigrations());
  const functions = options.functions ?? (await readFunctions());
  return withMigrationSession(ownerUrl, options.log ?? console.warn, async (session) => {
    await session.client.query(HISTORY);
    await adoptReplaced(session, migrations);
    const appliedNow: string[] = [];
    const applied = await readHistory(session);
    for (const migration of migrations) {
      const known = applied.get(migration.tag);
      if (known !== undefined && known.sha256 !== migration.sha256) {
        throw new Error(
          `Migration ${migration.tag} was applied in another form: restore its file and add a new migration instead`,
        );
      }
      const stepsLeft = known === undefined ? migration.steps.length : known.stepsLeft;
      if (stepsLeft === 0) continue;
      await runSteps(session, migration, stepsLeft);
      appliedNow.push(migration.tag);
    }
    return [...appliedNow, ...(await applyFunctions(session, functions))];
  });
}

/**
 * Drops the functions and reverts migrations, newest first. Drops data. The next {@link migrate}, of this release or an earlier one,
 * applies its own functions.
 * @param to the tag of the last migration that stays; by default, all are reverted
 * @returns the reverted tags
 * @throws Error when there is no migration `to`
 */
export async function migrateDown(ownerUrl: string, to?: string, options: MigrateOptions = {}): Promise<string[]> {
  const migrations = options.migrations ?? (await readMigrations());
  const functions = options.functions ?? (await readFunctions());
  const lastIndex = to === undefined ? -1 : migrations.findIndex(({ tag }) => tag === to);
  if (to !== undefined && lastIndex === -1) throw new Error(`There is no migration ${to}`);
  return withMigrationSession(ownerUrl, options.log ?? console.warn, async (session) => {
    await session.client.query(HISTORY);
    await adoptReplaced(session, migrations);
    await dropFunctions(session, functions);
    const applied = await readHistory(session);
    const reverted: string[] = [];
    for (const { tag, down } of migrations.slice(lastIndex + 1).toReversed()) {
      if (!applied.has(tag)) continue;
      await inTransaction(session, `reverting ${tag}`, async () => {
        await session.client.query(down);
        await session.client.query('DELETE FROM schema_migrations WHERE tag = $1', [tag]);
      });
      reverted.push(tag);
    }
    if (to === undefined) await session.client.query('DROP TABLE schema_migrations');
    return reverted;
  });
}

async function readHistory({ client }: Session): Promise<Map<string, { sha256: string; stepsLeft: number }>> {
  const { rows } = await client.query<{ tag: string; sha256: string; stepsLeft: number }>(
    'SELECT tag, sha256, steps_left AS "stepsLeft" FROM schema_migrations',
  );
  return new Map(rows.map(({ tag, ...row }) => [tag, row]));
}

/** The tables are the baseline's already; only names and the history change. */
async function adoptReplaced(session: Session, migrations: readonly Migration[]): Promise<void> {
  const applied = [...(await readHistory(session))].map(([tag, row]) => [tag, row.sha256] as const);
  const [baseline] = migrations;
  if (baseline === undefined || !isMadeByReplaced(new Map(applied))) return;
  await inTransaction(session, 'adopting the database', async () => {
    await session.client.query(RENAMES);
    await session.client.query('DELETE FROM schema_migrations');
    await session.client.query('INSERT INTO schema_migrations (tag, sha256) VALUES ($1, $2)', [
      baseline.tag,
      baseline.sha256,
    ]);
  });
}

async function runSteps(session: Session, migration: Migration, stepsLeft: number): Promise<void> {
  const { client } = session;
  const { tag, steps } = migration;
  for (const [index, step] of steps.entries()) {
    const left = steps.length - index - 1;
    if (left >= stepsLeft) continue;
    const recordProgress = () =>
      client.query(
        `INSERT INTO schema_migrations (tag, sha256, steps_left) VALUES ($1, $2, $3)
         ON CONFLICT (tag) DO UPDATE SET steps_left = excluded.steps_left, applied_at = now()`,
        [tag, migration.sha256, left],
      );
    if (step.kind === 'transaction') {
      await inTransaction(session, tag, async () => {
        for (const statement of step.statements) await client.query(statement);
        await recordProgress();
      });
    } else {
      await (step.kind === 'online' ? runOnline(session, step) : runBatches(session, tag, step));
      await recordProgress();
    }
  }
}

/** An interrupted CREATE INDEX CONCURRENTLY leaves an invalid index, which IF NOT EXISTS would take for the finished one. */
async function runOnline({ client }: Session, { statements }: Step): Promise<void> {
  const { rows } = await client.query<{ drop: string }>(
    `SELECT format('DROP INDEX CONCURRENTLY %s', indexrelid::regclass) AS drop FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
     WHERE NOT i.indisvalid AND c.relnamespace = 'public'::regnamespace`,
  );
  for (const { drop } of rows) await client.query(drop);
  for (const statement of statements) await client.query(statement);
}

async function runBatches(session: Session, tag: string, { statements }: Step): Promise<void> {
  const progress = { changed: 0 };
  do {
    await inTransaction(session, tag, async () => {
      progress.changed = (await session.client.query(statements[0]!)).rowCount ?? 0;
    });
  } while (progress.changed > 0);
}

if (import.meta.main) {
  await runCommand(async () => {
    const ownerUrl = readOwnerUrl(process.env);
    const [direction = 'up', to] = process.argv.slice(2);
    const tags = direction === 'down' ? await migrateDown(ownerUrl, to) : await migrate(ownerUrl);
    console.log(tags.length === 0 ? 'The schema is up to date' : tags.map((tag) => `${direction} ${tag}`).join('\n'));
  });
}
