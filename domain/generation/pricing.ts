import type { SourceType } from './generation.ts';

/** Credits, whole numbers. */
export interface Prices {
  readonly generate: number;
  readonly preset: number;
  readonly upload: number;
}

export const DEFAULT_PRICES: Prices = { generate: 10, preset: 8, upload: 2 };

/** The price of one generation from this source, in credits. */
export function priceOf(source: SourceType, prices: Prices = DEFAULT_PRICES): number {
  if (source === 'upload') return prices.upload;
  return source === 'from_preset' ? prices.preset : prices.generate;
}
