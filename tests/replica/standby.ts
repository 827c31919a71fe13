import { execFile } from 'node:child_process';
import { appendFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { migrate } from '#drizzle/migrate/migrate.ts';
import { serverEnvironment } from '#stack/inherited-environment.ts';
import { createPortChooser, LOOPBACK } from '#stack/ports.ts';
import { postgresAccount } from '#stack/postgres/account.ts';
import { postgresBinaries } from '#stack/postgres/binaries.ts';
import { openPostgresFolder } from '#stack/postgres/data-folder.ts';
import { DATABASES, databaseUrl } from '#stack/postgres/databases.ts';
import { ROLES } from '#stack/postgres/passwords.ts';
import { startPostgres, type EmbeddedPostgres } from '#stack/postgres/server.ts';
import { startPart, type StackPart } from '#stack/stack-part.ts';
import { createSupervisor } from '#stack/supervisor.ts';
import { waitUntil } from '#stack/wait-until.ts';
import { createDataDir, removeDataDir } from '../support/temporary-stack.ts';

const START_TIMEOUT_MS = 30_000;
/** A standby must allow at least as many connections as its primary. */
const MAX_CONNECTIONS = 300;

/** Two real servers: a primary and a streaming standby. */
export interface PrimaryWithStandby {
  readonly primaryUrl: string;
  readonly primaryOwnerUrl: string;
  readonly standbyUrl: string;
  /** Runs a statement on the standby as superuser, such as pausing its replay. */
  asStandbyOwner(statement: string): Promise<void>;
  readonly standby: StackPart;
  stop(): Promise<void>;
}

export async function startPrimaryWithStandby(): Promise<PrimaryWithStandby> {
  const [primaryDir, standbyDir] = [await createDataDir(), await createDataDir()];
  const [first, second] = [createSupervisor(primaryDir), createSupervisor(standbyDir)];
  const ports = createPortChooser(() => undefined);
  const port = await ports.choose('primary', 0);
  const primary = await startPostgres(
    { supervisor: first, env: process.env },
    { dataDir: primaryDir, port, durable: false },
  );
  await migrate(primary.ownerUrl);
  await primary.stop();
  const cluster = await copyCluster(primary, primaryDir, standbyDir);
  await primary.restart();

  const account = await postgresAccount();
  const { postgres } = await postgresBinaries(account);
  const standbyPort = await ports.choose('standby', 0);
  const ownerUrl = databaseUrl(standbyPort, ROLES.owner, primary.passwords.owner, DATABASES.app);
  const asStandbyOwner = async (statement: string): Promise<void> => {
    const client = new Client({ connectionString: ownerUrl });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  const standby = await startPart(() =>
    second.start({
      name: 'standby',
      command: postgres,
      args: [
        ['-D', cluster, '-c', `port=${standbyPort}`, '-c', `listen_addresses=${LOOPBACK}`],
        ['-c', 'unix_socket_directories=', '-c', `max_connections=${MAX_CONNECTIONS}`, '-c', 'fsync=off'],
      ].flat(),
      env: serverEnvironment(process.env, { LC_ALL: 'C' }),
      cwd: standbyDir,
      account,
      stopSignal: 'SIGINT',
      stopTimeoutMs: START_TIMEOUT_MS,
      ready: async (signal) => {
        const timeoutMs = START_TIMEOUT_MS;
        await waitUntil({ what: 'the standby', timeoutMs, signal }, async () => {
          await asStandbyOwner('SELECT 1');
          return true;
        });
      },
    }),
  );
  return {
    primaryUrl: primary.appUrl,
    primaryOwnerUrl: primary.ownerUrl,
    standbyUrl: databaseUrl(standbyPort, ROLES.app, primary.passwords.app, DATABASES.app),
    asStandbyOwner,
    standby,
    async stop() {
      await second.stopAll();
      await first.stopAll();
      await Promise.all([primaryDir, standbyDir].map(removeDataDir));
    },
  };
}

/** Makes a standby out of a stopped primary: a copy of its data with a signal file. @returns the copy's folder */
async function copyCluster(primary: EmbeddedPostgres, from: string, to: string): Promise<string> {
  const folder = await openPostgresFolder(from);
  const target = join(to, 'postgres');
  await promisify(execFile)('cp', ['-a', folder.path, target]);
  const cluster = join(target, '18');
  await rm(join(cluster, 'postmaster.pid'), { force: true });
  const source = `host=${LOOPBACK} port=${primary.port} user=${ROLES.owner} password=${primary.passwords.owner}`;
  await appendFile(join(cluster, 'postgresql.auto.conf'), `primary_conninfo = '${source}'\n`);
  await writeFile(join(cluster, 'standby.signal'), '');
  return cluster;
}
