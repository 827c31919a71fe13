import { execFile } from 'node:child_process';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { promisify } from 'node:util';
import type { Conditions } from './report/results.ts';

const run = promisify(execFile);
const BYTES_A_GB = 2 ** 30;

/**
 * Notes machine, commit and load at the start.
 * @param script of package.json
 * @param argv its arguments
 * @returns a function that completes them at the end
 */
export async function observeConditions(script: string, argv: readonly string[]): Promise<() => Conditions> {
  const startedAt = new Date();
  const loadBefore = loadavg();
  const commit = await describeCommit();
  const { version } = process;
  const command = [`npm run ${script}`, ...(argv.length > 0 ? ['--', ...argv] : [])].join(' ');
  return () => ({
    command,
    takenAt: startedAt.toISOString(),
    commit,
    machine: {
      cores: availableParallelism(),
      model: cpus()[0]?.model ?? 'unknown',
      memoryGb: totalmem() / BYTES_A_GB,
      node: version.slice(1),
    },
    loadBefore,
    loadAfter: loadavg(),
    tookSeconds: (Date.now() - startedAt.getTime()) / 1_000,
  });
}

/** `-dirty` when files differ from the commit; `unknown` without git, such as in an unpacked archive. */
async function describeCommit(): Promise<string> {
  try {
    const { stdout } = await run('git', ['describe', '--always', '--dirty', '--abbrev=10', '--exclude=*'], {
      cwd: import.meta.dirname,
    });
    return stdout.trim();
  } catch {
    return 'unknown';
  }
}
