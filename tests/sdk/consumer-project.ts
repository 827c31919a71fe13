import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

/** Building, packing and installing two small packages on a busy machine. */
const COMMAND_TIMEOUT_MS = 240_000;

const require = createRequire(import.meta.url);
const SDK = join(import.meta.dirname, '..', '..', 'sdk');
const STORY = join(import.meta.dirname, 'story');

/** A consumer's compiler options: strict, no ambient types, and the package's declarations are checked too. */
const COMPILER_OPTIONS = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noEmit: true,
  allowImportingTsExtensions: true,
  module: 'nodenext',
  target: 'es2022',
  lib: ['es2022', 'dom', 'dom.iterable'],
  types: [],
};

/** A consumer's project with the packed SDK and a program that uses it. */
export interface ConsumerProject {
  readonly path: string;
  /** Paths of the files in the installed package. */
  installed(): Promise<string[]>;
  /** @returns the compiler's output, empty when it finds nothing. @throws Error with its errors */
  typeCheck(): Promise<string>;
  /** Runs the program. @returns the rows it printed. @throws Error with its output when it fails */
  run(chat: unknown): Promise<string[]>;
  remove(): Promise<void>;
}

export async function createConsumerProject(): Promise<ConsumerProject> {
  const path = await mkdtemp(join(tmpdir(), 'avatar-studio-sdk-'));
  const tarballs = [await pack(SDK, path, []), await pack(parserFolder(), path, ['--ignore-scripts'])];
  await writeFile(join(path, 'package.json'), JSON.stringify({ name: 'chat', private: true, type: 'module' }));
  await command('npm', ['install', '--offline', '--no-audit', '--no-fund', ...tarballs], path);
  await writeFile(
    join(path, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: COMPILER_OPTIONS, files: ['story.ts'] }),
  );
  for (const name of await readdir(STORY)) await cp(join(STORY, name), join(path, name));
  return {
    path,
    installed: () => readdir(join(path, 'node_modules', '@avatar-studio', 'sdk'), { recursive: true }),
    typeCheck: () => command(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', path], path),
    async run(chat) {
      const printed = await command(process.execPath, ['run.js'], path, { CHAT: JSON.stringify(chat) });
      return printed.trim().split('\n');
    },
    remove: () => rm(path, { recursive: true, force: true }),
  };
}

/** @returns the tarball's path */
async function pack(packageFolder: string, to: string, options: readonly string[]): Promise<string> {
  const printed = await command('npm', ['pack', '--json', '--pack-destination', to, ...options], packageFolder);
  const [packed] = JSON.parse(printed.slice(printed.indexOf('[\n'))) as [{ filename: string }];
  return join(to, packed.filename);
}

/** The only dependency, packed from node_modules, so that no registry is needed. */
function parserFolder(): string {
  return dirname(dirname(require.resolve('eventsource-parser')));
}

async function command(name: string, args: string[], cwd: string, env: NodeJS.ProcessEnv = {}): Promise<string> {
  const options = { cwd, env: { ...process.env, ...env }, timeout: COMMAND_TIMEOUT_MS };
  const { stdout } = await promisify(execFile)(name, args, options).catch((error: unknown) => {
    const { stdout: printed = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`${name} ${args.join(' ')} failed:\n${printed}\n${stderr}`, { cause: error });
  });
  return stdout;
}
