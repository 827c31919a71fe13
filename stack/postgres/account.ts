import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The operating-system account that runs Postgres when the launcher is root, since Postgres refuses to run as root. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** `postgres` where the system has it; else `nobody`, which every system has: no account is created on the user's system. */
const CANDIDATES = ['postgres', 'nobody'] as const;

/**
 * The account for Postgres: none unless the launcher is root.
 *
 * @param ownerUid owner of an existing data folder, which remains its owner.
 * @throws Error when root has neither account.
 */
export async function postgresAccount(ownerUid?: number): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const known = (await Promise.all(CANDIDATES.map(findAccount))).filter((account) => account !== undefined);
  const account = known.find(({ uid }) => uid === ownerUid) ?? known[0];
  if (account === undefined) {
    throw new Error('Postgres can’t run as root, and this system has no account "postgres" or "nobody" to run it as.');
  }
  return account;
}

async function findAccount(name: string): Promise<Account | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { name, uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

/** Whether the account may enter every folder above `path` (mode bits only) and `path` itself. */
export async function isReachable(path: string, account: Account): Promise<boolean> {
  const { mode, uid, gid } = await stat(path);
  const [userBit, groupBit, otherBit] = [0o100, 0o010, 0o001];
  const bit = uid === account.uid ? userBit : gid === account.gid ? groupBit : otherBit;
  if ((mode & bit) === 0) return false;
  const parent = dirname(path);
  return parent === path || isReachable(parent, account);
}
