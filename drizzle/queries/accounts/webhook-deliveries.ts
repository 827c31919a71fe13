import type { WebhookEvent } from '#domain/account/webhook.ts';
import { DEAD_DELIVERIES_TO_DISABLE } from '#domain/account/webhook.ts';
import type { Database } from '#drizzle/connection/database.ts';

/** One event to send to one webhook, with what is needed to send it. */
export interface Delivery {
  readonly id: string;
  readonly accountId: string;
  readonly event: WebhookEvent;
  readonly generationId: string;
  readonly avatarId: string | null;
  readonly state: 'waiting' | 'delivered' | 'dead';
  readonly createdAt: Date;
  readonly url: string;
  readonly enabled: boolean;
  /** The secrets to sign with: the current one and, for a while after a rotation, the previous one. */
  readonly secrets: readonly string[];
}

/** @returns undefined if the delivery or its webhook was deleted */
export async function readDelivery(database: Database, id: string): Promise<Delivery | undefined> {
  const [row] = await database.call<Delivery>(
    'webhooks.delivery',
    `SELECT d.id, d.account_id AS "accountId", d.event, d.generation_id AS "generationId", d.avatar_id AS "avatarId", d.state,
       d.created_at AS "createdAt", w.url, w.enabled,
       CASE WHEN w.old_secret_until > now() THEN ARRAY[w.secret, w.old_secret] ELSE ARRAY[w.secret] END AS secrets
     FROM webhook_deliveries d JOIN webhooks w ON w.id = d.webhook_id WHERE d.id = $1`,
    [id],
  );
  return row;
}

/** The result of one try. */
export interface Try {
  /** The HTTP status; null without a response. */
  readonly status: number | null;
  readonly failure: string | null;
}

/** Records a failed try; another one follows. @returns how many have failed, at least 1 */
export async function recordFailedTry(database: Database, id: string, { status, failure }: Try): Promise<number> {
  const [row] = await database.call<{ attempts: number }>(
    'webhooks.failedTry',
    `UPDATE webhook_deliveries SET attempts = attempts + 1, last_status = $2, last_failure = $3 WHERE id = $1 AND state = 'waiting'
     RETURNING attempts`,
    [id, status, failure],
  );
  return row?.attempts ?? 1;
}

/** Records a successful delivery, which resets the webhook's count of dead deliveries. */
export async function markDelivered(database: Database, id: string, status: number): Promise<void> {
  await database.call(
    'webhooks.delivered',
    `WITH delivered AS (
       UPDATE webhook_deliveries SET state = 'delivered', attempts = attempts + 1, last_status = $2, last_failure = NULL, ended_at = now()
       WHERE id = $1 AND state = 'waiting' RETURNING webhook_id)
     UPDATE webhooks w SET consecutive_dead = 0, last_delivered_at = now() FROM delivered d WHERE w.id = d.webhook_id`,
    [id, status],
  );
}

/**
 * Dead-letters a delivery. Disables the webhook and notifies the user if the receiver is gone or too many deliveries in a row are
 * dead. One statement, so that a dead delivery counts once.
 * @param reason `gone`: the receiver responded 410. `expired`: all attempts failed. `off`: the webhook is disabled; does not count
 */
export async function deadLetterDelivery(
  database: Database,
  id: string,
  reason: 'gone' | 'expired' | 'off',
): Promise<void> {
  await database.call(
    'webhooks.deadLetter',
    `WITH dead AS (
       UPDATE webhook_deliveries SET state = 'dead', ended_at = now() WHERE id = $1 AND state = 'waiting' RETURNING webhook_id),
     counted AS (
       UPDATE webhooks w SET consecutive_dead = w.consecutive_dead + 1, updated_at = now(),
         enabled = w.enabled AND $2 <> 'gone' AND w.consecutive_dead + 1 < $3,
         disabled_reason = CASE WHEN NOT w.enabled THEN w.disabled_reason WHEN $2 = 'gone' THEN 'gone'
           WHEN w.consecutive_dead + 1 >= $3 THEN 'unreachable' END
       FROM dead d WHERE w.id = d.webhook_id AND $2 <> 'off'
       RETURNING w.account_id, old.enabled AS was_enabled, new.enabled AS is_enabled)
     INSERT INTO notifications (account_id, kind) SELECT account_id, 'webhook_disabled' FROM counted WHERE was_enabled AND NOT is_enabled`,
    [id, reason, DEAD_DELIVERIES_TO_DISABLE],
  );
}

/** A delivery without an end, and where its list continues. */
export interface WaitingDelivery {
  readonly id: string;
  readonly accountId: string;
  readonly createdAt: Date;
}

/**
 * Waiting deliveries that seem to have no workflow: older than `untriedMs` without any try, or older than `olderThanMs`, which is
 * longer than their workflows run. Oldest first.
 * @param after the last one of the page before
 */
export async function listWaitingDeliveries(
  database: Database,
  {
    untriedMs,
    olderThanMs,
    limit,
    after,
  }: {
    readonly untriedMs: number;
    readonly olderThanMs: number;
    readonly limit: number;
    readonly after?: WaitingDelivery | undefined;
  },
): Promise<WaitingDelivery[]> {
  return database.call<WaitingDelivery>(
    'webhooks.listWaiting',
    `SELECT id, account_id AS "accountId", created_at AS "createdAt" FROM webhook_deliveries
     WHERE state = 'waiting' AND created_at < now() - $1 * interval '1 millisecond'
       AND (attempts = 0 OR created_at < now() - $2 * interval '1 millisecond')
       AND ($4::timestamptz IS NULL OR (created_at, id) > ($4, $5::uuid))
     ORDER BY created_at, id LIMIT $3`,
    [untriedMs, olderThanMs, limit, after?.createdAt ?? null, after?.id ?? null],
  );
}
