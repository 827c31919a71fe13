import { expect, it } from 'vitest';
import { difference, dividedBy, sum } from './difference.ts';

it('the growth of counters is taken at every depth, and from 0 for new ones', () => {
  const before = { calls: 2, actions: { start: 1 } as Record<string, number> };
  const after = { calls: 12, actions: { start: 11, update: 4 } as Record<string, number> };
  const grown = difference(after, before);
  expect(grown).toEqual({ calls: 10, actions: { start: 10, update: 4 } });
  expect(sum(grown, before)).toEqual({ calls: 12, actions: { start: 11, update: 4 } });
  expect(dividedBy(grown, 2)).toEqual({ calls: 5, actions: { start: 5, update: 2 } });
});
