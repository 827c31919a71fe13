import { LOOPBACK } from '../ports.ts';
import { DATABASES } from '../postgres/databases.ts';
import { ROLES } from '../postgres/passwords.ts';
import type { EmbeddedPostgres } from '../postgres/server.ts';
import { startOfficialServer, type TemporalServer, type TemporalServerDeps } from './official-server.ts';
import { deleteClusterMembers, migrateTemporalSchema } from './schema.ts';

export interface TemporalOnPostgresOptions {
  readonly dataDir: string;
  readonly port: number;
  readonly server: string;
  readonly sqlTool: string;
  readonly postgres: EmbeddedPostgres;
}

/** Runs the official server on the embedded Postgres. */
export async function startTemporalOnPostgres(
  deps: TemporalServerDeps,
  { dataDir, port, server, sqlTool, postgres }: TemporalOnPostgresOptions,
): Promise<TemporalServer> {
  await migrateTemporalSchema({ ...deps, postgres, sqlTool });
  const store = {
    DB: 'postgres12_pgx',
    POSTGRES_SEEDS: LOOPBACK,
    DB_PORT: String(postgres.port),
    POSTGRES_USER: ROLES.temporal,
    POSTGRES_PWD: postgres.passwords.temporal,
    DBNAME: DATABASES.temporal,
    VISIBILITY_DBNAME: DATABASES.temporalVisibility,
  };
  return startOfficialServer(deps, {
    dataDir,
    port,
    server,
    store,
    beforeLaunch: () => deleteClusterMembers(postgres),
  });
}
