import type { startupRoutes } from '#contract/routes/startup.ts';
import type { HandlersDeps } from '../deps.ts';
import type { HandlersOf } from '../handler.ts';
import { readStartup } from './read.ts';

export function startupHandlers({ startupStatusFile }: HandlersDeps): HandlersOf<typeof startupRoutes> {
  return { readStartup: readStartup(startupStatusFile) };
}
