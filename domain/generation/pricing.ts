import type { SourceType } from './generation.ts';

/** The prices, in credits, and their values: whole numbers. Contract, routes and page are derived from this list. */
export const DEFAULT_PRICES = { generate: 10, preset: 8, upload: 2 };
export type Prices = Readonly<typeof DEFAULT_PRICES>;
export type PriceName = keyof Prices;
export const PRICE_NAMES = Object.keys(DEFAULT_PRICES) as PriceName[];

const PRICE_OF_SOURCE: Readonly<Record<SourceType, PriceName>> = {
  text_to_image: 'generate',
  from_reference: 'generate',
  from_preset: 'preset',
  upload: 'upload',
};

/** The price of one generation from this source, in credits. */
export function priceOf(source: SourceType, prices: Prices = DEFAULT_PRICES): number {
  return prices[PRICE_OF_SOURCE[source]];
}
