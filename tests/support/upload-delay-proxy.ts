import { createServer, type IncomingHttpHeaders, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A proxy in front of the storage emulator. It can cut an upload's connection and forward the bytes long after the sender gave up. */
export interface UploadDelayProxy {
  readonly endpoint: string;
  /** From now on holds uploads whose name matches; undefined holds none. Held uploads stay until `forwardHeld`. */
  hold(name: RegExp | undefined, options?: { readonly once?: boolean }): void;
  /** Whether an upload whose name matches is held. */
  holds(name: RegExp): boolean;
  /** Forwards all held uploads to the bucket. */
  forwardHeld(): Promise<void>;
  stop(): Promise<void>;
}

interface Call {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const BAD_GATEWAY: Reply = { status: 502, headers: {}, body: Buffer.alloc(0) };

export async function openUploadDelayProxy(endpoint: string): Promise<UploadDelayProxy> {
  let held: { readonly name: RegExp; readonly once: boolean } | undefined;
  const heldCalls: Call[] = [];

  function shouldHold({ method, url }: Call): boolean {
    if (method !== 'POST' || !held?.name.test(decodeURIComponent(url))) return false;
    if (held.once) held = undefined;
    return true;
  }

  const server = createServer(async (request, response) => {
    const { method = 'GET', url = '/', headers } = request;
    const body = await buffer(request).catch(() => undefined);
    if (body === undefined) return;
    const call = { method, url, headers, body };
    if (shouldHold(call)) {
      heldCalls.push(call);
      request.socket.resetAndDestroy();
      return;
    }
    const reply = await forward(endpoint, call).catch(() => BAD_GATEWAY);
    response.writeHead(reply.status, reply.headers).end(reply.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hold: (name, { once = false } = {}) => {
      held = name && { name, once };
    },
    holds: (name) => heldCalls.some(({ url }) => name.test(decodeURIComponent(url))),
    async forwardHeld() {
      for (const call of heldCalls.splice(0)) await forward(endpoint, call);
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function forward(endpoint: string, { method, url, headers, body }: Call): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const { host: _host, connection: _connection, 'transfer-encoding': _encoding, ...forwarded } = headers;
    const outgoing = { ...forwarded, 'content-length': body.length };
    const request = send(`${endpoint}${url}`, { method, headers: outgoing, agent: false }, (response) => {
      const { statusCode: status = 502, headers: replied } = response;
      const { connection: _replyConnection, 'transfer-encoding': _replyEncoding, ...returned } = replied;
      buffer(response).then((bytes) => resolve({ status, headers: returned, body: bytes }), reject);
    });
    request.once('error', reject).end(body);
  });
}
