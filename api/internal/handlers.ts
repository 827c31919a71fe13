import type { internalRoutes } from '#contract/routes/internal.ts';
import { readAvatar } from '../avatars/read.ts';
import { trackUsage } from '../usage/track.ts';
import type { HandlersOf } from '../handler.ts';
import type { HandlersDeps } from '../deps.ts';
import { batchGetAvatars } from './batch-get-avatars.ts';
import { createGenerationFor } from './create-generation.ts';
import { signalGeneration } from './signal-generation.ts';

export function internalHandlers(deps: HandlersDeps): HandlersOf<typeof internalRoutes> {
  const avatars = { database: deps.database, present: deps.presentAvatar };
  const read = readAvatar(avatars);
  const track = trackUsage(deps);
  return {
    readAvatarFor: (call) => read({ ...call }),
    batchGetAvatarsFor: batchGetAvatars(avatars),
    trackUsageFor: (call) => track({ ...call }),
    createGenerationFor: createGenerationFor(deps),
    signalGenerationFor: signalGeneration(deps),
  };
}
