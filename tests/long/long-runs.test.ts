import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { LONG_RUNS } from '../support/long-run.ts';
import { runProgram } from '../support/processes.ts';

const ROOT = new URL('../../', import.meta.url);

describe('npm run long', () => {
  it.each(Object.entries(LONG_RUNS))('%s runs files that ask for its limits', async (name, { files }) => {
    for (const file of files) {
      expect(await readFile(new URL(file, ROOT), 'utf8')).toMatch(`('${name}'`);
    }
  });

  it.each([[[]], [['nothing']], [['ledger', '--minutes', '0']], [['ledger', '--seed', 'x']]])(
    'lists the names for the arguments %j',
    async (args) => {
      const run = runProgram(process.execPath, ['tests/long/run.ts', ...args], { cwd: ROOT.pathname });
      expect((await run.ended).code).toBe(1);
      for (const name of Object.keys(LONG_RUNS)) expect(run.output()).toContain(`  ${name} `);
    },
  );
});
