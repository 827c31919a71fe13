import { API_BASE } from '#contract/route.ts';
import { createWebhook as insertOnce, readWebhook } from '#drizzle/queries/accounts/webhooks.ts';
import type { Handler } from '../handler.ts';
import { idFor } from '../idempotency.ts';
import { ApiProblem } from '../problem.ts';
import { checkUrl } from './check-url.ts';
import { presentWebhook } from './present.ts';
import type { WebhookDeps } from './read.ts';
import { newSecret } from './secret.ts';

const ROUTE = 'POST /me/webhook';

/** The same key shows the same secret again: an answer that was lost on its way can be had once more. */
export function createWebhook({ database, webhooksAllowPrivate }: WebhookDeps): Handler<'createWebhook'> {
  return async ({ body: { url, events }, caller: { accountId }, idempotencyKey }) => {
    checkUrl(url, webhooksAllowPrivate);
    const input = { id: idFor(accountId, ROUTE, idempotencyKey), accountId, url, events, secret: newSecret() };
    const made = await insertOnce(database, input);
    if (made === undefined) {
      throw new ApiProblem('conflict', { detail: 'There is one already; change it, or delete it first' });
    }
    if (!made.sameRequest) throw new ApiProblem('idempotency_mismatch');
    const row = await readWebhook(database, accountId);
    if (row === undefined) throw new ApiProblem('conflict', { detail: 'It was deleted at the same moment' });
    return {
      status: 201,
      body: { ...presentWebhook(row), secret: made.secret },
      headers: {
        Location: `${API_BASE}/me/webhook`,
        'Cache-Control': 'no-store',
        ...(!made.created && { 'Idempotent-Replayed': 'true' }),
      },
    };
  };
}
