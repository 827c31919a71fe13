import { expect, it } from 'vitest';
import { isPriority, raisePriority, TIER_RULES } from './tier.ts';

it('gives higher tiers a higher priority', () => {
  const { service, pro, plus, free } = TIER_RULES;
  const keys = [service, pro, plus, free].map(({ priorityKey }) => priorityKey);
  expect(keys).toEqual([1, 2, 3, 4]);
});

it('gives every tier a deadline after its priority is raised', () => {
  for (const rules of Object.values(TIER_RULES)) expect(rules.waitTargetMs).toBeLessThan(rules.deadlineMs);
});

it('raises a priority by one level, up to the first', () => {
  expect(raisePriority(5)).toBe(4);
  expect(raisePriority(1)).toBe(1);
});

it('accepts only whole numbers from one to five as a priority', () => {
  for (const priority of [1, 2, 3, 4, 5]) expect(isPriority(priority)).toBe(true);
  for (const nonsense of [0, 6, 1.5, '1', null, undefined, Number.NaN]) expect(isPriority(nonsense)).toBe(false);
});
