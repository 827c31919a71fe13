import { spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { setPriority } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { BuildSlots } from './build-slots.ts';
import { isCached, openToolFolder, toolDirectory } from './cache.ts';
import { withFileLock } from './file-lock.ts';
import type { Progress } from './progress.ts';
import { signalQuietly } from './run-records.ts';
import type { GoTool } from './tools.ts';

export interface GoInstallDeps {
  readonly cacheRoot: string;
  readonly env: NodeJS.ProcessEnv;
  readonly progress: Progress;
  /** Aborts the build and the tools it started. */
  readonly signal: AbortSignal;
  readonly builds: BuildSlots;
  /** Full path of the `go` command, if there is one. */
  findGo(): Promise<string | undefined>;
}

/** Go is not installed. */
export class GoMissingError extends Error {
  override readonly name = 'GoMissingError';
}

/** The first build of the Temporal server takes 6 minutes on 2 cores; several times that means that the network hangs. */
const BUILD_TIMEOUT_MS = 40 * 60_000;
/** Page and API are up during a build, and must stay responsive. */
const BUILD_NICENESS = 10;
/** Regardless of the umask, other users must not be able to change these programs. */
const OWN_PROGRAM_MODE = 0o755;
/** Number of last output lines in the error: they explain the failure. */
const ERROR_LINES = 15;

/**
 * Builds the tool's pinned programs with `go install` into the per-user cache, unless they are cached. Concurrent starts build only
 * once. A program appears in the cache atomically.
 *
 * @throws GoMissingError without Go; Error with the end of Go's output when a build fails.
 */
export async function goInstall(deps: GoInstallDeps, tool: GoTool): Promise<void> {
  if (await isCached(deps.cacheRoot, tool)) return;
  const go = await deps.findGo();
  if (go === undefined) throw new GoMissingError('no Go on PATH');
  await mkdir(deps.cacheRoot, { recursive: true, mode: 0o700 });
  const lock = join(deps.cacheRoot, `${tool.name}-${tool.version}.lock`);
  const waiting = (): void =>
    deps.progress.say(`Waiting for another process that is building ${tool.name} ${tool.version}`);
  await withFileLock({ path: lock, timeoutMs: BUILD_TIMEOUT_MS, signal: deps.signal, waiting }, async () => {
    if (await isCached(deps.cacheRoot, tool)) return;
    await deps.builds.run(() => buildAll(deps, go, tool));
  });
}

async function buildAll(deps: GoInstallDeps, go: string, tool: GoTool): Promise<void> {
  deps.signal.throwIfAborted();
  for (const [index, module] of tool.modules.entries()) {
    await build(deps, go, tool, `${module}@v${tool.version}`, tool.binaries[index] ?? basename(module));
  }
}

async function build(deps: GoInstallDeps, go: string, tool: GoTool, module: string, binary: string): Promise<void> {
  // In the cache as well, so that the rename stays on one file system.
  const scratch = await mkdtemp(join(deps.cacheRoot, '.build-'));
  deps.progress.say(`Building ${binary} ${tool.version} once for this user: go install ${module}`);
  const step = deps.progress.begin(`Building ${binary}`);
  try {
    await runGo(deps, { go, gobin: scratch, module, packages: tool.packages[binary] }, step.detail);
    const directory = toolDirectory(deps.cacheRoot, tool);
    await openToolFolder(directory);
    await chmod(join(scratch, programName(module)), OWN_PROGRAM_MODE);
    await rename(join(scratch, programName(module)), join(directory, binary));
    step.done();
  } catch (error) {
    step.failed();
    throw error;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** `go install` names a program after the last part of its path: `…/cmd/server@v1` becomes `server`. */
function programName(module: string): string {
  return basename(module.replace(/@.*$/, ''));
}

function lowerPriority(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, BUILD_NICENESS);
  } catch {
    // It has already ended, or the system refuses: the build only competes more.
  }
}

interface GoRun {
  readonly go: string;
  readonly gobin: string;
  readonly module: string;
  /** Number of packages of a complete build; undefined if unknown. */
  readonly packages: number | undefined;
}

async function runGo(deps: GoInstallDeps, run: GoRun, detail: (text: string) => void): Promise<void> {
  const { go, gobin, module } = run;
  // -s omits the symbol table and -trimpath this machine's paths: half the size. -v prints packages as they are compiled.
  const child = spawn(go, ['install', '-v', '-trimpath', '-ldflags=-s', module], {
    env: { ...deps.env, GOBIN: gobin },
    cwd: gobin,
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  lowerPriority(child.pid);
  const killGroup = (): void => signalQuietly(-(child.pid ?? 0), 'SIGKILL');
  const timer = setTimeout(killGroup, BUILD_TIMEOUT_MS);
  deps.signal.addEventListener('abort', killGroup, { once: true });
  const tail: string[] = [];
  const total = run.packages === undefined ? '' : ` of about ${run.packages}`;
  let packages = 0;
  createInterface({ input: child.stderr }).on('line', (message) => {
    tail.push(message);
    if (tail.length > ERROR_LINES) tail.shift();
    if (message.startsWith('go: downloading ')) detail(`downloading ${message.slice('go: downloading '.length)}`);
    else if (!message.startsWith('go: ')) detail(`${(packages += 1)}${total} packages compiled`);
  });
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('close', resolve);
      child.once('error', reject);
    });
    deps.signal.throwIfAborted();
    if (code !== 0) throw new Error(`go install ${module} failed:\n${tail.join('\n')}`);
  } finally {
    clearTimeout(timer);
    deps.signal.removeEventListener('abort', killGroup);
  }
}
