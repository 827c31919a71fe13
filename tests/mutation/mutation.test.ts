import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { readLongRun, reportFigure } from '../support/long-run.ts';

const long = readLongRun('mutation');
const SCORE_MIN_PERCENT = 85;
const ROOT = new URL('../../', import.meta.url);
/** Longer than all mutants take; an interrupted run is continued by the next one. */
const TIMEOUT_MS = (long?.minutes ?? 0) * 60_000 + 60_000;

interface Report {
  readonly files: Readonly<Record<string, { readonly mutants: readonly { readonly status: string }[] }>>;
}

const FOUND: ReadonlySet<string> = new Set(['Killed', 'Timeout']);
const MISSED: ReadonlySet<string> = new Set(['Survived', 'NoCoverage']);

/** @returns found and all judged mutants of the files below a folder */
function countMutants({ files }: Report, folder: string) {
  const statuses = Object.entries(files)
    .filter(([file]) => file.startsWith(folder))
    .flatMap(([, { mutants }]) => mutants.map(({ status }) => status));
  const found = statuses.filter((status) => FOUND.has(status)).length;
  return { found, judged: found + statuses.filter((status) => MISSED.has(status)).length };
}

describe.runIf(long)('the unit tests of the rules and of authentication', () => {
  it.each(['domain', 'api'])(
    'notice at least 85 %% of the changes in %s',
    async (folder) => {
      const report = await mutate();
      const { found, judged } = countMutants(report, `${folder}/`);
      const percent = (100 * found) / judged;
      reportFigure(`${folder}: ${found} of ${judged} mutants found, ${percent.toFixed(1)} %`);
      expect(percent).toBeGreaterThanOrEqual(SCORE_MIN_PERCENT);
    },
    TIMEOUT_MS,
  );
});

let mutating: Promise<Report> | undefined;
/** Runs Stryker once. */
function mutate(): Promise<Report> {
  mutating ??= run();
  return mutating;
}

async function run(): Promise<Report> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VITEST|TEST$|LONG_)/.test(name)));
  const stryker = spawn('node_modules/.bin/stryker', ['run', 'tests/mutation/stryker.config.mjs'], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  expect((await once(stryker, 'close'))[0]).toBe(0);
  return JSON.parse(await readFile(new URL('.data/mutation/report.json', ROOT), 'utf8')) as Report;
}
