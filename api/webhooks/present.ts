import type { Webhook } from '#contract/webhook.ts';
import type { Webhook as WebhookRow } from '#drizzle/queries/accounts/webhooks.ts';

export function presentWebhook(row: WebhookRow): Webhook {
  const { failedAt, failure, attempts } = row;
  return {
    id: row.id,
    url: row.url,
    events: row.events,
    enabled: row.enabled,
    disabledReason: row.disabledReason,
    oldSecretUntil: row.oldSecretUntil?.toISOString() ?? null,
    lastDeliveredAt: row.lastDeliveredAt?.toISOString() ?? null,
    lastFailure:
      failedAt === null
        ? null
        : { at: failedAt.toISOString(), message: failure ?? 'not accepted', attempts: attempts ?? 0 },
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}
