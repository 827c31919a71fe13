import { execFile } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { isExecutable } from './cache.ts';

const run = promisify(execFile);

/** Default folder of Go's installer, which is not always on PATH. */
const GO_INSTALL_FOLDERS = ['/usr/local/go/bin'];
/** Printing a version needs no network and hardly any disk access. */
const OUTPUT_TIMEOUT_MS = 10_000;

/** The full path of `program` on `path` (the value of PATH); `undefined` when it is not found. */
export async function findOnPath(path: string | undefined, program: string): Promise<string | undefined> {
  const folders = (path ?? '').split(delimiter).filter((folder) => folder !== '');
  for (const folder of folders) {
    const candidate = join(folder, program);
    if (await isExecutable(candidate)) return candidate;
  }
  return undefined;
}

/** The `go` command on PATH or in Go's default folder. */
export async function findGo(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  return findOnPath([env['PATH'], ...GO_INSTALL_FOLDERS].join(delimiter), 'go');
}

/** Standard output of a short command. @throws when it fails or takes over 10 s. */
export async function outputOf(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  const { stdout } = await run(command, args, { env, timeout: OUTPUT_TIMEOUT_MS });
  return stdout;
}
