import { expect, it } from 'vitest';
import { functionSections } from './function-sections.ts';

it('the section on functions has a table for each thread, with shares of it', () => {
  const [, , , first, second] = functionSections({
    avatars: 400,
    lanes: 16,
    processes: [
      { process: 'API, main thread', ms: 16, functions: [{ name: 'sign · node:internal/crypto', ms: 4 }] },
      { process: 'Postgres', ms: 8, functions: [{ name: 'avatars: SELECT a || $1', ms: 0.5 }] },
    ],
    conditions: {
      command: 'npm run bench:functions -- --record',
      takenAt: '2026-12-01T08:00:00.000Z',
      commit: 'abcdef0123',
      machine: { cores: 2, model: 'a processor', memoryGb: 24, node: '24.0.0' },
      loadBefore: [0.1, 0.2, 0.3],
      loadAfter: [1, 2, 3],
      tookSeconds: 100,
    },
  });
  const rows = `${first}\n${second}`.split('\n').map((row) => row.replaceAll(/ +/g, ' '));
  expect(rows).toContain('| API, main thread: 16 ms an avatar | ms | share |');
  expect(rows).toContain('| `sign · node:internal/crypto` | 4 | 25 % |');
  expect(rows).toContain('| `avatars: SELECT a $1` | 0.5 | 6.25 % |');
});
