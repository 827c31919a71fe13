/** Kinds of notifications to an account. */
export const NOTIFICATION_KINDS = [
  'avatar_completed',
  'generation_failed',
  'needs_review',
  'avatar_rejected',
  'webhook_disabled',
] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];
