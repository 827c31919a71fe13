import { pruneCallbacks } from '#drizzle/queries/providers/provider-callbacks.ts';
import { listWaitingDeliveries, pruneDeliveries } from '#drizzle/queries/accounts/webhook-deliveries.ts';
import type { ReconcileDeps } from './deps.ts';

const ROUND = 200;
/** A delivery's workflow lives a day; what still waits after that has lost it. */
const LOST_AFTER_MS = 25 * 3600_000;
/** Long enough to answer "did you tell us?", short enough to stay small. */
const KEPT_MS = 30 * 24 * 3600_000;
const PRUNED_A_ROUND = 1_000;
/** Far beyond the five minutes for which a call's signature is good. */
const CALLBACK_KEPT_MS = 3600_000;

/** Deliveries whose start nobody heard, because no worker listened or Temporal was away. */
export async function startWaitingDeliveries({
  database,
  webhookSender,
  reconcileAfterMs,
}: ReconcileDeps): Promise<number> {
  const input = { untriedMs: reconcileAfterMs, olderThanMs: LOST_AFTER_MS, limit: ROUND };
  const forgotten = await listWaitingDeliveries(database, input);
  for (const delivery of forgotten) await webhookSender.startDelivery(delivery);
  return forgotten.length;
}

/** What was told long ago, and providers' calls that can't come again. */
export async function pruneOldDeliveries({ database }: Pick<ReconcileDeps, 'database'>): Promise<number> {
  const told = await pruneDeliveries(database, { olderThanMs: KEPT_MS, limit: PRUNED_A_ROUND });
  return told + (await pruneCallbacks(database, CALLBACK_KEPT_MS));
}
