import { expect, it } from 'vitest';
import type { FaultRun } from '../run-faults.ts';
import { bugsSection, faultsSection, renderReliability } from './render-reliability.ts';

const stamp = { commit: 'abc1234', date: '2026-11-28' };
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
const HUNT = { name: 'key-ignored', reverts: '250c999', what: 'a repeated key creates another', seconds: 41 };

it('writes a row for each kind of fault, and leaves the other sections of the document as they are', () => {
  const restarts = faultsSection({ ...RUN, profile: 'restarts', seed: 9 }, stamp);
  const first = renderReliability('', 'restarts', restarts);
  const both = renderReliability(first, 'faults', faultsSection(RUN, stamp));
  expect(both).toContain('| kill worker | SIGKILL, restarted |');
  expect(both).toContain('--seed 7 --minutes 10');
  expect(both).toContain('--seed 9');
  const broken = faultsSection({ ...RUN, seed: 8, findings: [{ check: 'c', what: 'w' }] }, stamp);
  const again = renderReliability(both, 'faults', broken);
  expect(again).not.toContain('--seed 7');
  expect(again).toContain('--seed 9');
  expect(again).toContain('**promises were broken**: c (w)');
});

it('says which seeded bugs were found, and leaves the rows of those that were not looked for', () => {
  const found = { ...HUNT, foundBy: ['no image is bought twice'], isRight: true };
  const first = renderReliability('', 'bugs', bugsSection('', [found], { seed: 7, stamp }));
  const other = { ...HUNT, name: 'other', foundBy: [], isRight: false };
  const text = bugsSection(first, [other], { seed: 8, stamp });
  expect(text).toContain('| 250c999 | no image is bought twice | abc1234 | 7 | 41 |');
  expect(text).toContain('| 250c999 | **nothing** | abc1234 | 8 | 41 |');
  const again = bugsSection(text, [{ ...found, seconds: 30 }], { seed: 9, stamp });
  expect(again.match(/\| key-ignored/gu)).toHaveLength(1);
  expect(again).toContain('| abc1234 | 9 | 30 |');
});
