import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { createFalSigner } from '#tests/fakes/fal/send-webhook.ts';

export interface FalSigningService {
  readonly userId: string;
  /** Of the JSON Web Key Set, as fal publishes it. */
  readonly keysUrl: string;
  /** Answers a body that is posted to it with the headers that fal would send. */
  readonly signUrl: string;
  stop(): void;
}

/** Signs for the hooks in Python, whose standard library has no Ed25519. */
export async function startFalSigningService(): Promise<FalSigningService> {
  const userId = 'fal-user';
  const signer = createFalSigner(userId);
  let signed = 0;
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const reply = request.method === 'POST' ? signer.sign(`callback-${++signed}`, body) : signer.keys().body;
    response.setHeader('content-type', 'application/json').end(JSON.stringify(reply));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    userId,
    keysUrl: `${address}/jwks.json`,
    signUrl: `${address}/sign`,
    stop: () => void server.close(),
  };
}
