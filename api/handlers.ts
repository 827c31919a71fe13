import { apiKeyHandlers } from './api-keys/handlers.ts';
import { adminHandlers } from './admin/handlers.ts';
import { avatarHandlers } from './avatars/handlers.ts';
import type { HandlersDeps } from './deps.ts';
import { batchHandlers } from './batches/handlers.ts';
import { creditHandlers } from './credits/handlers.ts';
import { duplicateHandlers } from './duplicates/handlers.ts';
import { eventHandlers } from './events/handlers.ts';
import { generationHandlers } from './generations/handlers.ts';
import type { Handlers } from './handler.ts';
import { internalHandlers } from './internal/handlers.ts';
import { accountHandlers } from './account/handlers.ts';
import { moderationHandlers, objectionHandlers, reportHandlers } from './moderation/handlers.ts';
import { notificationHandlers } from './notifications/handlers.ts';
import { personaSheetHandlers } from './persona-sheets/handlers.ts';
import { pluginHandlers } from './plugin/handlers.ts';
import { presetHandlers } from './presets/handlers.ts';
import { promptHandlers } from './prompts/handlers.ts';
import { projectHandlers } from './projects/handlers.ts';
import { shareHandlers } from './shares/handlers.ts';
import { startupHandlers } from './startup/handlers.ts';
import { statsHandlers } from './stats/handlers.ts';
import { uploadHandlers } from './uploads/handlers.ts';
import { webhookHandlers } from './webhooks/handlers.ts';
import { usageHandlers } from './usage/handlers.ts';

/** The handlers of all routes; each resource creates its own. */
export function createHandlers(deps: HandlersDeps): Handlers {
  return {
    ...accountHandlers(deps),
    ...apiKeyHandlers(deps),
    ...projectHandlers(deps),
    ...avatarHandlers(deps),
    ...shareHandlers(deps),
    ...personaSheetHandlers(deps),
    ...uploadHandlers(deps),
    ...duplicateHandlers(deps),
    ...generationHandlers(deps),
    ...batchHandlers(deps),
    ...promptHandlers(deps),
    ...eventHandlers(deps),
    ...creditHandlers(deps),
    ...presetHandlers(deps),
    ...usageHandlers(deps),
    ...statsHandlers(deps),
    ...notificationHandlers(deps),
    ...moderationHandlers(deps),
    ...objectionHandlers(deps),
    ...reportHandlers(deps),
    ...adminHandlers(deps),
    ...webhookHandlers(deps),
    ...pluginHandlers(deps),
    ...startupHandlers(deps),
    ...internalHandlers(deps),
  };
}
