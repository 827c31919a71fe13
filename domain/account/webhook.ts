/** What a person's own server can be told about. */
export const WEBHOOK_EVENTS = [
  'generation.completed',
  'generation.failed',
  'generation.cancelled',
  'avatar.needs_review',
  'avatar.approved',
  'avatar.rejected',
] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

/** `dead`: nobody took it within a day, or nobody may be asked any more. */
export const DELIVERY_STATES = ['waiting', 'delivered', 'dead'] as const;

/** Why a webhook sends nothing. `by_owner`: switched off. `gone`: the receiver answered 410. `unreachable`: it died too often. */
export const DISABLED_REASONS = ['by_owner', 'gone', 'unreachable'] as const;
export type DisabledReason = (typeof DISABLED_REASONS)[number];

/** Deliveries in a row that died, each after a day of tries; then the webhook is switched off. */
export const DEAD_DELIVERIES_TO_DISABLE = 3;
/** After a rotation the old secret still signs too, hours: long enough to roll out the new one. */
export const OLD_SECRET_HOURS = 24;
