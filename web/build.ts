import { rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build } from 'vite';
import { isBuilt, noteBuilt, sourceHash } from './server/built-from.ts';
import { precompress } from './server/precompress.ts';

const webDir = import.meta.dirname;
const projectDir = dirname(webDir);
const distDir = join(webDir, 'dist');

/**
 * Builds the page into web/dist, unless what is there was built from the same sources. The new one takes the old one's place in
 * one move, so that nobody ever finds half a page.
 */
async function buildWeb(): Promise<void> {
  if (await isBuilt(projectDir, distDir)) {
    console.log('The web app is built already.');
    return;
  }
  const hash = await sourceHash(projectDir);
  const freshDir = `${distDir}-${process.pid}`;
  try {
    await build({ configFile: join(webDir, 'vite.config.ts'), logLevel: 'warn', build: { outDir: freshDir } });
    await precompress(freshDir);
    await noteBuilt(freshDir, hash);
    if (await isBuilt(projectDir, distDir)) return; // another build of the same was quicker, and may be in use already
    await replaceDist(freshDir);
  } finally {
    await rm(freshDir, { recursive: true, force: true });
  }
  console.log('The web app is built.');
}

/** By renames alone: two builds that end together must not delete each other's files under their feet. */
async function replaceDist(freshDir: string): Promise<void> {
  const oldDir = `${freshDir}-old`;
  await rename(distDir, oldDir).catch(unless('ENOENT'));
  await rename(freshDir, distDir).catch(unless('ENOTEMPTY', 'EEXIST')); // the other's page, then: as good as this one
  await rm(oldDir, { recursive: true, force: true });
}

function unless(...codes: string[]): (error: NodeJS.ErrnoException) => void {
  return (error) => {
    if (!codes.includes(error.code ?? '')) throw error;
  };
}

// What runs this (a test runner, say) may have set another: the page is always the production one.
process.env['NODE_ENV'] = 'production';
await buildWeb();
