import { describe, expect, it } from 'vitest';
import { DEFAULT_PRICES } from '../../../domain/pricing.ts';
import { costOf, missingWords } from './cost.ts';

const credits = (available: number) => ({ available, held: 0, posted: available });

describe('the receipt', () => {
  it('says what it costs and what would be left', () => {
    expect(costOf('text', DEFAULT_PRICES, credits(100))).toEqual({ price: 10, left: 90, missing: 0 });
    expect(costOf('preset', DEFAULT_PRICES, credits(8))).toEqual({ price: 8, left: 0, missing: 0 });
  });

  it('says how many credits are missing', () => {
    expect(costOf('text', DEFAULT_PRICES, credits(4))).toEqual({ price: 10, left: 0, missing: 6 });
    expect([missingWords(6), missingWords(1)]).toEqual(['6\u00A0more credits needed', '1\u00A0more credit needed']);
  });

  it('claims nothing while the balance is not known', () => {
    expect(costOf('text', DEFAULT_PRICES, undefined)).toEqual({ price: 10, left: undefined, missing: 0 });
  });
});
