import type { Database } from '#drizzle/connection/database.ts';
import { noteCallback } from '#drizzle/queries/providers/provider-callbacks.ts';
import type { Handler } from '../handler.ts';

/**
 * Wakes whoever waits for the prediction; they ask Replicate themselves, so nothing but the signed name is believed. A message that
 * was taken before, or that nobody waits for, is thanked for all the same: the sender has nothing to repeat.
 */
export function receiveReplicate({ database }: { readonly database: Database }): Handler<'receiveReplicate'> {
  return async ({ body, req, context: { log } }) => {
    // The signature covers it, so it is there.
    const id = req.get('webhook-id') ?? '';
    const fresh = await noteCallback(database, { id, provider: 'replicate', externalId: body.id });
    if (!fresh) log.info({ webhookId: id }, 'a callback came again');
    return { status: 204, body: undefined };
  };
}
