import type { Archives } from './archive/archives.ts';
import type { Accounts } from './auth/accounts.ts';
import { adminHandlers } from './admin/handlers.ts';
import { avatarHandlers } from './avatars/handlers.ts';
import type { PresentAvatar } from './avatars/present.ts';
import type { Budgets } from '#domain/provider/budget.ts';
import type { ReadProviderHealth } from '#drizzle/stores/provider-health.ts';
import type { FeatureSwitches } from '#drizzle/stores/feature-switches.ts';
import type { ApiDeps } from './create-api.ts';
import { batchHandlers } from './batches/handlers.ts';
import { creditHandlers } from './credits/handlers.ts';
import { duplicateHandlers } from './duplicates/handlers.ts';
import { eventHandlers } from './events/handlers.ts';
import type { EventHub } from './events/hub.ts';
import type { Outcomes } from './generations/await-outcome.ts';
import { generationHandlers } from './generations/handlers.ts';
import type { LateAcceptances } from './generations/late-acceptances.ts';
import type { PresentGenerations } from './generations/present.ts';
import type { Handlers } from './handler.ts';
import { internalHandlers } from './internal/handlers.ts';
import { accountHandlers } from './profile/handlers.ts';
import type { ApiMetrics } from './metrics.ts';
import type { RateLimits } from './middleware/rate-limit.ts';
import { moderationHandlers } from './moderation/handlers.ts';
import { notificationHandlers } from './notifications/handlers.ts';
import type { Gallery } from './presets/gallery.ts';
import { personaSheetHandlers } from './persona-sheets/handlers.ts';
import { pluginHandlers } from './plugin/handlers.ts';
import { presetHandlers } from './presets/handlers.ts';
import { promptHandlers } from './prompts/handlers.ts';
import { projectHandlers } from './projects/handlers.ts';
import type { QueueView } from './queue/queue-view.ts';
import { statsHandlers } from './stats/handlers.ts';
import { uploadHandlers } from './uploads/handlers.ts';
import { webhookHandlers } from './webhooks/handlers.ts';
import { usageHandlers } from './usage/handlers.ts';

type Outside = Pick<
  ApiDeps,
  | 'database'
  | 'removal'
  | 'workflows'
  | 'store'
  | 'providers'
  | 'prices'
  | 'demoTokens'
  | 'oidc'
  | 'reconciler'
  | 'replicateWebhookSecret'
  | 'webhooksAllowPrivate'
>;

export interface HandlersDeps extends Outside {
  readonly line: QueueView;
  readonly present: PresentGenerations;
  readonly presentAvatar: PresentAvatar;
  readonly hub: EventHub;
  readonly metrics: ApiMetrics;
  readonly featureSwitches: FeatureSwitches;
  readonly readProviderHealth: ReadProviderHealth;
  readonly budgets: Budgets;
  readonly accounts: Accounts;
  readonly archives: Archives;
  readonly limitsLeft: RateLimits['left'];
  readonly gallery: Gallery;
  readonly outcomes: Outcomes;
  readonly lateAcceptances: LateAcceptances;
}

/** Each route of the contract with what it needs; each resource knows its own. */
export function createHandlers(deps: HandlersDeps): Handlers {
  return {
    ...accountHandlers(deps),
    ...projectHandlers(deps),
    ...avatarHandlers(deps),
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
    ...adminHandlers(deps),
    ...webhookHandlers(deps),
    ...pluginHandlers(deps),
    ...internalHandlers(deps),
  };
}
