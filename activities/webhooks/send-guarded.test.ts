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

async function receive(answer: RequestListener): Promise<{ port: number; heard: IncomingMessage[] }> {
  const heard: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    heard.push(request);
    answer(request, response);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, heard };
}

const post = (url: string) => ({ url, headers: { 'webhook-id': 'm' }, body: '{"a":"ü"}' });
const LOOPBACK: Address = { address: '127.0.0.1', family: 4 };

describe('a webhook is posted', () => {
  const send = createSendGuarded({ allowPrivate: true, timeoutMs: 500 });

  it('with its headers and body, and only the status of the answer is read', async () => {
    let body = '';
    const { port, heard } = await receive((request, response) => {
      request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      request.on('end', () => response.writeHead(204).end());
    });
    expect(await send(post(`http://127.0.0.1:${port}/hook?x=1`))).toEqual({
      kind: 'answered',
      status: 204,
      retryAfterSeconds: null,
    });
    expect(heard[0]).toMatchObject({ method: 'POST', url: '/hook?x=1' });
    expect(heard[0]?.headers).toMatchObject({ 'webhook-id': 'm', 'content-type': 'application/json' });
    expect(body).toBe('{"a":"ü"}');
  });

  it('to no other place than the one that was named: a redirect is only a status', async () => {
    const inside = await receive((_request, response) => response.end());
    const { port } = await receive((_request, response) => {
      response.writeHead(307, { location: `http://127.0.0.1:${inside.port}/` }).end();
    });
    expect(await send(post(`http://127.0.0.1:${port}/`))).toMatchObject({ kind: 'answered', status: 307 });
    expect(inside.heard).toHaveLength(0);
  });

  it('and a plea for patience is passed on', async () => {
    const { port } = await receive((_request, response) => void response.writeHead(503, { 'retry-after': '7' }).end());
    expect(await send(post(`http://127.0.0.1:${port}/`))).toMatchObject({ status: 503, retryAfterSeconds: 7 });
  });

  it('but a receiver that never answers is left', async () => {
    const { port } = await receive(() => undefined);
    expect(await send(post(`http://127.0.0.1:${port}/`))).toEqual({ kind: 'unreachable' });
  });

  it('but an answer whose head never ends is cut off', async () => {
    const { port } = await receive(
      (request) => void request.socket.write(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(20_000)}`),
    );
    expect(await send(post(`http://127.0.0.1:${port}/`))).toEqual({ kind: 'unreachable' });
  });

  it('and an endless answer is not read', async () => {
    const { port } = await receive((_request, response) => {
      response.writeHead(200);
      const pour = () => void (response.write('z'.repeat(65_536)) && setImmediate(pour));
      response.on('drain', pour).on('error', () => undefined);
      pour();
    });
    expect(await send(post(`http://127.0.0.1:${port}/`))).toMatchObject({ kind: 'answered', status: 200 });
  });

  it('but nobody waits for a name that never resolves', async () => {
    const never = createSendGuarded({ allowPrivate: true, timeoutMs: 50, resolve: () => new Promise(() => undefined) });
    expect(await never(post('https://slow.example/'))).toEqual({ kind: 'unreachable' });
  });
});

describe('a webhook is never posted', () => {
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
  ])('to %s', async (url) => {
    let requestCount = 0;
    const send = createSendGuarded({
      allowPrivate: false,
      resolve: async () => {
        requestCount += 1;
        return [LOOPBACK];
      },
    });
    expect(await send(post(url))).toEqual({ kind: 'forbidden' });
    expect(requestCount).toBe(0);
  });

  it.each<[string, Address[]]>([
    ['this machine', [LOOPBACK]],
    ['a private network', [{ address: '192.168.0.9', family: 4 }]],
    ['a mapped address', [{ address: '::ffff:10.0.0.1', family: 6 }]],
    ['a public and a private address', [{ address: '93.184.216.34', family: 4 }, LOOPBACK]],
  ])('to a name that resolves to %s', async (_what, addresses) => {
    const send = createSendGuarded({ allowPrivate: false, resolve: async () => addresses });
    expect(await send(post('https://hostile.example/'))).toEqual({ kind: 'forbidden' });
  });

  it('to another address than the checked one, whatever the name resolves to the second time', async () => {
    const { port, heard } = await receive((_request, response) => response.end());
    let requestCount = 0;
    const send = createSendGuarded({
      allowPrivate: true,
      timeoutMs: 1_000,
      // First the receiver, then nowhere: the name must be asked once, and the connection go to what it said then.
      resolve: async () => (requestCount++ === 0 ? [LOOPBACK] : [{ address: '192.0.2.1', family: 4 }]),
    });
    expect(await send(post(`http://rebinding.example:${port}/`))).toMatchObject({ status: 200 });
    expect(requestCount).toBe(1);
    expect(heard[0]?.headers.host).toBe(`rebinding.example:${port}`);
  });
});
