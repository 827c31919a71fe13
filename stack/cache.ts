import { access, constants, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isOurs, openPrivateFolder } from '#process/cache-folder.ts';

/** A tool of a pinned version in the per-user cache. */
export interface CachedTool {
  readonly name: string;
  readonly version: string;
  /** File names of all programs of the tool. */
  readonly binaries: readonly string[];
}

/** The folder of one tool; its name contains the version, so that several versions can be cached. */
export function toolDirectory(root: string, tool: CachedTool): string {
  return join(root, `${tool.name}-${tool.version}`);
}

/** Whether every program of the tool is in the cache, executable, and not writable by other users. */
export async function isCached(root: string, tool: CachedTool): Promise<boolean> {
  const folder = toolDirectory(root, tool);
  const programs = tool.binaries.map((binary) => join(folder, binary));
  const found = [isOurs(folder), ...programs.map(isOurs), ...programs.map(isExecutable)];
  return (await Promise.all(found)).every(Boolean);
}

/** Creates the folder of a tool, for this user only. A folder that other users could write to is removed first. */
export async function openToolFolder(path: string): Promise<void> {
  if (!(await isOurs(path))) await rm(path, { recursive: true, force: true });
  await openPrivateFolder(path);
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
