import { listForgottenDeliveries, pruneDeliveries } from '../../drizzle/queries/webhook-deliveries.ts';
import type { ReconcileDeps } from './reconcile.ts';

const ROUND = 200;
/** A delivery's workflow lives a day; what still waits after that has lost it. */
const LOST_AFTER_MS = 25 * 3600_000;
/** Long enough to answer "did you tell us?", short enough to stay small. */
const KEPT_MS = 30 * 24 * 3600_000;
const PRUNED_A_ROUND = 1_000;

/** Deliveries whose start nobody heard, because no worker listened or Temporal was away. */
export async function startForgottenDeliveries({
  database,
  courier,
  reconcileAfterMs,
}: ReconcileDeps): Promise<number> {
  const wish = { untriedMs: reconcileAfterMs, olderThanMs: LOST_AFTER_MS, limit: ROUND };
  const forgotten = await listForgottenDeliveries(database, wish);
  for (const delivery of forgotten) await courier.startDelivery(delivery);
  return forgotten.length;
}

export function pruneOldDeliveries({ database }: Pick<ReconcileDeps, 'database'>): Promise<number> {
  return pruneDeliveries(database, { olderThanMs: KEPT_MS, limit: PRUNED_A_ROUND });
}
