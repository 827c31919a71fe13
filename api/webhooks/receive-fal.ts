import type { Database } from '#drizzle/connection/database.ts';
import { recordCallback } from '#drizzle/queries/providers/provider-callbacks.ts';
import type { Handler } from '../handler.ts';
import { FAL_CALLBACK_ID } from './verify-fal-signature.ts';

/**
 * Notifies the attempt that waits for the request; it reads the result from fal itself, so only the signed ids are trusted. A repeated
 * callback, or one for an unknown request, also gets 204, so that fal doesn't send it again.
 */
export function receiveFal({ database }: { readonly database: Database }): Handler<'receiveFal'> {
  return async ({ body, query, req, context: { log } }) => {
    const id = `fal ${req.get(FAL_CALLBACK_ID)}`;
    const callback = { id, provider: 'fal', jobId: body.request_id, attemptId: query.attempt } as const;
    if (!(await recordCallback(database, callback))) log.info({ webhookId: id }, 'a callback came again');
    return { status: 204, body: undefined };
  };
}
