import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const ROOT = new URL('../../', import.meta.url);

const entry = z.object({
  version: z.string().optional(),
  resolved: z.string().optional(),
  integrity: z.string().optional(),
  license: z.string().optional(),
  dev: z.boolean().default(false),
  optional: z.boolean().default(false),
  link: z.boolean().default(false),
  /** Part of the package that contains it, whose hash covers it. */
  inBundle: z.boolean().default(false),
  hasInstallScript: z.boolean().default(false),
  dependencies: z.record(z.string(), z.string()).default({}),
  optionalDependencies: z.record(z.string(), z.string()).default({}),
});
export type LockEntry = z.infer<typeof entry>;

const lockFile = z.object({ packages: z.record(z.string(), entry) });
const manifest = z.object({
  name: z.string(),
  version: z.string(),
  license: z.string(),
  allowScripts: z.record(z.string(), z.boolean()),
});
export type Manifest = z.infer<typeof manifest>;

/** The packages of package-lock.json by path; the path '' is this project. */
export async function readLockFile(): Promise<Readonly<Record<string, LockEntry>>> {
  return lockFile.parse(JSON.parse(await readFile(new URL('package-lock.json', ROOT), 'utf8'))).packages;
}

export async function readManifest(): Promise<Manifest> {
  return manifest.parse(JSON.parse(await readFile(new URL('package.json', ROOT), 'utf8')));
}

/** `node_modules/a/node_modules/@b/c` is `@b/c`. */
export function packageName(path: string): string {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
}
