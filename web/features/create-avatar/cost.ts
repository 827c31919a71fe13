import type { Credits } from '#contract/credits.ts';
import { priceOf, type Prices } from '#domain/generation/pricing.ts';
import { counted } from '#web/format/count.ts';
import { type Draft, SOURCE_OF } from './draft.ts';

/** The cost of what the dialog would start, in credits. */
export interface Cost {
  /** Price of one image. */
  readonly each: number;
  readonly count: number;
  /** Price of all images. */
  readonly price: number;
  /** Balance afterwards; undefined while the balance is unknown. */
  readonly left: number | undefined;
  /** Missing credits; 0 when there are enough. */
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
