import { describe, expect, it } from 'vitest';
import { readRecord } from './record.ts';
import { goalSections } from './goals.ts';
import type { Results } from './results.ts';

const recorded = (await readRecord())!;

/** The row of a goal: before, now, goal, reached. */
function rowOf(results: Results, name: string): string[] {
  const row = goalSections(results)
    .join('\n')
    .split('\n')
    .find((candidate) => candidate.startsWith(`| ${name}`));
  return (row ?? '')
    .split('|')
    .slice(2, -1)
    .map((cell) => cell.trim());
}

describe('the table of goals', () => {
  it.each([
    [0.061, 'yes'],
    [0.0599, 'no'],
  ])('compares a throughput of %d floors with the least', (throughput, reached) => {
    const road = { ...recorded.roads.road!, inFloors: { throughput, cpu: 30 } };
    const results = { ...recorded, roads: { ...recorded.roads, road } };
    expect(rowOf(results, 'avatars, the whole road').slice(2)).toEqual(['at least 0.06', reached]);
  });

  it.each([
    [19.9, 20, 'yes', '20 / 70'],
    [19.9, 40, 'no', '40 / 70'],
    [14, 20, 'no', '20 / 70, at 14 a second'],
  ])('at %d a second, a median of %d ms counts: %s', (perSecond, p50, reached, now) => {
    const times = { ...recorded.paced[0]!.latencyMs, p50, p99: 70 };
    const round = { ...recorded.paced[0]!, road: 'http' as const, pace: 20, perSecond, answerMs: times };
    expect(rowOf({ ...recorded, paced: [round] }, 'answer to a POST')).toEqual(['', now, 'at most 30 / 80', reached]);
  });

  it('has no row for what was not measured', () => {
    const nothing = { ...recorded, roads: {}, paced: [], data: undefined, uploads: undefined, streams: undefined };
    const names = goalSections(nothing).join('\n');
    expect(names).toContain('| row updates');
    expect(names).not.toMatch(/floors|answer|list|upload|stream/u);
  });
});
