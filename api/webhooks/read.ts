import type { SecretBox } from '#process/secret-box.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { readWebhook as readRow } from '#drizzle/queries/accounts/webhooks.ts';
import type { Handler } from '../handler.ts';
import { presentWebhook } from './present.ts';

export interface WebhookDeps {
  readonly database: Database;
  readonly secretBox: SecretBox;
  /** Development only: allows private addresses and plain http. */
  readonly webhooksAllowPrivate?: boolean | undefined;
}

export function readWebhook({ database }: WebhookDeps): Handler<'readWebhook'> {
  return async ({ caller }) => {
    const row = await readRow(database, caller.accountId);
    return { status: 200, body: row ? presentWebhook(row) : null };
  };
}
