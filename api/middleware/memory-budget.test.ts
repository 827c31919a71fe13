import { expect, it } from 'vitest';
import { createMemoryBudget } from './memory-budget.ts';

it('gives one account its share only, and everybody together the whole', () => {
  const memory = createMemoryBudget(10, 4);
  expect(memory.acquire('ada', 3)).toBe(true);
  expect(memory.acquire('ada', 2)).toBe(false);
  expect(memory.acquire('ada', 1)).toBe(true);
  expect([memory.acquire('bob', 4), memory.acquire('cleo', 4)]).toEqual([true, false]);
  memory.release('ada', 4);
  expect(memory.acquire('cleo', 4)).toBe(true);
  expect(memory.acquire('ada', 2)).toBe(true);
});
