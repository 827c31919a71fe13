import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createSendGuarded, type Address } from './send-guarded.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function receive(listener: RequestListener): Promise<{ port: number; requests: IncomingMessage[] }> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    listener(request, response);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, requests };
}

const post = (url: string) => ({ url, headers: { 'webhook-id': 'm' }, body: '{"a":"ü"}' });
const LOOPBACK: Address = { address: '127.0.0.1', family: 4 };

describe('the guarded sender', () => {
  const send = createSendGuarded({ allowPrivate: true, timeoutMs: 500 });

  it('posts headers and body and reads only the status of the reply', async () => {
    let body = '';
    const { port, requests } = await receive((request, response) => {
      request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      request.on('end', () => response.writeHead(204).end());
    });
    expect(await send(post(`http://127.0.0.1:${port}/hook?x=1`))).toEqual({
      kind: 'answered',
      status: 204,
      retryAfterSeconds: null,
    });
    expect(requests[0]).toMatchObject({ method: 'POST', url: '/hook?x=1' });
    expect(requests[0]?.headers).toMatchObject({ 'webhook-id': 'm', 'content-type': 'application/json' });
    expect(body).toBe('{"a":"ü"}');
  });

  it('does not follow a redirect', async () => {
    const inside = await receive((_request, response) => response.end());
    const { port } = await receive((_request, response) => {
      response.writeHead(307, { location: `http://127.0.0.1:${inside.port}/` }).end();
    });
    expect(await send(post(`http://127.0.0.1:${port}/`))).toMatchObject({ kind: 'answered', status: 307 });
    expect(inside.requests).toHaveLength(0);
  });

  it('returns Retry-After', async () => {
    const { port } = await receive((_request, response) => void response.writeHead(503, { 'retry-after': '7' }).end());
    expect(await send(post(`http://127.0.0.1:${port}/`))).toMatchObject({ status: 503, retryAfterSeconds: 7 });
  });

  it('times out a receiver that never answers', async () => {
    const { port } = await receive(() => undefined);
    expect(await send(post(`http://127.0.0.1:${port}/`))).toEqual({ kind: 'unreachable' });
  });

  it('aborts a reply whose head is too long', async () => {
    const { port } = await receive(
      (request) => void request.socket.write(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(20_000)}`),
    );
    expect(await send(post(`http://127.0.0.1:${port}/`))).toEqual({ kind: 'unreachable' });
  });

  it('does not read an endless reply', async () => {
    const { port } = await receive((_request, response) => {
      response.writeHead(200);
      const writeOn = () => void (response.write('z'.repeat(65_536)) && setImmediate(writeOn));
      response.on('drain', writeOn).on('error', () => undefined);
      writeOn();
    });
    expect(await send(post(`http://127.0.0.1:${port}/`))).toMatchObject({ kind: 'answered', status: 200 });
  });

  it('times out a name that never resolves', async () => {
    const never = createSendGuarded({ allowPrivate: true, timeoutMs: 50, resolve: () => new Promise(() => undefined) });
    expect(await never(post('https://slow.example/'))).toEqual({ kind: 'unreachable' });
  });
});

describe('the guarded sender, refusing', () => {
  it.each([
    'http://example.com/',
    'ftp://example.com/',
    'https://user:word@example.com/',
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0177.0.0.1/',
    'https://127.1/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:7f00:1]/',
    'https://[fd00::1]/',
    'https://[fe80::1]/',
    'https://169.254.169.254/latest/meta-data/',
    'https://10.0.0.1/',
    'https://100.64.0.1/',
    'https://0/',
    'not a url',
  ])('does not post to %s', async (url) => {
    let lookups = 0;
    const send = createSendGuarded({
      allowPrivate: false,
      resolve: async () => {
        lookups += 1;
        return [LOOPBACK];
      },
    });
    expect(await send(post(url))).toEqual({ kind: 'forbidden' });
    expect(lookups).toBe(0);
  });

  it.each<[string, Address[]]>([
    ['this machine', [LOOPBACK]],
    ['a private network', [{ address: '192.168.0.9', family: 4 }]],
    ['a mapped address', [{ address: '::ffff:10.0.0.1', family: 6 }]],
    ['a public and a private address', [{ address: '93.184.216.34', family: 4 }, LOOPBACK]],
  ])('does not post to a name that resolves to %s', async (_what, addresses) => {
    const send = createSendGuarded({ allowPrivate: false, resolve: async () => addresses });
    expect(await send(post('https://hostile.example/'))).toEqual({ kind: 'forbidden' });
  });

  it('connects to the checked address, even if the name resolves differently later', async () => {
    const { port, requests } = await receive((_request, response) => response.end());
    let lookups = 0;
    const send = createSendGuarded({
      allowPrivate: true,
      timeoutMs: 1_000,
      // A second lookup would return another address.
      resolve: async () => (lookups++ === 0 ? [LOOPBACK] : [{ address: '192.0.2.1', family: 4 }]),
    });
    expect(await send(post(`http://rebinding.example:${port}/`))).toMatchObject({ status: 200 });
    expect(lookups).toBe(1);
    expect(requests[0]?.headers.host).toBe(`rebinding.example:${port}`);
  });
});
