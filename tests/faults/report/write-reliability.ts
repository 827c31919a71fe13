import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { renderReliability, type RunStamp } from './render-reliability.ts';

const DOCUMENT = new URL('../../../docs/reliability.md', import.meta.url);

/** Replaces one section of docs/reliability.md. */
export async function writeReliability(
  name: Parameters<typeof renderReliability>[1],
  render: (stamp: RunStamp, known: string) => string,
): Promise<void> {
  const { stdout } = await promisify(execFile)('git', ['describe', '--always', '--dirty']);
  const known = await readFile(DOCUMENT, 'utf8').catch(() => '');
  const date = new Date().toISOString().slice(0, 10);
  await writeFile(DOCUMENT, renderReliability(known, name, render({ commit: stdout.trim(), date }, known)));
  await promisify(execFile)('node_modules/.bin/oxfmt', ['docs/reliability.md']);
}
