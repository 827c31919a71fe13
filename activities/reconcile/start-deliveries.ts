import { DELIVERY_LOST_AFTER_MS } from '#domain/account/webhook.ts';
import { pruneCallbacks } from '#drizzle/queries/providers/provider-callbacks.ts';
import { listWaitingDeliveries } from '#drizzle/queries/accounts/webhook-deliveries.ts';
import { actOnRows, countOf, type PartContext } from './act-on-rows.ts';
import type { ReconcileDeps } from './deps.ts';

const MAX_STARTED_PER_ROUND = 200;
/** Far beyond the five minutes for which a webhook's signature is valid. */
const CALLBACK_RETENTION_MS = 3600_000;

/** Starts deliveries whose notification was missed, because no worker listened or Temporal was unavailable. */
export async function startWaitingDeliveries(
  { database, webhookSender, reconcileAfterMs }: ReconcileDeps,
  context: PartContext,
): Promise<number> {
  const input = { untriedMs: reconcileAfterMs, olderThanMs: DELIVERY_LOST_AFTER_MS, limit: MAX_STARTED_PER_ROUND };
  const waiting = await listWaitingDeliveries(database, input);
  const results = await actOnRows(context, waiting, (delivery) =>
    webhookSender.startDelivery(delivery).then(() => true),
  );
  return countOf(results);
}

/** Deletes providers' webhook calls that can't be replayed any more. */
export function pruneOldCallbacks({ database }: Pick<ReconcileDeps, 'database'>): Promise<number> {
  return pruneCallbacks(database, CALLBACK_RETENTION_MS);
}
