import { createHash } from 'node:crypto';
import { chown, lstat, mkdir, readFile, realpath, rm, stat, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isReachable, postgresAccount, type Account } from './account.ts';

/** Database folder when the launcher is root and the account of Postgres cannot access the project, such as in /root. */
const SHARED_STATE = '/var/lib/avatar-studio';

export interface PostgresFolder {
  /** Real path, owned by the account. Holds the cluster and its passwords. */
  readonly path: string;
  readonly account: Account | undefined;
}

/**
 * Creates `<dataDir>/postgres` and returns its owner. If the launcher is root and the account cannot access the project, the folder
 * is under /var/lib/avatar-studio and `<dataDir>/postgres` is a link to it: removing the link resets the database.
 */
export async function openPostgresFolder(dataDir: string): Promise<PostgresFolder> {
  await mkdir(dataDir, { recursive: true });
  const link = join(await realpath(dataDir), 'postgres');
  const existing = await stat(link).catch(() => undefined);
  const account = await postgresAccount(existing?.uid);
  if (existing !== undefined) return { path: await realpath(link), account };
  if (account === undefined) {
    await mkdir(link, { mode: 0o700 });
    return { path: link, account };
  }
  if (await isReachable(dirname(link), account)) return { path: await createFolderFor(account, link), account };

  const sharedFolder = join(SHARED_STATE, createHash('sha256').update(link).digest('hex').slice(0, 16));
  await rm(sharedFolder, { recursive: true, force: true });
  await mkdir(SHARED_STATE, { recursive: true, mode: 0o755 });
  await createFolderFor(account, sharedFolder);
  await rm(link, { force: true });
  await symlink(sharedFolder, link);
  return { path: sharedFolder, account };
}

/** Removes `<dataDir>/postgres` and the folder that it links to. */
export async function removePostgresFolder(dataDir: string): Promise<void> {
  const link = join(dataDir, 'postgres');
  if ((await lstat(link).catch(() => undefined)) === undefined) return;
  const real = await realpath(link).catch(() => link);
  await rm(real, { recursive: true, force: true });
  await rm(link, { recursive: true, force: true });
}

async function createFolderFor(account: Account, path: string): Promise<string> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  await chown(path, account.uid, account.gid);
  return path;
}

/** Reads `postmaster.pid` (its first line is the pid); `undefined` when there is none. */
export async function recordedPostmaster(cluster: string): Promise<number | undefined> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number(text.split('\n')[0]);
  return Number.isInteger(pid) && pid > 1 ? pid : undefined;
}
