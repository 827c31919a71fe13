import { access, constants } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** A program of a pinned version, and where it lies in the per-user cache. */
export interface CachedTool {
  readonly name: string;
  readonly version: string;
  /** File names of the programs that make the tool complete. */
  readonly binaries: readonly string[];
}

/** `$XDG_CACHE_HOME/avatar-studio`, else `~/.cache/avatar-studio`: shared by all clones of one user. */
export function cacheRoot(env: NodeJS.ProcessEnv): string {
  const base = env['XDG_CACHE_HOME'];
  // The XDG specification says a relative path must be ignored.
  const root = base !== undefined && base.startsWith('/') ? base : join(env['HOME'] ?? homedir(), '.cache');
  return join(root, 'avatar-studio');
}

/** The folder of one tool; the version is in its name, so that versions live side by side. */
export function toolDirectory(root: string, tool: CachedTool): string {
  return join(root, `${tool.name}-${tool.version}`);
}

/** Whether every program of the tool lies in the cache, ready to run. */
export async function isCached(root: string, tool: CachedTool): Promise<boolean> {
  const paths = tool.binaries.map((binary) => join(toolDirectory(root, tool), binary));
  return (await Promise.all(paths.map(isExecutable))).every(Boolean);
}

/** Whether `path` is a file this user may execute. */
export async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
