import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import type { FaultQueue } from '../faults/fault-queue.ts';
import { sendCallback } from '../faults/send-callback.ts';
import type { Reply } from '../faults/wire.ts';
import { outputOf, type SendWebhook } from './api-calls.ts';
import type { RequestStore } from './request-store.ts';

export interface FalSigner {
  /** The signed headers of a body. The signed user id is part of them. */
  sign(
    requestId: string,
    body: string,
    options?: { forged?: boolean; timestamp?: number; userId?: string },
  ): Record<string, string>;
  /** The JSON Web Key Set, as fal publishes it. */
  keys(): Reply;
  /** Replaces the key. */
  rotate(): void;
}

export function createFalSigner(userId: string): FalSigner {
  let pair = generateKeyPairSync('ed25519');
  const foreign = generateKeyPairSync('ed25519');
  return {
    sign(
      requestId,
      body,
      { forged = false, timestamp = Math.floor(Date.now() / 1000), userId: signedId = userId } = {},
    ) {
      const digest = createHash('sha256').update(body).digest('hex');
      const message = Buffer.from([requestId, signedId, timestamp, digest].join('\n'));
      return {
        'x-fal-webhook-request-id': requestId,
        'x-fal-webhook-user-id': signedId,
        'x-fal-webhook-timestamp': String(timestamp),
        'x-fal-webhook-signature': sign(null, message, (forged ? foreign : pair).privateKey).toString('hex'),
      };
    },
    keys: () => ({ status: 200, body: { keys: [pair.publicKey.export({ format: 'jwk' })] } }),
    rotate: () => void (pair = generateKeyPairSync('ed25519')),
  };
}

export function createSendWebhook(store: RequestStore, faults: FaultQueue, signer: FalSigner): SendWebhook {
  return (webhook, request, origin) =>
    sendCallback({
      address: webhook,
      endsInMs: request.runsMs,
      fault: faults.shiftForWebhook(String(request.sent['prompt'])),
      message(forged) {
        const isOk = store.endOf(request) === 'succeeded';
        const ids = { request_id: request.id, gateway_request_id: request.id };
        const end = isOk
          ? { ...ids, status: 'OK', payload: outputOf(request, origin) }
          : { ...ids, status: 'ERROR', error: 'Invalid status code: 500', payload: { detail: [] } };
        const body = JSON.stringify(end);
        return { headers: signer.sign(request.id, body, { forged }), body };
      },
    });
}
