import type { Database } from '#drizzle/connection/database.ts';
import { recordCallback } from '#drizzle/queries/providers/provider-callbacks.ts';
import type { Handler } from '../handler.ts';

/**
 * Notifies the attempt that waits for the prediction; it reads the result from Replicate itself, so only the signed id is trusted.
 * A repeated callback, or one for an unknown prediction, also gets 204, so that Replicate doesn't send it again.
 */
export function receiveReplicate({ database }: { readonly database: Database }): Handler<'receiveReplicate'> {
  return async ({ body, query, req, context: { log } }) => {
    // The signature covers this header, so it is present.
    const id = req.get('webhook-id') ?? '';
    const callback = { id, provider: 'replicate', jobId: body.id, attemptId: query.attempt } as const;
    if (!(await recordCallback(database, callback))) log.info({ webhookId: id }, 'a callback came again');
    return { status: 204, body: undefined };
  };
}
