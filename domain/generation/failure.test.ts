import { expect, it } from 'vitest';
import { FAILURE_CODES, FAILURES, isFailureCode } from './failure.ts';
import { PROVIDER_FAILURE_RULES } from '../provider/provider-failure.ts';

it('gives every failure a message that says what to do next', () => {
  for (const code of FAILURE_CODES) expect(FAILURES[code].message).toMatch(/[Tt]ry again|Change|Reword/);
});

it('accepts its own failure codes and no inherited property names', () => {
  expect(isFailureCode('deadline')).toBe(true);
  expect(isFailureCode('toString')).toBe(false);
});

it('allows no fallback after a refused prompt, and no retry of permanent provider failures', () => {
  expect(PROVIDER_FAILURE_RULES.moderated).toMatchObject({ retry: false, fallback: false, failure: 'prompt_rejected' });
  expect(PROVIDER_FAILURE_RULES.auth).toMatchObject({ retry: false, fallback: true });
  expect(PROVIDER_FAILURE_RULES.rate_limited.retry).toBe(true);
});
