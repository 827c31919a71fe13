import { createHash } from 'node:crypto';
import { existsSync, globSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';
import { precompress } from './server/precompress.ts';

const webDir = import.meta.dirname;
const distDir = join(webDir, 'dist');
const HASH_FILE = '.source-hash';
/** Everything the built page is made of. */
const SOURCES = ['web/**/*', 'contract/*.ts', 'domain/*.ts', 'package-lock.json', 'tsconfig.json'];
const NOT_SOURCES = /(^|\/)(dist|dist-[^/]*)(\/|$)|\.test\.tsx?$/u;

// What runs this (a test runner, say) may have set another: the page is always the production one.
process.env['NODE_ENV'] = 'production';

/** Builds the page into web/dist, unless what is there was built from the same sources. A running server keeps a whole page: the new one takes its place in one move. */
async function buildWeb(): Promise<void> {
  const hash = await sourceHash();
  const built = await readFile(join(distDir, HASH_FILE), 'utf8').catch(() => undefined);
  if (built === hash) {
    console.log('The web app is built already.');
    return;
  }
  const freshDir = `${distDir}-${process.pid}`;
  try {
    await build({ configFile: join(webDir, 'vite.config.ts'), logLevel: 'warn', build: { outDir: freshDir } });
    await precompress(freshDir);
    await writeFile(join(freshDir, HASH_FILE), hash);
    await rm(distDir, { recursive: true, force: true });
    await rename(freshDir, distDir);
  } finally {
    await rm(freshDir, { recursive: true, force: true });
  }
  console.log('The web app is built.');
}

async function sourceHash(): Promise<string> {
  const root = join(webDir, '..');
  const hash = createHash('sha256').update(process.version);
  const files = globSync(SOURCES, { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !NOT_SOURCES.test(file.slice(root.length)) && existsSync(file))
    .toSorted();
  for (const file of files) hash.update(file.slice(root.length)).update(await readFile(file));
  return hash.digest('hex');
}

await buildWeb();
