import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { LONG_RUNS } from '../support/long-run.ts';
import { runProgram } from '../support/processes.ts';

const ROOT = new URL('../../', import.meta.url);

describe('npm run long', () => {
  it.each(Object.entries(LONG_RUNS))('%s runs files that ask for its limits', async (name, { files }) => {
    for (const file of files) {
      expect(await sourceWithNeighbors(new URL(file, ROOT))).toMatch(`('${name}'`);
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

/** The text of a file and of all files that it imports from its own folder: what its tests share may ask for the limits. */
async function sourceWithNeighbors(file: URL): Promise<string> {
  const read = new Map<string, string>();
  const follow = async (url: URL): Promise<void> => {
    if (read.has(url.href)) return;
    const source = await readFile(url, 'utf8');
    read.set(url.href, source);
    for (const [, path = ''] of source.matchAll(/from '(\.\/[^']+)'/gu)) await follow(new URL(path, url));
  };
  await follow(file);
  return [...read.values()].join('\n');
}
