import type { eventsRoutes } from '#contract/routes/events.ts';
import type { HandlersOf } from '../handler.ts';
import type { HandlersDeps } from '../deps.ts';
import { watchEverything, watchGeneration } from './watch.ts';

export function eventHandlers({ hub, metrics }: HandlersDeps): HandlersOf<typeof eventsRoutes> {
  const streams = { hub, onDropped: () => metrics.droppedStreams.inc() };
  return {
    watchGeneration: watchGeneration(streams),
    watchEverything: watchEverything(streams),
  };
}
