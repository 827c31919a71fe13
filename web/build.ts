import { rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build } from 'vite';
import { isBuilt, noteBuilt, sourceHash } from './server/built-from.ts';
import { precompress } from './server/precompress.ts';

const webDir = import.meta.dirname;
const projectDir = dirname(webDir);
const distDir = join(webDir, 'dist');

/**
 * Builds the page into web/dist, unless it was already built from the same sources. The new build replaces the old one atomically, so
 * that a half-written page is never served.
 */
async function buildWeb(): Promise<void> {
  if (await isBuilt(projectDir, distDir)) {
    console.log('The web app is already built.');
    return;
  }
  const hash = await sourceHash(projectDir);
  const freshDir = `${distDir}-${process.pid}`;
  try {
    await build({ configFile: join(webDir, 'vite.config.ts'), logLevel: 'warn', build: { outDir: freshDir } });
    await precompress(freshDir);
    await noteBuilt(freshDir, hash);
    if (await isBuilt(projectDir, distDir)) return; // a concurrent build of the same sources was faster, and may be in use
    await replaceDist(freshDir);
  } finally {
    await rm(freshDir, { recursive: true, force: true });
  }
  console.log('The web app is built.');
}

/** Renames only: concurrent builds must not delete each other's files. */
async function replaceDist(freshDir: string): Promise<void> {
  const oldDir = `${freshDir}-old`;
  await rename(distDir, oldDir).catch(unless('ENOENT'));
  await rename(freshDir, distDir).catch(unless('ENOTEMPTY', 'EEXIST')); // the concurrent build's page is equivalent
  await rm(oldDir, { recursive: true, force: true });
}

function unless(...codes: string[]): (error: NodeJS.ErrnoException) => void {
  return (error) => {
    if (!codes.includes(error.code ?? '')) throw error;
  };
}

// A test runner may have set another value: the page is always a production build.
process.env['NODE_ENV'] = 'production';
await buildWeb();
