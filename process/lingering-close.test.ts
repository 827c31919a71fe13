import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, it } from 'vitest';
import { enableLingeringClose, type LingeringCloseLimits } from './lingering-close.ts';

const UNLIMITED: LingeringCloseLimits = { totalMs: 60_000, silenceMs: 60_000, maxBytes: 1024 ** 3 };
let server: Server;
afterEach(() => server.close());

/** A server that refuses every request before its body is read, and a client that has sent the first of many bytes. */
async function refused(limits: Partial<LingeringCloseLimits>): Promise<Socket> {
  server = createServer((request, response) => {
    enableLingeringClose(request, response, { ...UNLIMITED, ...limits });
    response.statusCode = 413;
    response.end('too large');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  client.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000\r\n\r\nx');
  return client;
}

it('sends an early response immediately, and closes the connection of a silent client', async () => {
  const client = await refused({ silenceMs: 50 });
  expect(await text(client)).toMatch(/^HTTP\/1\.1 413 .*\r\n\r\ntoo large$/s);
});

it.each([
  ['for too long', { totalMs: 50 }],
  ['too much', { maxBytes: 1024 * 1024 }],
])('closes the connection of a client that has its early response and continues to send %s', async (_what, limits) => {
  const client = await refused(limits);
  client.on('error', () => undefined);
  const [first] = (await once(client.setEncoding('utf8'), 'data')) as [string];
  expect(first).toMatch(/^HTTP\/1\.1 413 /);
  const sending = setInterval(() => client.write(Buffer.alloc(64 * 1024)), 1);
  await once(client, 'close');
  clearInterval(sending);
});
