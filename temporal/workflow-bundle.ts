import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode } from '@temporalio/worker';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** What a bundle can be made of: workflows take values from themselves and the domain only. */
const SOURCES = ['workflows', 'domain'];

/**
 * The workflows as one file, made when their sources changed and kept under their hash: bundling takes seconds, and a
 * worker starts many times more often than a workflow changes.
 *
 * @param cacheDir made when missing
 */
export async function workflowBundle(
  cacheDir = path.join(tmpdir(), `avatar-studio-bundles-${userInfo().username}`),
): Promise<{ codePath: string }> {
  const codePath = path.join(cacheDir, `workflows-${await sourceHash()}.cjs`);
  if (existsSync(codePath)) return { codePath };
  const { code } = await bundleWorkflowCode({ workflowsPath: path.join(ROOT, 'workflows/bundle.ts'), logger: quiet });
  await mkdir(cacheDir, { recursive: true });
  const draft = `${codePath}.${process.pid}`;
  await writeFile(draft, code);
  await rename(draft, codePath); // two starting workers never see half a file
  return { codePath };
}

async function sourceHash(): Promise<string> {
  // The checkout too: a bundle's source map names its files by their full paths.
  const hash = createHash('sha256').update(ROOT);
  const sdk = await readFile(path.join(ROOT, 'node_modules/@temporalio/workflow/package.json'), 'utf8');
  hash.update((JSON.parse(sdk) as { version: string }).version);
  for (const folder of SOURCES) {
    const names = (await readdir(path.join(ROOT, folder))).filter((name) => name.endsWith('.ts')).toSorted();
    for (const name of names) hash.update(name).update(await readFile(path.join(ROOT, folder, name)));
  }
  return hash.digest('hex').slice(0, 16);
}

const silent = () => undefined;
const quiet = { log: silent, trace: silent, debug: silent, info: silent, warn: silent, error: silent };
