import type { Database } from '../../drizzle/database.ts';
import { noteCallback } from '../../drizzle/queries/provider-callbacks.ts';
import type { Handler } from '../handler.ts';
import { ApiProblem, notFound } from '../problem.ts';
import { verifySignature } from './verify-signature.ts';

export interface ReceiveDeps {
  readonly database: Database;
  /** `whsec_…`; without one nobody can call back. */
  readonly secret: string | undefined;
}

/**
 * Wakes whoever waits for the prediction; they ask Replicate themselves, so nothing but the signed name is believed. A message that
 * was taken before, or that nobody waits for, is thanked for all the same: the sender has nothing to repeat.
 */
export function receiveReplicate({ database, secret }: ReceiveDeps): Handler<'receiveReplicate'> {
  return async ({ body, req, context: { rawBody, log } }) => {
    if (secret === undefined) throw notFound();
    const message = {
      id: req.get('webhook-id'),
      timestamp: req.get('webhook-timestamp'),
      signature: req.get('webhook-signature'),
      body: rawBody ?? Buffer.alloc(0),
    };
    const id = verifySignature(message, secret);
    if (id === undefined) {
      const headers = { 'WWW-Authenticate': 'Webhook-Signature' };
      throw new ApiProblem('unauthorized', { detail: 'The signature is not valid', headers });
    }
    const fresh = await noteCallback(database, { id, provider: 'replicate', externalId: body.id });
    if (!fresh) log.info({ webhookId: id }, 'a callback came again');
    return { status: 204, body: undefined };
  };
}
