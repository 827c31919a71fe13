import { rotateSecret } from '#drizzle/queries/accounts/webhooks.ts';
import type { Handler } from '../handler.ts';
import { notFound } from '../problem.ts';
import type { WebhookDeps } from './read.ts';
import { newSecret } from './secret.ts';

export function rotateWebhookSecret({ database, secretBox }: WebhookDeps): Handler<'rotateWebhookSecret'> {
  return async ({ caller: { accountId } }) => {
    const secret = newSecret();
    const oldSecretUntil = await rotateSecret(database, accountId, secretBox.seal(secret, accountId));
    if (!oldSecretUntil) throw notFound();
    const body = { secret, oldSecretUntil: oldSecretUntil.toISOString() };
    return { status: 200, body, headers: { 'Cache-Control': 'no-store' } };
  };
}
