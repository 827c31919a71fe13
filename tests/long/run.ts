import { execFile, spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { runCommand } from '#process/run-command.ts';
import { SEEDED_BUGS } from '../faults/bugs/seeded-bugs.ts';
import { LONG_RUNS, type LongRunName } from '../support/long-run.ts';

const PROJECTS = ['unit', 'mocked', 'isolated', 'integration'].flatMap((name) => ['--project', name]);
const RECORDS = new URL('../../docs/long-runs.md', import.meta.url);
const NAME_WIDTH = Math.max(...Object.keys(LONG_RUNS).map(({ length }) => length)) + 1;
const USAGE = `npm run long -- <name> [--seed N] [--minutes M] [--record] [--bug names] [--function names]
${Object.entries(LONG_RUNS)
  .map(([name, { what, minutes }]) => `  ${name.padEnd(NAME_WIDTH)}${what} (${minutes} minutes)`)
  .join('\n')}
  --record    adds the result to docs/long-runs.md, and writes docs/reliability.md for faults, restarts and bugs,
              and docs/performance.md for streams
  --bug       bugs only: takes back these mends alone, separated by commas: ${Object.keys(SEEDED_BUGS).join(', ')}
  --function  sql-mutants only: changes these functions or constraints alone, separated by commas`;

/** Runs vitest on the files of one long run. @returns its exit status and the figures that its tests reported */
async function runFiles(
  files: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<{ code: number; figures: string[] }> {
  const vitest = spawn('node_modules/.bin/vitest', ['run', ...PROJECTS, '--reporter=default', ...files], {
    env: { ...process.env, ...env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  vitest.stdout.on('data', (chunk: Buffer) => {
    process.stdout.write(chunk);
    output += chunk.toString();
  });
  const code = await new Promise<number>((resolve) => vitest.on('close', (status) => resolve(status ?? 1)));
  return { code, figures: [...output.matchAll(/\bfigure: (.*)$/gm)].map(([, figure]) => figure!) };
}

await runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
      minutes: { type: 'string' },
      record: { type: 'boolean', default: false },
      bug: { type: 'string' },
      function: { type: 'string' },
    },
  });
  const name = positionals[0] as LongRunName;
  if (positionals.length !== 1 || !Object.hasOwn(LONG_RUNS, name)) throw new Error(USAGE);
  const { files, minutes: usual } = LONG_RUNS[name];
  const [seed, minutes] = [Number(values.seed), Number(values.minutes ?? usual)];
  if (!Number.isSafeInteger(seed) || !(minutes > 0)) throw new Error(USAGE);
  const areKnown = values.bug?.split(',').every((bug) => Object.hasOwn(SEEDED_BUGS, bug)) ?? true;
  if (!areKnown || (values.bug !== undefined && name !== 'bugs')) throw new Error(USAGE);
  if (values.function !== undefined && name !== 'sql-mutants') throw new Error(USAGE);

  const startedAt = performance.now();
  const environment = {
    LONG_RUN: name,
    LONG_SEED: String(seed),
    LONG_MINUTES: String(minutes),
    LONG_RECORD: values.record ? 'on' : 'off',
    ...(values.bug !== undefined && { LONG_BUG: values.bug }),
    ...(values.function !== undefined && { LONG_FUNCTION: values.function }),
  };
  // Before the run, which may write records of its own.
  const { stdout: commit } = await promisify(execFile)('git', ['describe', '--always', '--dirty']);
  const { code, figures } = await runFiles(files, environment);
  const took = ((performance.now() - startedAt) / 60_000).toFixed(1);
  const date = new Date().toISOString().slice(0, 10);
  const result = code === 0 ? 'passed' : 'failed';
  const row = `| ${[date, `\`${commit.trim()}\``, name, seed, `${took} min`, result, figures.join('; ')].join(' | ')} |`;
  console.log(row);
  if (values.record) {
    await writeFile(RECORDS, `${(await readFile(RECORDS, 'utf8')).trimEnd()}\n${row}\n`);
    await promisify(execFile)('node_modules/.bin/oxfmt', [fileURLToPath(RECORDS)]);
  }
  process.exitCode = code;
});
