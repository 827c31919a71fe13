/** Events that webhooks can subscribe to. */
export const WEBHOOK_EVENTS = [
  'generation.completed',
  'generation.failed',
  'generation.cancelled',
  'avatar.needs_review',
  'avatar.approved',
  'avatar.rejected',
  'avatar.taken_down',
] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

/** `dead`: not delivered within a day, or the webhook was disabled or deleted. */
export const DELIVERY_STATES = ['waiting', 'delivered', 'dead'] as const;

/** Reasons why a webhook is disabled. `by_user`: the user disabled it. `gone`: the receiver responded 410. `unreachable`: too many dead deliveries. */
export const DISABLED_REASONS = ['by_user', 'gone', 'unreachable'] as const;
export type DisabledReason = (typeof DISABLED_REASONS)[number];

const HOUR_MS = 3_600_000;
/** A delivery's workflow tries for this long, then dead-letters it. */
export const DELIVERY_PERIOD_MS = 24 * HOUR_MS;
/** A delivery that still waits after this has lost its workflow; the hour is for the last attempt and the dead-lettering. */
export const DELIVERY_LOST_AFTER_MS = DELIVERY_PERIOD_MS + HOUR_MS;
/** Consecutive dead deliveries, each after a day of attempts, after which the webhook is disabled. */
export const DEAD_DELIVERIES_TO_DISABLE = 3;
/** Hours after a rotation during which deliveries are also signed with the old secret: time to roll out the new one. */
export const OLD_SECRET_HOURS = 24;
