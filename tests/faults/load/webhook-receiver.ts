import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { isSignedBy, readSignatureHeaders } from '#api/webhooks/verify-signature.ts';

interface ReceivedWebhook {
  readonly id: string;
  readonly body: string;
  readonly isGenuine: boolean;
}

/** A user's own server: accepts every delivery. */
export interface WebhookReceiver {
  readonly url: string;
  readonly received: readonly ReceivedWebhook[];
  close(): Promise<void>;
}

export async function startWebhookReceiver(secret: string): Promise<WebhookReceiver> {
  const received: ReceivedWebhook[] = [];
  const server = createServer(async (request, response) => {
    const bytes = await buffer(request).catch(() => undefined);
    if (bytes === undefined) return;
    // A worker whose clock is shifted signs with its own time: the age of a message is not judged here.
    const sentAtMs = Number(request.headers['webhook-timestamp'] ?? 0) * 1_000;
    const headers = readSignatureHeaders((name) => request.headers[name]?.toString(), sentAtMs);
    const isGenuine = headers !== undefined && isSignedBy(secret, headers, bytes);
    received.push({ id: String(request.headers['webhook-id']), body: bytes.toString(), isGenuine });
    response.writeHead(204).end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
