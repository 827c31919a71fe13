import { describe, expect, it } from 'vitest';
import { DEFAULT_PRICES } from '#domain/generation/pricing.ts';
import { costOf, missingCreditsText } from './cost.ts';

const credits = (available: number) => ({ available, held: 0, posted: available });
const selection = (start: 'text' | 'preset' | 'reference', count = 1) => ({ start, count });

describe('costOf', () => {
  it('returns the price and the remaining balance', () => {
    expect(costOf(selection('text'), DEFAULT_PRICES, credits(100))).toMatchObject({ price: 10, left: 90, missing: 0 });
    expect(costOf(selection('preset'), DEFAULT_PRICES, credits(8))).toMatchObject({ price: 8, left: 0, missing: 0 });
    expect(costOf(selection('reference'), DEFAULT_PRICES, credits(10))).toMatchObject({
      price: 10,
      left: 0,
      missing: 0,
    });
  });

  it('multiplies the price by the count', () => {
    expect(costOf(selection('text', 4), DEFAULT_PRICES, credits(35))).toEqual({
      each: 10,
      count: 4,
      price: 40,
      left: 0,
      missing: 5,
    });
  });

  it('returns how many credits are missing', () => {
    expect(costOf(selection('text'), DEFAULT_PRICES, credits(4))).toMatchObject({ price: 10, left: 0, missing: 6 });
    expect([missingCreditsText(6), missingCreditsText(1)]).toEqual([
      '6\u00A0more credits needed',
      '1\u00A0more credit needed',
    ]);
  });

  it('leaves the remaining balance undefined while the balance is unknown', () => {
    expect(costOf(selection('text'), DEFAULT_PRICES, undefined)).toMatchObject({
      price: 10,
      left: undefined,
      missing: 0,
    });
  });
});
