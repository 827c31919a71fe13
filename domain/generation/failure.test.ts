import { expect, it } from 'vitest';
import { FAILURE_CODES, FAILURES, isFailureCode } from './failure.ts';
import { PROVIDER_FAILURE_RULES } from '../provider/provider-failure.ts';
import { priceOf } from './pricing.ts';

it('says what to do next in every failure message', () => {
  for (const code of FAILURE_CODES) expect(FAILURES[code].message).toMatch(/[Tt]ry again|Change|Reword/);
});

it('accepts its own failure codes and no inherited property names', () => {
  expect(isFailureCode('deadline')).toBe(true);
  expect(isFailureCode('toString')).toBe(false);
});

it('uses no other provider after a refused prompt, and does not retry permanent failures', () => {
  expect(PROVIDER_FAILURE_RULES.moderated).toMatchObject({ retry: false, fallback: false, failure: 'prompt_rejected' });
  expect(PROVIDER_FAILURE_RULES.auth).toMatchObject({ retry: false, fallback: true });
  expect(PROVIDER_FAILURE_RULES.rate_limited.retry).toBe(true);
});

it('has a price for every source type', () => {
  expect([priceOf('text_to_image'), priceOf('from_preset'), priceOf('from_reference'), priceOf('upload')]).toEqual([
    10, 8, 10, 2,
  ]);
});
