import { createServer, type IncomingHttpHeaders, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** Stands before the bucket's emulator. Uploads may lose their connection and land when their sender has long given up. */
export interface UploadDelayProxy {
  readonly endpoint: string;
  /** From now on uploads are held whose name matches; undefined holds none. What is held stays so until it lands. */
  hold(name: RegExp | undefined, options?: { readonly once?: boolean }): void;
  /** Whether an upload is held whose name matches. */
  holds(name: RegExp): boolean;
  /** Lets all of them land. */
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

const AWAY: Reply = { status: 502, headers: {}, body: Buffer.alloc(0) };

export async function openUploadDelayProxy(endpoint: string): Promise<UploadDelayProxy> {
  let wanted: { readonly name: RegExp; readonly once: boolean } | undefined;
  const waiting: Call[] = [];

  function isHeld({ method, url }: Call): boolean {
    if (method !== 'POST' || !wanted?.name.test(decodeURIComponent(url))) return false;
    if (wanted.once) wanted = undefined;
    return true;
  }

  const server = createServer(async (request, response) => {
    const { method = 'GET', url = '/', headers } = request;
    const body = await buffer(request).catch(() => undefined);
    if (body === undefined) return;
    const call = { method, url, headers, body };
    if (isHeld(call)) {
      waiting.push(call);
      request.socket.resetAndDestroy();
      return;
    }
    const reply = await forward(endpoint, call).catch(() => AWAY);
    response.writeHead(reply.status, reply.headers).end(reply.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hold: (name, { once = false } = {}) => {
      wanted = name && { name, once };
    },
    holds: (name) => waiting.some(({ url }) => name.test(decodeURIComponent(url))),
    async forwardHeld() {
      for (const call of waiting.splice(0)) await forward(endpoint, call);
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function forward(endpoint: string, { method, url, headers, body }: Call): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const { host: _host, connection: _connection, 'transfer-encoding': _chunked, ...kept } = headers;
    const outgoing = { ...kept, 'content-length': body.length };
    const request = send(`${endpoint}${url}`, { method, headers: outgoing, agent: false }, (response) => {
      const { statusCode: status = 502, headers: replied } = response;
      const { connection: _kept, 'transfer-encoding': _pieces, ...told } = replied;
      buffer(response).then((bytes) => resolve({ status, headers: told, body: bytes }), reject);
    });
    request.once('error', reject).end(body);
  });
}
