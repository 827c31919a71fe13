import { glob, readFile } from 'node:fs/promises';
import { runCommand } from '#process/run-command.ts';

/** What `npm test` may take on two idle cores with warm caches, seconds: 16 minutes, and one for each of the seven parts added since. */
const WHOLE_RUN_MAX = 23 * 60;
/** As many files ran at a time when `durations.json` was measured. */
const WORKERS = 3;
/** What one file may take of it, seconds: with three workers, a longer one would end alone. */
const FILE_MAX = 90;

const FOLDER = new URL('./', import.meta.url);
const ROOT = new URL('../../', FOLDER);

/** Seconds of each test file, by path. */
export type Durations = Readonly<Record<string, number>>;

/**
 * Compares measured durations with their limits.
 * @param testFiles the paths of all test files
 * @returns what is wrong, a sentence each
 */
export function findTooLong(durations: Durations, testFiles: readonly string[]): string[] {
  const faults = Object.entries(durations)
    .filter(([, seconds]) => seconds > FILE_MAX)
    .map(
      ([file, seconds]) =>
        `${file} takes ${seconds} s, more than ${FILE_MAX} s: split it, or move a part to npm run long`,
    );
  const unmeasured = testFiles.filter((file) => durations[file] === undefined);
  faults.push(
    ...unmeasured.map(
      (file) => `${file} is not measured: RECORD_DURATIONS=1 npx vitest run ${file}, on an idle machine`,
    ),
  );
  const removed = Object.keys(durations).filter((file) => !testFiles.includes(file));
  faults.push(
    ...removed.map((file) => `${file} is measured but gone: delete its entry in tests/durations/durations.json`),
  );
  const whole = wholeRun(durations);
  if (whole > WHOLE_RUN_MAX) faults.push(`npm test takes ${whole} s, more than ${WHOLE_RUN_MAX} s`);
  return faults;
}

/** Seconds of `npm test`: the files' sum, shared by the workers. */
export function wholeRun(durations: Durations): number {
  return Math.round(Object.values(durations).reduce((sum, seconds) => sum + seconds, 0) / WORKERS);
}

if (import.meta.main) {
  await runCommand(async () => {
    const durations = JSON.parse(await readFile(new URL('durations.json', FOLDER), 'utf8')) as Durations;
    const exclude = (name: string) => ['node_modules', '.data', 'dist', 'coverage'].includes(name);
    const testFiles: string[] = [];
    for await (const file of glob('**/*.test.{ts,tsx}', { cwd: ROOT, exclude })) testFiles.push(file);
    const faults = findTooLong(durations, testFiles);
    console.log(`${testFiles.length} test files, about ${wholeRun(durations)} s of at most ${WHOLE_RUN_MAX} s`);
    if (faults.length > 0) throw new Error(faults.join('\n'));
  });
}
