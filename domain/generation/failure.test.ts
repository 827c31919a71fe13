import { expect, it } from 'vitest';
import { FAILURE_CODES, FAILURES, isFailureCode } from './failure.ts';
import { PROVIDER_FAILURE_RULES } from '../provider/provider-failure.ts';
import { priceOf } from './pricing.ts';

it('tells people what to do next after every failure', () => {
  for (const code of FAILURE_CODES) expect(FAILURES[code].message).toMatch(/[Tt]ry again|Change|Reword/);
});

it('knows its own codes and no inherited ones', () => {
  expect(isFailureCode('deadline')).toBe(true);
  expect(isFailureCode('toString')).toBe(false);
});

it('never shops for a laxer provider after a refusal, nor repeats what can not help', () => {
  expect(PROVIDER_FAILURE_RULES.moderated).toMatchObject({ retry: false, fallback: false, failure: 'prompt_rejected' });
  expect(PROVIDER_FAILURE_RULES.auth).toMatchObject({ retry: false, fallback: true });
  expect(PROVIDER_FAILURE_RULES.rate_limited.retry).toBe(true);
});

it('has a price for every way of making', () => {
  expect([priceOf('text_to_image'), priceOf('from_preset'), priceOf('from_reference'), priceOf('upload')]).toEqual([
    10, 8, 10, 2,
  ]);
});
