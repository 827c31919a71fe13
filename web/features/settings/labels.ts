import type { KEY_SCOPES } from '#contract/api-key.ts';
import type { WebhookEvent } from '#domain/account/webhook.ts';

/** What an API key may do. */
export const SCOPE_LABELS: Readonly<Record<(typeof KEY_SCOPES)[number], string>> = {
  'avatars:read': 'Read avatars, projects and credits',
  'avatars:write': 'Create and change projects, presets and avatars’ details',
  'avatars:delete': 'Delete projects, presets and avatars',
  'generations:write': 'Generate and upload avatars; spends credits',
  'generations:signal': 'Cancel generations and lower their priority',
  'usage:write': 'Record that an avatar was used',
  'webhooks:manage': 'Read and change the webhook',
};

/** The events that are sent to the webhook. */
export const EVENT_LABELS: Readonly<Record<WebhookEvent, string>> = {
  'generation.completed': 'An avatar is ready',
  'generation.failed': 'An avatar could not be generated',
  'generation.cancelled': 'An avatar was cancelled',
  'avatar.needs_review': 'An avatar is being reviewed',
  'avatar.approved': 'A reviewed avatar was approved',
  'avatar.rejected': 'A reviewed avatar was rejected',
  'avatar.taken_down': 'An avatar was taken down after a report',
};
