import { DELIVERY_LOST_AFTER_MS } from '#domain/account/webhook.ts';
import { pruneCallbacks } from '#drizzle/queries/providers/provider-callbacks.ts';
import { listWaitingDeliveries, pruneDeliveries } from '#drizzle/queries/accounts/webhook-deliveries.ts';
import { actOnRows, countOf, type PartContext } from './act-on-rows.ts';
import type { ReconcileDeps } from './deps.ts';

const MAX_STARTED_PER_ROUND = 200;
/** Long enough to answer questions about a delivery, short enough to keep the table small. */
const DELIVERY_RETENTION_MS = 30 * 24 * 3600_000;
const MAX_PRUNED_PER_ROUND = 1_000;
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

/** Deletes old deliveries, and providers' webhook calls that can't be replayed any more. */
export async function pruneOldDeliveries({ database }: Pick<ReconcileDeps, 'database'>): Promise<number> {
  const pruned = await pruneDeliveries(database, { olderThanMs: DELIVERY_RETENTION_MS, limit: MAX_PRUNED_PER_ROUND });
  return pruned + (await pruneCallbacks(database, CALLBACK_RETENTION_MS));
}
