import { type ExecFileOptions, execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** For 100 MB of packages over a slow connection. */
const INSTALL_LIMIT_MS = 10 * 60_000;

/** A program that tests need. */
export interface NeededProgram {
  /** File names on PATH; or absolute paths. The first that exists is used. */
  readonly files: readonly string[];
  /** Packages with it; the first that the distribution has is installed. */
  readonly debianPackages: readonly string[];
  /** What to do without it, for the error. */
  readonly please: string;
}

/**
 * Finds a program, and installs it with apt when running as root.
 *
 * @throws Error that says what to install
 */
export async function findProgram({ files, debianPackages, please }: NeededProgram): Promise<string> {
  const found = await firstExecutable(files);
  if (found) return found;
  if (process.getuid?.() !== 0) throw new Error(please);
  try {
    const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, timeout: INSTALL_LIMIT_MS };
    await run('apt-get', ['update', '-qq'], options);
    await installFirst(debianPackages, options);
  } catch (cause) {
    throw new Error(`${please} Installing it failed.`, { cause });
  }
  const installed = await firstExecutable(files);
  if (!installed) throw new Error(please);
  return installed;
}

async function installFirst(names: readonly string[], options: ExecFileOptions): Promise<void> {
  const [name = '', ...others] = names;
  const installed = run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], options);
  await (others.length === 0 ? installed : installed.catch(() => installFirst(others, options)));
}

async function firstExecutable(files: readonly string[]): Promise<string | undefined> {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const candidates = files.flatMap((file) =>
    file.startsWith('/') ? [file] : folders.map((folder) => join(folder, file)),
  );
  for (const file of candidates) if (await isExecutable(file)) return file;
  return undefined;
}

function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
