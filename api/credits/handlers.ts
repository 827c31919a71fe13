import type { creditsRoutes } from '#contract/routes/credits.ts';
import type { HandlersOf } from '../handler.ts';
import type { HandlersDeps } from '../deps.ts';
import { readPrices } from './read-prices.ts';
import { readCredits } from './read.ts';
import { createTopup } from './create-topup.ts';
import { listTransfers } from './list-transfers.ts';

export function creditHandlers(deps: HandlersDeps): HandlersOf<typeof creditsRoutes> {
  return {
    readCredits: readCredits(deps),
    listTransfers: listTransfers(deps),
    createTopup: createTopup(deps),
    readPrices: readPrices(deps.prices),
  };
}
