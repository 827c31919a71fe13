import { OLD_SECRET_HOURS, type DisabledReason, type WebhookEvent } from '#domain/account/webhook.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { serverError } from '#drizzle/connection/transient.ts';

/** An account's webhook, without the secrets. */
export interface Webhook {
  readonly id: string;
  readonly url: string;
  readonly events: WebhookEvent[];
  readonly enabled: boolean;
  readonly disabledReason: DisabledReason | null;
  readonly oldSecretUntil: Date | null;
  readonly lastDeliveredAt: Date | null;
  /** When the newest failed delivery was created; null without one. */
  readonly failedAt: Date | null;
  readonly failure: string | null;
  readonly attempts: number | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface NewWebhook {
  readonly id: string;
  readonly accountId: string;
  readonly url: string;
  readonly events: readonly WebhookEvent[];
  readonly secret: string;
}

const ACCOUNT_CONSTRAINT = 'webhooks_account_key';
const COLUMNS = `w.id, w.url, w.events, w.enabled, w.disabled_reason AS "disabledReason",
  CASE WHEN w.old_secret_until > now() THEN w.old_secret_until END AS "oldSecretUntil", w.last_delivered_at AS "lastDeliveredAt",
  w.created_at AS "createdAt", w.updated_at AS "updatedAt"`;

/** @returns undefined if the account has none */
export async function readWebhook(database: Database, accountId: string): Promise<Webhook | undefined> {
  const [row] = await database.call<Webhook>(
    'webhooks.read',
    `SELECT ${COLUMNS}, d.created_at AS "failedAt", d.last_failure AS failure, d.attempts
     FROM webhooks w LEFT JOIN LATERAL (
       SELECT f.created_at, f.last_failure, f.attempts FROM webhook_deliveries f
       WHERE f.webhook_id = w.id AND f.last_failure IS NOT NULL ORDER BY f.id DESC LIMIT 1) AS d ON true
     WHERE w.account_id = $1`,
    [accountId],
  );
  return row;
}

/** A lost response can be asked for again within this time, and only the first secret: later, the secret can only be replaced. */
const SECRET_REPLAY_MINUTES = 10;

/**
 * Creates the account's only webhook. The same id again, within {@link SECRET_REPLAY_MINUTES} minutes, is a replay.
 * @returns its secret, which may be from an earlier call; undefined if the account has a webhook already
 */
export async function createWebhook(
  database: Database,
  input: NewWebhook,
): Promise<{ readonly created: boolean; readonly secret: string; readonly sameRequest: boolean } | undefined> {
  const { id, accountId, url, events, secret } = input;
  try {
    const inserted = await database.call(
      'webhooks.create',
      `INSERT INTO webhooks (id, account_id, url, events, secret) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO NOTHING RETURNING id`,
      [id, accountId, url, events, secret],
    );
    if (inserted.length === 1) return { created: true, secret, sameRequest: true };
  } catch (error) {
    if (serverError(error)?.constraint === ACCOUNT_CONSTRAINT) return undefined;
    throw error;
  }
  const [existing] = await database.call<{ secret: string; sameRequest: boolean }>(
    'webhooks.replay',
    `SELECT secret, url = $3 AND events = $4::text[] AS "sameRequest" FROM webhooks
     WHERE id = $1 AND account_id = $2 AND old_secret_until IS NULL AND created_at > now() - $5 * interval '1 minute'`,
    [id, accountId, url, events, SECRET_REPLAY_MINUTES],
  );
  return existing && { created: false, ...existing };
}

export interface WebhookChange {
  readonly url?: string | undefined;
  readonly events?: readonly WebhookEvent[] | undefined;
  readonly enabled?: boolean | undefined;
}

/** Updates the given fields. Enabling resets the count of dead deliveries. @returns false if the account has none */
export async function updateWebhook(database: Database, accountId: string, change: WebhookChange): Promise<boolean> {
  const rows = await database.call(
    'webhooks.update',
    `UPDATE webhooks SET url = coalesce($2, url), events = coalesce($3::text[], events), enabled = coalesce($4, enabled),
       disabled_reason = CASE WHEN $4 THEN NULL WHEN NOT $4 THEN coalesce(disabled_reason, 'by_user') ELSE disabled_reason END,
       consecutive_dead = CASE WHEN $4 THEN 0 ELSE consecutive_dead END, updated_at = now()
     WHERE account_id = $1 RETURNING id`,
    [accountId, change.url ?? null, change.events ?? null, change.enabled ?? null],
  );
  return rows.length === 1;
}

/** Replaces the sealed secret; the old one keeps signing for a while. @returns until when; undefined if the account has none */
export async function rotateSecret(database: Database, accountId: string, secret: string): Promise<Date | undefined> {
  const [row] = await database.call<{ until: Date }>(
    'webhooks.rotate',
    `UPDATE webhooks SET old_secret = secret, secret = $2,
       old_secret_until = now() + $3 * interval '1 hour', updated_at = now()
     WHERE account_id = $1 RETURNING old_secret_until AS until`,
    [accountId, secret, OLD_SECRET_HOURS],
  );
  return row?.until;
}

/** Deletes the webhook and its deliveries. @returns false if the account has none */
export async function deleteWebhook(database: Database, accountId: string): Promise<boolean> {
  const rows = await database.call('webhooks.delete', 'DELETE FROM webhooks WHERE account_id = $1 RETURNING id', [
    accountId,
  ]);
  return rows.length === 1;
}
