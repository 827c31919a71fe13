import type { pluginRoutes } from '#contract/routes/plugin.ts';
import type { HandlersOf } from '../handler.ts';
import type { HandlersDeps } from '../deps.ts';
import { readPlugin } from './read.ts';

export function pluginHandlers({ prices }: HandlersDeps): HandlersOf<typeof pluginRoutes> {
  return { readPlugin: readPlugin(prices) };
}
