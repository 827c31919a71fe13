import type { Credits } from '#contract/credits.ts';
import { priceOf, type Prices } from '#domain/generation/pricing.ts';
import { counted } from '#web/format/count.ts';
import { type Draft, SOURCE_OF } from './draft.ts';

/** The receipt before paying. */
export interface Cost {
  /** For one. */
  readonly each: number;
  readonly count: number;
  /** For all of them. */
  readonly price: number;
  /** What would be left; undefined while the balance is not known. */
  readonly left: number | undefined;
  /** How many credits are missing; 0 when there are enough. */
  readonly missing: number;
}

export function costOf(
  { start, count }: Pick<Draft, 'start' | 'count'>,
  prices: Prices,
  credits: Credits | undefined,
): Cost {
  const each = priceOf(SOURCE_OF[start], prices);
  const price = each * count;
  const left = credits && credits.available - price;
  return {
    each,
    count,
    price,
    left: left === undefined ? undefined : Math.max(0, left),
    missing: left === undefined ? 0 : Math.max(0, -left),
  };
}

export function missingCreditsText(missing: number): string {
  return `${counted(missing, 'more credit')} needed`;
}
