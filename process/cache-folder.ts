import { lstat, mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

const PRIVATE_MODE = 0o700;
/** Mode bits: writable by group or others. */
const OTHERS_WRITE = 0o022;
const ROOT = 0;

/** `$XDG_CACHE_HOME/avatar-studio`, else `~/.cache/avatar-studio`: shared by all clones of one user. */
export function cacheRoot(env: NodeJS.ProcessEnv): string {
  const base = env['XDG_CACHE_HOME'];
  // The XDG specification says a relative path must be ignored.
  const root = base !== undefined && base.startsWith('/') ? base : join(env['HOME'] ?? homedir(), '.cache');
  return join(root, 'avatar-studio');
}

/**
 * A folder with programs to run, created with access for this user only if it is missing.
 * @throws Error when another user could have written to it
 */
export async function openPrivateFolder(path: string): Promise<void> {
  if ((await trustIn(path)) === 'missing') await mkdir(path, { recursive: true, mode: PRIVATE_MODE });
  const trust = await trustIn(path);
  if (trust !== 'ours') throw new Error(`${path} is not used: ${trust}. Remove it, or name another folder`);
}

/** Whether a file or folder exists, and only this user or root can have written it. */
export async function isOurs(path: string): Promise<boolean> {
  return (await trustIn(path)) === 'ours';
}

async function trustIn(path: string): Promise<string> {
  const found = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (found === undefined) return 'missing';
  if (found.isSymbolicLink()) return 'it is a symbolic link';
  // Without user ids, as on Windows, the permissions of the user's own folder protect it.
  const user = process.getuid?.();
  if (user === undefined) return 'ours';
  if (found.uid !== user && found.uid !== ROOT) return `it belongs to another user (${found.uid})`;
  return (found.mode & OTHERS_WRITE) === 0 ? 'ours' : 'other users may write there';
}
