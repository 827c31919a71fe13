import { expect, it } from 'vitest';
import { readLongRun } from '../support/long-run.ts';
import { runProgram } from '../support/processes.ts';

const ROOT = new URL('../../', import.meta.url).pathname;
/** Four acts of which the last waits for the reconciler, with a stack to start, on a busy machine. */
const LIMIT_MS = 8 * 60_000;

it.skipIf(readLongRun('demo') === undefined)(
  'npm run demo keeps every promise',
  async () => {
    const demo = runProgram(process.execPath, ['demo/demo.ts'], { cwd: ROOT });
    const { code } = await demo.ended;
    const checks = demo.output().match(/^ {2}(KEPT|BROKEN) /gmu) ?? [];
    console.log(`figure: ${checks.length} promises checked`);
    expect({ code, output: demo.output() }).toEqual({ code: 0, output: expect.not.stringContaining('BROKEN') });
    expect(checks.length).toBeGreaterThan(0);
  },
  LIMIT_MS,
);
