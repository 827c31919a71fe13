import { expect, it } from 'vitest';
import { isPriority, raised, TIER_RULES } from './tier.ts';

it('puts who pays more before who pays less', () => {
  const { service, pro, plus, free } = TIER_RULES;
  const keys = [service, pro, plus, free].map(({ priorityKey }) => priorityKey);
  expect(keys).toEqual([1, 2, 3, 4]);
});

it('gives up on nobody before the time after which they are raised', () => {
  for (const rules of Object.values(TIER_RULES)) expect(rules.waitTargetMs).toBeLessThan(rules.deadlineMs);
});

it('raises by one level, to the first at most', () => {
  expect(raised(5)).toBe(4);
  expect(raised(1)).toBe(1);
});

it('takes whole numbers from one to five for a priority, and nothing else', () => {
  for (const priority of [1, 2, 3, 4, 5]) expect(isPriority(priority)).toBe(true);
  for (const nonsense of [0, 6, 1.5, '1', null, undefined, Number.NaN]) expect(isPriority(nonsense)).toBe(false);
});
