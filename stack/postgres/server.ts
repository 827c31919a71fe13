import type { Child } from '../child-process.ts';
import { serverEnvironment } from '../inherited-environment.ts';
import { LOOPBACK } from '../ports.ts';
import { startPart, type StackPart } from '../stack-part.ts';
import type { Supervisor } from '../supervisor.ts';
import { waitUntil } from '../wait-until.ts';
import { postgresAccount } from './account.ts';
import { postgresBinaries } from './binaries.ts';
import { openCluster } from './cluster.ts';
import { openPostgresFolder } from './data-folder.ts';
import { DATABASES, databaseUrl, ensureDatabases, withClient } from './databases.ts';
import { ROLES, readOrCreatePasswords, type Passwords } from './passwords.ts';

export interface PostgresDeps {
  readonly supervisor: Supervisor;
  readonly env: NodeJS.ProcessEnv;
}

export interface PostgresOptions {
  readonly dataDir: string;
  readonly port: number;
  /** false only for disposable data: a crash of the machine may corrupt it. */
  readonly durable: boolean;
}

/** The running embedded Postgres. */
export interface EmbeddedPostgres extends StackPart {
  readonly port: number;
  readonly passwords: Passwords;
  /** For tests, with the privileges of API and worker. */
  readonly appUrl: string;
  readonly apiUrl: string;
  readonly workerUrl: string;
  /** For migrations: superuser. */
  readonly ownerUrl: string;
}

/**
 * The Temporal server's four services may open 4 x (20 + 10) connections; the others are for API, workers and, in tests,
 * many concurrent files. An unused slot costs some hundred bytes of shared memory.
 */
const MAX_CONNECTIONS = 300;
/** Crash recovery replays the log since the last checkpoint, at most some gigabytes. */
const START_TIMEOUT_MS = 120_000;
/** A fast shutdown writes a checkpoint. */
const STOP_TIMEOUT_MS = 30_000;

/**
 * Starts PostgreSQL 18 on `<dataDir>/postgres`, with its databases and roles.
 *
 * @throws Error with the end of its log when it can't start.
 */
export async function startPostgres(deps: PostgresDeps, options: PostgresOptions): Promise<EmbeddedPostgres> {
  const folder = await openPostgresFolder(options.dataDir);
  const binaries = await postgresBinaries(folder.account ?? (await postgresAccount()));
  const passwords = await readOrCreatePasswords(folder.path);
  const ownerUrl = databaseUrl(options.port, ROLES.owner, passwords.owner, DATABASES.app);
  const maintenanceUrl = databaseUrl(options.port, ROLES.owner, passwords.owner, 'postgres');

  async function launch(): Promise<Child> {
    const cluster = await openCluster({ ...deps, binaries }, folder, passwords.owner);
    return deps.supervisor.start({
      name: 'postgres',
      command: binaries.postgres,
      args: ['-D', cluster, ...settings(options).flatMap((setting) => ['-c', setting])],
      env: serverEnvironment(deps.env, { LC_ALL: 'C' }),
      cwd: folder.path,
      account: folder.account,
      // SIGINT is Postgres' fast shutdown; SIGTERM would wait for every client to disconnect.
      stopSignal: 'SIGINT',
      stopTimeoutMs: STOP_TIMEOUT_MS,
      ready: async (signal) => {
        await waitUntil({ what: 'Postgres accepting connections', timeoutMs: START_TIMEOUT_MS, signal }, () =>
          withClient(maintenanceUrl, (client) => client.query('SELECT 1')),
        );
      },
    });
  }

  const part = await startPart(launch);
  await ensureDatabases(options.port, passwords);
  const urlFor = (role: 'app' | 'api' | 'worker') =>
    databaseUrl(options.port, ROLES[role], passwords[role], DATABASES.app);
  return {
    ...part,
    port: options.port,
    passwords,
    appUrl: urlFor('app'),
    apiUrl: urlFor('api'),
    workerUrl: urlFor('worker'),
    ownerUrl,
  };
}

function settings(options: PostgresOptions): string[] {
  // A killed server loses nothing; only a crash of the machine would.
  const unsafe = ['fsync=off', 'full_page_writes=off'];
  return [
    `port=${options.port}`,
    `listen_addresses=${LOOPBACK}`,
    // No socket file: /tmp is shared with other clusters and not always writable for the account.
    'unix_socket_directories=',
    `max_connections=${MAX_CONNECTIONS}`,
    // All statements are short and repeated: compiling them costs more than it saves.
    'jit=off',
    'password_encryption=scram-sha-256',
    // The details of an error quote the refused row, with prompts and names.
    'log_error_verbosity=terse',
    ...(options.durable ? [] : unsafe),
  ];
}
