import { API_BASE } from '#contract/route.ts';
import { createWebhook as insertOnce, readWebhook } from '#drizzle/queries/accounts/webhooks.ts';
import type { Handler } from '../handler.ts';
import { idFor } from '../idempotency.ts';
import { ApiProblem } from '../problem.ts';
import { assertWebhookUrl } from './assert-webhook-url.ts';
import { presentWebhook } from './present.ts';
import type { WebhookDeps } from './read.ts';
import { newSecret } from './secret.ts';

const ROUTE = 'POST /me/webhook';

/** Creates the account's webhook. The same idempotency key returns the same secret, in case the first response was lost. */
export function createWebhook({ database, secretBox, webhooksAllowPrivate }: WebhookDeps): Handler<'createWebhook'> {
  return async ({ body: { url, events }, caller: { accountId }, idempotencyKey }) => {
    assertWebhookUrl(url, webhooksAllowPrivate);
    const id = idFor(accountId, ROUTE, idempotencyKey);
    const secret = secretBox.seal(newSecret(), accountId);
    const outcome = await insertOnce(database, { id, accountId, url, events, secret });
    if (outcome === undefined) {
      throw new ApiProblem('conflict', { detail: 'The account already has a webhook. Change it, or delete it first' });
    }
    if (!outcome.sameRequest) throw new ApiProblem('idempotency_mismatch');
    const row = await readWebhook(database, accountId);
    if (row === undefined)
      throw new ApiProblem('conflict', {
        detail: 'The webhook was deleted while it was being created. Create it again',
      });
    return {
      status: 201,
      body: { ...presentWebhook(row), secret: secretBox.open(outcome.secret, accountId) },
      headers: {
        Location: `${API_BASE}/me/webhook`,
        'Cache-Control': 'no-store',
        ...(!outcome.created && { 'Idempotent-Replayed': 'true' }),
      },
    };
  };
}
