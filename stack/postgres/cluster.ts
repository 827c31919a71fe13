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

/** A fast shutdown of a postmaster that an earlier launcher left behind. */
const LEFTOVER_STOP_TIMEOUT_MS = 10_000;

export interface ClusterDeps {
  readonly supervisor: Supervisor;
  readonly binaries: PostgresBinaries;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * The folder of the database cluster, made by initdb the first time. A cluster belongs to one major version, so that
 * is in its name. initdb works in a folder beside it: one that was interrupted leaves nothing that looks complete.
 */
export async function openCluster(deps: ClusterDeps, folder: PostgresFolder, ownerPassword: string): Promise<string> {
  const major = deps.binaries.version.split('.')[0];
  const cluster = join(folder.path, String(major));
  if (existsSync(join(cluster, 'PG_VERSION'))) {
    await clearPidFile(cluster);
    return cluster;
  }
  const half = `${cluster}.new`;
  await rm(half, { recursive: true, force: true });
  const passwordFile = join(folder.path, 'initdb-password');
  await writeFile(passwordFile, `${ownerPassword}\n`, { mode: 0o600 });
  if (folder.account !== undefined) await chown(passwordFile, folder.account.uid, folder.account.gid);
  try {
    await deps.supervisor.run({
      name: 'initdb',
      command: deps.binaries.initdb,
      // The builtin locale sorts and folds case the same on every machine, whatever locales it has installed.
      args: [
        ['-D', half, '-U', ROLES.owner, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'],
        ['--encoding=UTF8', '--locale-provider=builtin', '--locale=C.UTF-8', '--no-sync'],
      ].flat(),
      env: serverEnvironment(deps.env, { LC_ALL: 'C' }),
      account: folder.account,
      cwd: folder.path,
    });
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(half, cluster);
  return cluster;
}

/**
 * Postgres refuses to start while postmaster.pid names a process that lives. After a kill that is either this cluster's
 * own postmaster, which is ended, or a stranger with its number (in a container pids start again at 1): then the file goes.
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
