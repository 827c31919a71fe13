import type { Credits } from '../../../contract/credits.ts';
import { priceOf, type Prices } from '../../../domain/pricing.ts';
import { counted } from '../../format/count.ts';
import type { Draft } from './draft.ts';

/** The receipt before paying. */
export interface Cost {
  readonly price: number;
  /** What would be left; undefined while the balance is not known. */
  readonly left: number | undefined;
  /** How many credits are missing; 0 when there are enough. */
  readonly missing: number;
}

export function costOf(start: Draft['start'], prices: Prices, credits: Credits | undefined): Cost {
  const price = priceOf(start === 'preset' ? 'from_preset' : 'text_to_image', prices);
  if (!credits) return { price, left: undefined, missing: 0 };
  const left = credits.available - price;
  return { price, left: Math.max(0, left), missing: Math.max(0, -left) };
}

export function missingWords(missing: number): string {
  return `${counted(missing, 'more credit')} needed`;
}
