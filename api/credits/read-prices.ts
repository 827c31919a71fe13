import type { Prices } from '#domain/generation/pricing.ts';
import type { Handler } from '../handler.ts';

export function readPrices(prices: Prices): Handler<'readPrices'> {
  return () => Promise.resolve({ status: 200, body: prices });
}
