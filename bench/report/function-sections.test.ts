import { expect, it } from 'vitest';
import { functionSections } from './function-sections.ts';
import { SAMPLE_CONDITIONS } from './sample-conditions.ts';

it('the section on functions has a table for each thread, with shares of it', () => {
  const [, , , first, second] = functionSections({
    avatars: 400,
    lanes: 16,
    processes: [
      { process: 'API, main thread', ms: 16, functions: [{ name: 'sign · node:internal/crypto', ms: 4 }] },
      { process: 'Postgres', ms: 8, functions: [{ name: 'avatars: SELECT a || $1', ms: 0.5 }] },
    ],
    conditions: SAMPLE_CONDITIONS,
  });
  const rows = `${first}\n${second}`.split('\n').map((row) => row.replaceAll(/ +/g, ' '));
  expect(rows).toContain('| API, main thread: 16 ms an avatar | ms | share |');
  expect(rows).toContain('| `sign · node:internal/crypto` | 4 | 25 % |');
  expect(rows).toContain('| `avatars: SELECT a $1` | 0.5 | 6.25 % |');
});
