import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { declareContract } from './declare-contract.ts';

/** Compiling twenty small files takes seconds. */
const COMPILE_TIMEOUT_MS = 180_000;

const SDK = join(import.meta.dirname, '..');
const DIST = join(SDK, 'dist');

/**
 * Compiles the package into `dist/`: the sources as they are, but for the contract's types, which are written out. So the compiler
 * checks both that the client fits them and that nothing else of this repository is needed.
 */
async function build(): Promise<void> {
  const folder = await mkdtemp(join(SDK, '.build-'));
  try {
    const sources = (await readdir(SDK)).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
    for (const name of sources) await cp(join(SDK, name), join(folder, name));
    await writeFile(join(folder, 'contract-types.ts'), declareContract());
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: COMPILER, include: ['*.ts'] }));
    await compile(folder);
    await rm(DIST, { recursive: true, force: true });
    await rename(join(folder, 'dist'), DIST);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const COMPILER = {
  target: 'es2023',
  lib: ['es2023', 'dom', 'dom.iterable', 'dom.asynciterable'],
  module: 'nodenext',
  types: [],
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  verbatimModuleSyntax: true,
  rewriteRelativeImportExtensions: true,
  declaration: true,
  outDir: 'dist',
  rootDir: '.',
};

async function compile(folder: string): Promise<void> {
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const run = promisify(execFile);
  await run(process.execPath, [tsc, '-p', folder], { timeout: COMPILE_TIMEOUT_MS }).catch((error: unknown) => {
    const { stdout = '' } = error as { stdout?: string };
    throw new Error(`The package does not compile:\n${stdout}`, { cause: error });
  });
}

await build();
