import { DELIVERY_LOST_AFTER_MS } from '#domain/account/webhook.ts';
import { pruneCallbacks } from '#drizzle/queries/providers/provider-callbacks.ts';
import { listWaitingDeliveries, type WaitingDelivery } from '#drizzle/queries/accounts/webhook-deliveries.ts';
import { actOnRows, countOf, type PartContext } from './act-on-rows.ts';
import type { ReconcileDeps } from './deps.ts';
import { createRotation } from './rotation.ts';

const MAX_STARTED_PER_ROUND = 200;
/** Far beyond the five minutes for which a webhook's signature is valid. */
const CALLBACK_RETENTION_MS = 3600_000;

/**
 * Starts deliveries whose notification was missed, because no worker listened or Temporal was unavailable. Those that can't be started
 * delay no others.
 */
export function createStartWaitingDeliveries({ database, webhookSender, reconcileAfterMs }: ReconcileDeps) {
  const rotation = createRotation<WaitingDelivery>(MAX_STARTED_PER_ROUND);
  const page = { untriedMs: reconcileAfterMs, olderThanMs: DELIVERY_LOST_AFTER_MS, limit: MAX_STARTED_PER_ROUND };
  return async function startWaitingDeliveries(context: PartContext): Promise<number> {
    const waiting = await rotation.list((after) => listWaitingDeliveries(database, { ...page, after }));
    const start = (delivery: WaitingDelivery) => webhookSender.startDelivery(delivery).then(() => true);
    return countOf(await actOnRows(context, waiting, start, (begun) => rotation.advance(waiting, begun)));
  };
}

/** Deletes providers' webhook calls that can't be replayed any more. */
export function pruneOldCallbacks({ database }: Pick<ReconcileDeps, 'database'>): Promise<number> {
  return pruneCallbacks(database, CALLBACK_RETENTION_MS);
}
