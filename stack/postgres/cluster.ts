import { chown, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { identify } from '../process-identity.ts';
import { hasEnded, signalQuietly } from '../run-records.ts';
import { serverEnvironment } from '../inherited-environment.ts';
import type { Supervisor } from '../supervisor.ts';
import type { PostgresBinaries } from './binaries.ts';
import { recordedPostmaster, type PostgresFolder } from './data-folder.ts';
import { ROLES } from './passwords.ts';

/** A fast shutdown of a postmaster that a killed launcher left running. */
const LEFTOVER_STOP_TIMEOUT_MS = 10_000;

export interface ClusterDeps {
  readonly supervisor: Supervisor;
  readonly binaries: PostgresBinaries;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * The folder of the database cluster, created by initdb at the first start. Its name contains the major version that it belongs to.
 * initdb writes to a temporary folder, so that an interrupted run leaves no incomplete cluster.
 */
export async function openCluster(deps: ClusterDeps, folder: PostgresFolder, ownerPassword: string): Promise<string> {
  const major = deps.binaries.version.split('.')[0];
  const cluster = join(folder.path, String(major));
  if (existsSync(join(cluster, 'PG_VERSION'))) {
    await clearPidFile(cluster);
    return cluster;
  }
  const incomplete = `${cluster}.new`;
  await rm(incomplete, { recursive: true, force: true });
  const passwordFile = join(folder.path, 'initdb-password');
  await writeFile(passwordFile, `${ownerPassword}\n`, { mode: 0o600 });
  if (folder.account !== undefined) await chown(passwordFile, folder.account.uid, folder.account.gid);
  try {
    await deps.supervisor.run({
      name: 'initdb',
      command: deps.binaries.initdb,
      // The builtin locale sorts and folds case the same on every machine, whatever locales it has installed.
      args: [
        ['-D', incomplete, '-U', ROLES.owner, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'],
        ['--encoding=UTF8', '--locale-provider=builtin', '--locale=C.UTF-8', '--no-sync'],
      ].flat(),
      env: serverEnvironment(deps.env, { LC_ALL: 'C' }),
      account: folder.account,
      cwd: folder.path,
    });
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(incomplete, cluster);
  return cluster;
}

/**
 * Postgres refuses to start while postmaster.pid names a running process. After a kill, that is either this cluster's own postmaster,
 * which is stopped, or an unrelated process with the same pid (in a container, pids restart at 1): then the file is removed.
 */
async function clearPidFile(cluster: string): Promise<void> {
  const pid = await recordedPostmaster(cluster);
  if (pid === undefined) return;
  const identity = await identify(pid);
  if (identity !== undefined && (await isPostmasterOf(pid, cluster))) {
    signalQuietly(pid, 'SIGINT');
    await hasEnded(identity, LEFTOVER_STOP_TIMEOUT_MS);
    return;
  }
  await rm(join(cluster, 'postmaster.pid'), { force: true });
}

async function isPostmasterOf(pid: number, cluster: string): Promise<boolean> {
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined);
  // Without /proc this can't be determined, so Postgres' own check decides.
  return command === undefined || command.split('\0').includes(cluster);
}
