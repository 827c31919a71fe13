import { expect, it } from 'vitest';
import { priceOf } from './pricing.ts';

it('gives every source type a price', () => {
  expect([priceOf('text_to_image'), priceOf('from_preset'), priceOf('from_reference'), priceOf('upload')]).toEqual([
    10, 8, 10, 2,
  ]);
});
