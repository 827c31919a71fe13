import type { duplicatesRoutes } from '#contract/routes/duplicates.ts';
import type { HandlersOf } from '../handler.ts';
import type { HandlersDeps } from '../deps.ts';
import { listDuplicates } from './list.ts';
import { resolveDuplicates } from './resolve.ts';
import { listSimilar } from './list-similar.ts';

export function duplicateHandlers(deps: HandlersDeps): HandlersOf<typeof duplicatesRoutes> {
  return {
    listSimilar: listSimilar(deps),
    listDuplicates: listDuplicates(deps),
    resolveDuplicates: resolveDuplicates(deps),
  };
}
