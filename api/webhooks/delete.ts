import { deleteWebhook as remove } from '#drizzle/queries/accounts/webhooks.ts';
import type { Handler } from '../handler.ts';
import { notFound } from '../problem.ts';
import type { WebhookDeps } from './read.ts';

export function deleteWebhook({ database }: WebhookDeps): Handler<'deleteWebhook'> {
  return async ({ caller: { accountId } }) => {
    if (!(await remove(database, accountId))) throw notFound();
    return { status: 204, body: undefined };
  };
}
