import type { batchesRoutes } from '#contract/routes/batches.ts';
import type { HandlersOf } from '../handler.ts';
import type { HandlersDeps } from '../deps.ts';
import { cancelBatch } from './cancel.ts';
import { createBatch } from './create.ts';
import { readBatch } from './read.ts';

export function batchHandlers(deps: HandlersDeps): HandlersOf<typeof batchesRoutes> {
  return { createBatch: createBatch(deps), readBatch: readBatch(deps), cancelBatch: cancelBatch(deps) };
}
