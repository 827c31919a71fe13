import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { performancePage } from './markdown.ts';
import type { Results } from './results.ts';

const PROJECT_DIR = join(import.meta.dirname, '../..');
const FORMATTER = join(PROJECT_DIR, 'node_modules', '.bin', 'oxfmt');
const PAGE = join(PROJECT_DIR, 'docs', 'performance.md');
const JSON_FILE = join(PROJECT_DIR, 'docs', 'performance.json');

/** The results in docs/performance.json; undefined before the first ones. */
export async function readRecord(): Promise<Results | undefined> {
  const text = await readFile(JSON_FILE, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as Results);
}

/** Writes docs/performance.md and docs/performance.json. */
export async function writeRecord(results: Results): Promise<void> {
  await Promise.all([
    writeFile(PAGE, performancePage(results)),
    writeFile(JSON_FILE, `${JSON.stringify(results, null, 2)}\n`),
  ]);
  await promisify(execFile)(FORMATTER, [PAGE, JSON_FILE]);
}
