import type { Conditions } from './results.ts';

/** For tests of the page's sections. */
export const SAMPLE_CONDITIONS: Conditions = {
  command: 'npm run long -- streams --seed 19 --minutes 4 --record',
  takenAt: '2026-12-01T08:00:00.000Z',
  commit: 'abcdef0123',
  machine: { cores: 2, model: 'a processor', memoryGb: 24, node: '24.0.0' },
  loadBefore: [0.1, 0.2, 0.3],
  loadAfter: [1, 2, 3],
  tookSeconds: 300,
};
