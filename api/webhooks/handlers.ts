import type { webhooksRoutes } from '#contract/routes/webhooks.ts';
import type { HandlersOf } from '../handler.ts';
import type { HandlersDeps } from '../deps.ts';
import { createWebhook } from './create.ts';
import { deleteWebhook } from './delete.ts';
import { readWebhook } from './read.ts';
import { receiveFal } from './receive-fal.ts';
import { receiveReplicate } from './receive-replicate.ts';
import { rotateWebhookSecret } from './rotate-secret.ts';
import { updateWebhook } from './update.ts';

export function webhookHandlers(deps: HandlersDeps): HandlersOf<typeof webhooksRoutes> {
  return {
    readWebhook: readWebhook(deps),
    createWebhook: createWebhook(deps),
    updateWebhook: updateWebhook(deps),
    rotateWebhookSecret: rotateWebhookSecret(deps),
    deleteWebhook: deleteWebhook(deps),
    receiveFal: deps.falWebhook === undefined ? undefined : receiveFal(deps),
    receiveReplicate: deps.replicateWebhookSecret === undefined ? undefined : receiveReplicate(deps),
  };
}
