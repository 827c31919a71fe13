import { expect, it } from 'vitest';
import { HALVES, scoreHalf } from './score.ts';

/** Of the traits that prompts tell, so many must be drawn. */
const OBEYED = 0.95;

it.each(HALVES)('of what the %s half of the labeled prompts says, at least 95 %% is drawn', async (half) => {
  const scores = [...(await scoreHalf(half)).values()];
  const sum = (count: 'told' | 'obeyed'): number => scores.reduce((total, score) => total + score[count], 0);
  expect(sum('told')).toBeGreaterThan(600);
  expect(sum('obeyed') / sum('told')).toBeGreaterThanOrEqual(OBEYED);
});
