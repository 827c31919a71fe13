import { createHash } from 'node:crypto';
import { globSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const HASH_FILE = '.built-from';
/** Everything the built page is made of. */
const SOURCES = ['web/**/*', 'contract/**/*.ts', 'domain/**/*.ts', 'package-lock.json', 'tsconfig.json'];
const NOT_SOURCES = /^web\/(dist|dist-[^/]*|testing)(\/|$)|\.test\.tsx?$/u;

/** The page in this folder was built from exactly the present sources, by their contents. */
export async function isBuilt(projectDir: string, distDir: string): Promise<boolean> {
  const built = await readFile(join(distDir, HASH_FILE), 'utf8').catch(() => undefined);
  return built !== undefined && built === (await sourceHash(projectDir));
}

/** Notes what a fresh build was made from. @param hash as it was before building: what changed meanwhile is built next time */
export async function noteBuilt(distDir: string, hash: string): Promise<void> {
  await writeFile(join(distDir, HASH_FILE), hash);
}

export async function sourceHash(projectDir: string): Promise<string> {
  const hash = createHash('sha256');
  const files = globSync(SOURCES, { cwd: projectDir, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(projectDir.length + 1))
    .filter((file) => !NOT_SOURCES.test(file))
    .toSorted();
  for (const file of files) hash.update(`${file}\n`).update(await readFile(join(projectDir, file)));
  return hash.digest('hex');
}
