import { createHash } from 'node:crypto';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Progress } from './progress.ts';
import type { Supervisor } from './supervisor.ts';

export interface WebBuildDeps {
  readonly projectDir: string;
  readonly supervisor: Supervisor;
  readonly env: NodeJS.ProcessEnv;
  readonly progress: Progress;
}

/** What the pages are made of. */
const SOURCES = ['web', 'contract', 'domain', 'package-lock.json'];
const NOT_SOURCES = /^dist\/|(^|\/)node_modules\/|\.test\.tsx?$/;

/** Builds the web pages unless those in `web/dist` were made from exactly the present sources. */
export async function buildWebIfChanged(deps: WebBuildDeps): Promise<void> {
  const marker = join(deps.projectDir, 'web', 'dist', '.built-from');
  const present = await fingerprint(deps.projectDir);
  if ((await readFile(marker, 'utf8').catch(() => '')) === present) return;
  const step = deps.progress.begin('Building the web pages');
  try {
    await deps.supervisor.run({
      name: 'web-build',
      command: process.execPath,
      args: [join('node_modules', 'vite', 'bin', 'vite.js'), 'build', '--config', join('web', 'vite.config.ts')],
      cwd: deps.projectDir,
      env: deps.env,
    });
  } catch (error) {
    step.failed();
    throw error;
  }
  await writeFile(marker, present);
  step.done();
}

/** Names, sizes and times of change: reading every file would take longer than most builds are apart. */
async function fingerprint(projectDir: string): Promise<string> {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    const root = join(projectDir, source);
    const names = (await stat(root)).isDirectory() ? await readdir(root, { recursive: true }) : [''];
    for (const name of names.filter((candidate) => !NOT_SOURCES.test(candidate)).sort()) {
      const found = await stat(join(root, name));
      if (found.isFile()) hash.update(`${source}/${name}:${found.size}:${found.mtimeMs}\n`);
    }
  }
  return hash.digest('hex');
}
