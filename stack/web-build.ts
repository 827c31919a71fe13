import { join } from 'node:path';
import { isBuilt } from '#web/server/built-from.ts';
import type { Progress } from './progress.ts';
import type { Supervisor } from './supervisor.ts';

export interface WebBuildDeps {
  readonly projectDir: string;
  readonly supervisor: Supervisor;
  readonly env: NodeJS.ProcessEnv;
  readonly progress: Progress;
}

/** Builds the web pages unless `web/dist` was built from exactly the current sources. */
export async function buildWebIfChanged(deps: WebBuildDeps): Promise<void> {
  if (await isBuilt(deps.projectDir, join(deps.projectDir, 'web', 'dist'))) return;
  const step = deps.progress.begin('Building the web pages');
  try {
    await deps.supervisor.run({
      name: 'web-build',
      command: process.execPath,
      args: [join('web', 'build.ts')],
      cwd: deps.projectDir,
      env: deps.env,
    });
  } catch (error) {
    step.failed();
    throw error;
  }
  step.done();
}
