import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheRoot, isOurs } from '#process/cache-folder.ts';

const run = promisify(execFile);
/** For 70 MB of packages over a slow connection. */
const INSTALL_TIMEOUT_MS = 10 * 60_000;
const PRIVATE_MODE = 0o700;

export interface PythonPackages {
  /** Of the folder in the cache. */
  readonly name: string;
  /** A pip requirements file with every package in one exact version. */
  readonly requirements: URL;
}

/** The environment in which Python finds the packages. */
export type PythonEnvironment = Readonly<Record<string, string>>;

/**
 * Python packages from the per-user cache; the first call installs them.
 * @throws Error that says what is missing
 */
export async function installPythonPackages(packages: PythonPackages): Promise<PythonEnvironment> {
  // Some packages are compiled for one Python version, so the version is part of the cache key.
  const { stdout: python } = await run('python3', ['--version']).catch((cause: unknown) => {
    throw new Error(pleaseInstall(packages), { cause });
  });
  const requirements = await readFile(packages.requirements);
  const pinned = createHash('sha256').update(requirements).update(python).digest('hex').slice(0, 12);
  const folder = join(cacheRoot(process.env), `${packages.name}-${pinned}`);
  if (!(await isOurs(folder))) await install(packages, folder);
  return { PYTHONPATH: folder, PYTHONDONTWRITEBYTECODE: '1' };
}

/** Installs into a temporary sibling folder and renames it, so that it appears complete or not at all. */
async function install(packages: PythonPackages, folder: string): Promise<void> {
  await mkdir(join(folder, '..'), { recursive: true });
  const scratch = await mkdtemp(`${folder}.`);
  try {
    const python = await pythonWithPip(scratch);
    const target = join(scratch, 'packages');
    const from = packages.requirements.pathname;
    const args = ['-m', 'pip', 'install', '--quiet', '--target', target, '-r', from];
    await run(python, args, { timeout: INSTALL_TIMEOUT_MS, env: { ...process.env, PIP_ROOT_USER_ACTION: 'ignore' } });
    await chmod(target, PRIVATE_MODE);
    if (!(await isOurs(folder))) await rm(folder, { recursive: true, force: true });
    await rename(target, folder).catch(async (error: unknown) => {
      if (!(await isOurs(folder))) throw error;
    });
  } catch (cause) {
    throw new Error(`${pleaseInstall(packages)} Installing it failed.`, { cause });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function pleaseInstall({ name }: PythonPackages): string {
  return `This test runs ${name}, which needs Python 3.10 or newer with pip or venv (Debian, Ubuntu: apt-get install python3-venv).`;
}

/** The system's Python when it has pip, else one from a new virtual environment. */
async function pythonWithPip(scratch: string): Promise<string> {
  const hasPip = await run('python3', ['-m', 'pip', '--version']).then(
    () => true,
    () => false,
  );
  if (hasPip) return 'python3';
  const own = join(scratch, 'python');
  await run('python3', ['-m', 'venv', own]).catch(async (error: unknown) => {
    if (process.getuid?.() !== 0) throw error;
    await apt(['update', '-qq']);
    await apt(['install', '-y', '-qq', '--no-install-recommends', 'python3-venv']);
    await run('python3', ['-m', 'venv', '--clear', own]);
  });
  return join(own, 'bin', 'python');
}

function apt(args: string[]) {
  return run('apt-get', args, {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    timeout: INSTALL_TIMEOUT_MS,
  });
}
