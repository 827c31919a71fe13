import { expect, it } from 'vitest';
import type { FaultRun } from '../run-faults.ts';
import { renderReliability } from './render-reliability.ts';

const STAMP = { commit: 'abc1234', date: '2026-11-28' };
const RUN: FaultRun = {
  seed: 7,
  profile: 'faults',
  loadMs: 600_000,
  totalMs: 700_000,
  effects: new Map([['kill_worker', { injected: 4, effects: 3 }]]),
  providerFaults: { 'fal:create:reset': 5 },
  statuses: { completed: 90, failed: 10 },
  accepted: 100,
  answers: { 'generate 202': 100 },
  bill: { paid: 95, paidBy: { fal: 95 }, repeated: [], givenUp: 2, windowed: 1 },
  findings: [],
};

it('writes a row for each kind of fault, and leaves the other runs of the document as they are', () => {
  const first = renderReliability('', { ...RUN, profile: 'restarts', seed: 9 }, STAMP);
  const both = renderReliability(first, RUN, STAMP);
  expect(both).toContain('| kill worker | SIGKILL, restarted |');
  expect(both).toContain('--seed 7 --minutes 10');
  expect(both).toContain('--seed 9');
  const again = renderReliability(both, { ...RUN, seed: 8, findings: [{ check: 'c', what: 'w' }] }, STAMP);
  expect(again).not.toContain('--seed 7');
  expect(again).toContain('--seed 9');
  expect(again).toContain('1 promises were broken');
});
