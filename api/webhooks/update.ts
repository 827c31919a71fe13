import { readWebhook, updateWebhook as change } from '#drizzle/queries/accounts/webhooks.ts';
import type { Handler } from '../handler.ts';
import { notFound } from '../problem.ts';
import { assertWebhookUrl } from './assert-webhook-url.ts';
import { presentWebhook } from './present.ts';
import type { WebhookDeps } from './read.ts';

export function updateWebhook({ database, webhooksAllowPrivate }: WebhookDeps): Handler<'updateWebhook'> {
  return async ({ body, caller: { accountId } }) => {
    if (body.url !== undefined) assertWebhookUrl(body.url, webhooksAllowPrivate);
    await change(database, accountId, body);
    const row = await readWebhook(database, accountId);
    if (!row) throw notFound();
    return { status: 200, body: presentWebhook(row) };
  };
}
