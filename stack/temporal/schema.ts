import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serverEnvironment } from '../inherited-environment.ts';
import { LOOPBACK } from '../ports.ts';
import { DATABASES, databaseUrl, withClient } from '../postgres/databases.ts';
import { ROLES } from '../postgres/passwords.ts';
import type { EmbeddedPostgres } from '../postgres/server.ts';
import type { Supervisor } from '../supervisor.ts';

/** Also run by the containers' setup-schema.sh. */
const VISIBILITY_INDEXES = join(import.meta.dirname, '../../ops/temporal/visibility-indexes.sql');

export interface SchemaDeps {
  readonly supervisor: Supervisor;
  readonly env: NodeJS.ProcessEnv;
  readonly postgres: EmbeddedPostgres;
  readonly sqlTool: string;
}

/** Brings the schema of Temporal's two databases to the version of the server. Data is retained; safe to repeat. */
export async function migrateTemporalSchema(deps: SchemaDeps): Promise<void> {
  await Promise.all([
    migrate(deps, DATABASES.temporal, 'postgresql/v12/temporal'),
    migrate(deps, DATABASES.temporalVisibility, 'postgresql/v12/visibility'),
  ]);
  await adjustIndexes(deps.postgres);
}

/** After each update, which may create them anew. */
async function adjustIndexes({ port, passwords }: EmbeddedPostgres): Promise<void> {
  const statements = await readFile(VISIBILITY_INDEXES, 'utf8');
  const url = databaseUrl(port, ROLES.temporal, passwords.temporal, DATABASES.temporalVisibility);
  await withClient(url, (client) => client.query(statements));
}

async function migrate(deps: SchemaDeps, database: string, schemaName: string): Promise<void> {
  const run = (step: string, args: readonly string[]): Promise<void> =>
    deps.supervisor.run({
      name: `temporal-sql-${step}-${database}`,
      command: deps.sqlTool,
      args: [
        ['--plugin', 'postgres12_pgx', '--ep', LOOPBACK, '-p', String(deps.postgres.port)],
        ['-u', ROLES.temporal, '--db', database, ...args],
      ].flat(),
      // In the environment, not as an option: other users can read the process list.
      env: serverEnvironment(deps.env, { SQL_PASSWORD: deps.postgres.passwords.temporal }),
    });
  // setup-schema sets the version back to 0.0 even where tables exist: only for an empty database.
  if (!(await hasSchemaVersion(deps.postgres, database))) await run('setup', ['setup-schema', '-v', '0.0']);
  await run('update', ['update-schema', '--schema-name', schemaName]);
}

async function hasSchemaVersion(postgres: EmbeddedPostgres, database: string): Promise<boolean> {
  const url = databaseUrl(postgres.port, ROLES.temporal, postgres.passwords.temporal, database);
  return withClient(url, async (client) => {
    const result = await client.query<{ found: boolean }>("SELECT to_regclass('schema_version') IS NOT NULL AS found");
    return result.rows[0]?.found === true;
  });
}

/**
 * Deletes the cluster members of the previous server. The new one would first try to join them, for up to a minute
 * after a kill or on other ports ("Not enough hosts to serve the request"); the embedded server is always alone.
 */
export async function deleteClusterMembers(postgres: EmbeddedPostgres): Promise<void> {
  const url = databaseUrl(postgres.port, ROLES.temporal, postgres.passwords.temporal, DATABASES.temporal);
  await withClient(url, (client) => client.query('DELETE FROM cluster_membership'));
}
