import { findGo, findOnPath } from './find-program.ts';
import type { GoInstallDeps } from './go-install.ts';
import type { InstallDeps } from './install-prebuilt.ts';
import type { StackContext } from './stack-context.ts';

/** What installing a program needs, in this start. */
export function installDeps(context: StackContext): GoInstallDeps & InstallDeps {
  const { cacheRoot, env, progress, builds, settings, supervisor } = context;
  return {
    cacheRoot,
    env,
    progress,
    builds,
    downloads: settings.STACK_DOWNLOADS === 'on',
    signal: supervisor.stopping,
    onPath: (program) => findOnPath(env['PATH'], program),
    findGo: () => findGo(env),
  };
}
