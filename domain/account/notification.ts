/** Kinds of notifications to an account. */
export const NOTIFICATION_KINDS = [
  'avatar_completed',
  'generation_failed',
  'needs_review',
  'avatar_rejected',
  'avatar_taken_down',
  'avatar_restored',
  'objection_allowed',
  'objection_refused',
  'webhook_disabled',
] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];
