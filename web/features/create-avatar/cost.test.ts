import { describe, expect, it } from 'vitest';
import { DEFAULT_PRICES } from '#domain/generation/pricing.ts';
import { costOf, missingCreditsText } from './cost.ts';

const credits = (available: number) => ({ available, held: 0, posted: available });
const one = (start: 'text' | 'preset' | 'reference', count = 1) => ({ start, count });

describe('the receipt', () => {
  it('says what it costs and what would be left', () => {
    expect(costOf(one('text'), DEFAULT_PRICES, credits(100))).toMatchObject({ price: 10, left: 90, missing: 0 });
    expect(costOf(one('preset'), DEFAULT_PRICES, credits(8))).toMatchObject({ price: 8, left: 0, missing: 0 });
    expect(costOf(one('reference'), DEFAULT_PRICES, credits(10))).toMatchObject({ price: 10, left: 0, missing: 0 });
  });

  it('adds up several', () => {
    expect(costOf(one('text', 4), DEFAULT_PRICES, credits(35))).toEqual({
      each: 10,
      count: 4,
      price: 40,
      left: 0,
      missing: 5,
    });
  });

  it('says how many credits are missing', () => {
    expect(costOf(one('text'), DEFAULT_PRICES, credits(4))).toMatchObject({ price: 10, left: 0, missing: 6 });
    expect([missingCreditsText(6), missingCreditsText(1)]).toEqual([
      '6\u00A0more credits needed',
      '1\u00A0more credit needed',
    ]);
  });

  it('claims nothing while the balance is not known', () => {
    expect(costOf(one('text'), DEFAULT_PRICES, undefined)).toMatchObject({ price: 10, left: undefined, missing: 0 });
  });
});
