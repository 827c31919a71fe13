import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { findSecrets, type FoundSecret } from '#ops/supply-chain/secret-patterns.ts';
import { readLongRun, reportFigure } from '../support/long-run.ts';

const ROOT = new URL('../../', import.meta.url).pathname;
const FILE_MAX_BYTES = 2_000_000;
const LONG_TIMEOUT_MS = 30 * 60_000;

/** SHA-256 of values that look like secrets and open nothing, with what they are. */
const FALSE_POSITIVES: Readonly<Record<string, string>> = {
  '96ad2ccd81462a766178ae09a71df55f548a3f66da11606f9cdf40b391e22dd0':
    "the example secret of Standard Webhooks' documentation",
  '6157bac6a5fad0f7768563e1b1651ab8e692175855567900ab794982416ce421': 'the same, lengthened',
  '2dd745ff991276aed56826de4e41d9d81b006c671a1491c08e9fc74e9362d95a': 'a secret that a test of the page shows',
  '95bd981a2b17b0b7a8d2787ebc3595459df28308526eb1263a043d5b70223019': 'the example API key of the contract',
};

const isReal = ({ value }: FoundSecret) =>
  !Object.hasOwn(FALSE_POSITIVES, createHash('sha256').update(value).digest('hex'));

it('no tracked file contains a secret', async () => {
  const { stdout } = await promisify(execFile)('git', ['ls-files', '-z'], { cwd: ROOT, maxBuffer: 10_000_000 });
  const found: string[] = [];
  for (const file of stdout.split('\0').filter(Boolean)) {
    const text = await readFile(join(ROOT, file), 'utf8').catch(() => '');
    if (text.length > FILE_MAX_BYTES) continue;
    for (const secret of findSecrets(text).filter(isReal)) {
      const digest = createHash('sha256').update(secret.value).digest('hex');
      found.push(`${file}:${secret.row}: ${secret.kind} ${secret.start}… ${digest}`);
    }
  }
  expect(found).toEqual([]);
});

/** Added rows of text of every commit, each with its commit; of a merge, those that no parent has. */
async function* addedRows(): AsyncGenerator<{ commit: string; row: string }> {
  const log = spawn(
    'git',
    ['log', '--all', '--cc', '--unified=0', '--format=commit %H', '-p', '--no-color', '--text'],
    {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let commit = '';
  for await (const row of createInterface({ input: log.stdout })) {
    if (row.startsWith('commit ')) commit = row.slice('commit '.length);
    else if (row.startsWith('+') && !row.startsWith('+++')) yield { commit, row: row.slice(1) };
  }
}

const long = readLongRun('secrets');
it.runIf(long !== undefined)('no commit ever contained one', { timeout: LONG_TIMEOUT_MS }, async () => {
  const found = new Set<string>();
  let rows = 0;
  // A key in PEM begins in one row and continues in the next.
  let before = '';
  for await (const { commit, row } of addedRows()) {
    rows += 1;
    for (const secret of findSecrets(`${before}\n${row}`).filter(isReal)) {
      const digest = createHash('sha256').update(secret.value).digest('hex');
      found.add(`${commit.slice(0, 10)}: ${secret.kind} ${secret.start}… ${digest}`);
    }
    before = row;
  }
  reportFigure(`${rows} added rows`);
  expect([...found]).toEqual([]);
  expect(rows).toBeGreaterThan(0);
});
