import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { FaultRun } from '../run-faults.ts';
import { renderReliability } from './render-reliability.ts';

const DOCUMENT = new URL('../../../docs/reliability.md', import.meta.url);

/** Writes docs/reliability.md: the run's own table, and its row among the runs. */
export async function writeReliability(run: FaultRun): Promise<void> {
  const { stdout } = await promisify(execFile)('git', ['describe', '--always', '--dirty']);
  const known = await readFile(DOCUMENT, 'utf8').catch(() => '');
  const date = new Date().toISOString().slice(0, 10);
  const text = renderReliability(known, run, { commit: stdout.trim(), date });
  await writeFile(DOCUMENT, text);
  await promisify(execFile)('node_modules/.bin/oxfmt', ['docs/reliability.md']);
}
