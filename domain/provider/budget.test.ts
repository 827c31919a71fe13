import { expect, it } from 'vitest';
import { budgetsOf, remainingBudgetOf } from './budget.ts';

it('leaves the remaining budget of a provider unlimited when no budget is set', () => {
  expect(remainingBudgetOf('fal', {}, { fal: 1_000 })).toEqual({
    leftUsd: Number.POSITIVE_INFINITY,
    nearing: false,
    spentShare: 0,
  });
});

it('limits a provider by the overall budget or its own, whichever is smaller', () => {
  const budgets = budgetsOf({ PROVIDER_BUDGET_USD_DAY: 10, FAL_BUDGET_USD_DAY: 2 });
  const spending = { fal: 1, replicate: 8.5 };
  expect(remainingBudgetOf('fal', budgets, spending)).toMatchObject({ leftUsd: 0.5, nearing: true });
  expect(remainingBudgetOf('replicate', budgets, spending)).toMatchObject({ leftUsd: 0.5, nearing: true });
  expect(remainingBudgetOf('fal', budgets, { fal: 1.5 })).toMatchObject({ leftUsd: 0.5, nearing: false });
  expect(remainingBudgetOf('fal', budgets, { fal: 1.6 })).toMatchObject({ nearing: true, spentShare: 0.8 });
});

it('treats a budget of zero as spent', () => {
  expect(remainingBudgetOf('fal', { totalUsd: 0 }, {})).toEqual({ leftUsd: 0, nearing: true, spentShare: 1 });
});
