import { createHash } from 'node:crypto';
import { globSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const HASH_FILE = '.built-from';
/** All inputs of the build. */
const SOURCES = ['web/**/*', 'contract/**/*.ts', 'domain/**/*.ts', 'package-lock.json', 'tsconfig.json'];
const NOT_SOURCES = /^web\/(dist|dist-[^/]*|testing)(\/|$)|\.test\.tsx?$/u;

/** Whether the page in this folder was built from the current contents of all sources. */
export async function isBuilt(projectDir: string, distDir: string): Promise<boolean> {
  const built = await readFile(join(distDir, HASH_FILE), 'utf8').catch(() => undefined);
  return built !== undefined && built === (await sourceHash(projectDir));
}

/** Records the sources of a build. @param hash taken before building, so that later changes cause a new build */
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
