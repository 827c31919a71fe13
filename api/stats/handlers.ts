import type { statsRoutes } from '#contract/routes/stats.ts';
import type { HandlersOf } from '../handler.ts';
import type { HandlersDeps } from '../deps.ts';
import { readStats } from './read.ts';

export function statsHandlers(deps: HandlersDeps): HandlersOf<typeof statsRoutes> {
  return { readStats: readStats(deps) };
}
