import type { platformRoutes } from '../../contract/routes/platform.ts';
import type { HandlersOf } from '../handler.ts';
import type { HandlersDeps } from '../handlers.ts';
import { readPlugin } from './read.ts';

export function platformHandlers({ prices }: HandlersDeps): HandlersOf<typeof platformRoutes> {
  return { readPlugin: readPlugin(prices) };
}
