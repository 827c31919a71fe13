import { apiKeysRoutes } from './routes/api-keys.ts';
import { accountRoutes } from './routes/account.ts';
import { adminRoutes } from './routes/admin.ts';
import { avatarsRoutes } from './routes/avatars.ts';
import { batchesRoutes } from './routes/batches.ts';
import { creditsRoutes } from './routes/credits.ts';
import { duplicatesRoutes } from './routes/duplicates.ts';
import { eventsRoutes } from './routes/events.ts';
import { generationsRoutes } from './routes/generations.ts';
import { moderationRoutes } from './routes/moderation.ts';
import { objectionsRoutes } from './routes/objections.ts';
import { reportsRoutes } from './routes/reports.ts';
import { notificationsRoutes } from './routes/notifications.ts';
import { internalRoutes } from './routes/internal.ts';
import { personaSheetsRoutes } from './routes/persona-sheets.ts';
import { pluginRoutes } from './routes/plugin.ts';
import { presetsRoutes } from './routes/presets.ts';
import { promptsRoutes } from './routes/prompts.ts';
import { projectsRoutes } from './routes/projects.ts';
import { sharesRoutes } from './routes/shares.ts';
import { startupRoutes } from './routes/startup.ts';
import { statsRoutes } from './routes/stats.ts';
import { uploadsRoutes } from './routes/uploads.ts';
import { webhooksRoutes } from './routes/webhooks.ts';
import { usageRoutes } from './routes/usage.ts';

/** Every route: the API mounts exactly these, the OpenAPI document describes exactly these. One file a resource. */
export const ROUTES = {
  ...accountRoutes,
  ...apiKeysRoutes,
  ...projectsRoutes,
  ...avatarsRoutes,
  ...sharesRoutes,
  ...personaSheetsRoutes,
  ...uploadsRoutes,
  ...duplicatesRoutes,
  ...generationsRoutes,
  ...batchesRoutes,
  ...promptsRoutes,
  ...eventsRoutes,
  ...creditsRoutes,
  ...presetsRoutes,
  ...usageRoutes,
  ...statsRoutes,
  ...notificationsRoutes,
  ...moderationRoutes,
  ...objectionsRoutes,
  ...reportsRoutes,
  ...adminRoutes,
  ...webhooksRoutes,
  ...pluginRoutes,
  ...startupRoutes,
  ...internalRoutes,
} as const;

export type Routes = typeof ROUTES;
export type RouteName = keyof Routes;
