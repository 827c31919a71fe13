import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CLIENT_LIMITS } from '#process/client-limits.ts';
import type { TestUser } from './serve-api.ts';
import { testApi } from './test-api.ts';

/** In the proportions of production, but so short that a test can wait for them, ms. Only hostile clients meet these. */
const SHORT_LIMITS = {
  ...CLIENT_LIMITS,
  headersTimeout: 600,
  requestTimeout: 1_200,
  connectionsCheckingInterval: 100,
};
const SILENCE_MS = 1_500;
/** By then every connection is closed that should be, on a busy machine too, ms. */
const CLOSED_WITHIN_MS = 60_000;
/** What three hundred answers take at most on a busy machine, ms. */
const ANSWERED_WITHIN_MS = 120_000;
const SLOW_CLIENTS = 200;
/** Together their responses exceed what the kernel holds for a connection. */
const UNREAD_REQUESTS = 200;
/** One byte after another, more often than any time limit, ms. */
const BYTE_EVERY_MS = 50;
/** While slow clients hold their connections, a user sends this many requests. */
const REQUESTS_MEANWHILE = 5;

const studio = testApi({ clientLimits: CLIENT_LIMITS });
const opened = new Set<HostileClient>();
let user: TestUser;
/** Of an API with short limits. */
let impatient: string;

beforeAll(async () => {
  user = await studio.user();
  impatient = (await studio.startInstance({ clientLimits: SHORT_LIMITS })).address;
});
afterEach(() => {
  for (const { socket } of opened) socket.destroy();
  opened.clear();
});

interface HostileClient {
  readonly socket: Socket;
  received(): string;
  /** Resolves when the connection has ended, with the ms since it was opened; rejects when it stays open. */
  closed(withinMs?: number): Promise<number>;
}

async function open(address = studio.address): Promise<HostileClient> {
  const { hostname, port } = new URL(address);
  // Half-open on purpose: the client decides when its own side ends.
  const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
  const startedAt = performance.now();
  let text = '';
  // The server may reset a connection on which a client still sends.
  socket.on('error', () => undefined);
  const end = new Promise<number>((resolve) => {
    for (const event of ['end', 'close']) socket.once(event, () => resolve(performance.now() - startedAt));
  });
  socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
  await once(socket, 'connect');
  const client: HostileClient = {
    socket,
    received: () => text,
    async closed(withinMs = CLOSED_WITHIN_MS) {
      const late = sleep(withinMs, undefined, { ref: false });
      const ms = await Promise.race([end, late]);
      if (ms === undefined) throw new Error('The connection stays open');
      return ms;
    },
  };
  opened.add(client);
  return client;
}

/** Sends the text, then a byte at a time for as long as the connection lasts. */
async function trickle({ socket }: HostileClient, text: string): Promise<void> {
  socket.write(text);
  while (!socket.destroyed && !socket.readableEnded) {
    socket.write('a');
    await sleep(BYTE_EVERY_MS);
  }
}

const get = (path: string, headers = '') =>
  `GET ${path} HTTP/1.1\r\nHost: api\r\nAuthorization: Bearer ${user.token}\r\n${headers}\r\n`;
const statuses = (text: string) => [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));

/** Of another client's request. */
async function statusOfRequest(): Promise<number> {
  return (await studio.client.raw('readCredits', { token: user.token })).status;
}

const SLOW_HEADERS = 'GET /api/v1/credits HTTP/1.1\r\nHost: api\r\nX-Slow: ';
const SLOW_BODY =
  'POST /api/v1/projects HTTP/1.1\r\nHost: api\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{"name":"';

describe('a client that sends slowly', () => {
  it.each([
    ['headers', SHORT_LIMITS.headersTimeout, SLOW_HEADERS],
    ['a body', SHORT_LIMITS.requestTimeout, SLOW_BODY],
  ])('%s is closed after the limit of %d ms', async (_what, limitMs, text) => {
    const clients = await Promise.all(Array.from({ length: SLOW_CLIENTS }, () => open(impatient)));
    const trickling = clients.map((client) => trickle(client, text));
    expect(Math.min(...(await Promise.all(clients.map((client) => client.closed()))))).toBeGreaterThan(limitMs / 2);
    await Promise.all(trickling);
  });

  it('does not delay others', async () => {
    const clients = await Promise.all(Array.from({ length: SLOW_CLIENTS }, () => open()));
    const trickling = clients.map((client, index) => trickle(client, index % 2 === 0 ? SLOW_HEADERS : SLOW_BODY));
    for (let count = 0; count < REQUESTS_MEANWHILE; count += 1) expect(await statusOfRequest()).toBe(200);
    // Nobody waited for the end of one of these.
    expect(clients.filter(({ socket }) => socket.readableEnded || socket.destroyed)).toEqual([]);
    for (const { socket } of clients) socket.destroy();
    await Promise.all(trickling);
  });

  it('nothing at all is closed as well', async () => {
    const client = await open(impatient);
    await client.closed();
    expect(client.received()).toMatch(/^(HTTP\/1\.1 408|$)/);
  });
});

describe('a client that reads nothing', () => {
  /** @returns how many responses reached a client that read nothing for so long */
  async function responsesAfter(address: string, unreadMs: number): Promise<number> {
    const client = await open(address);
    client.socket.pause();
    client.socket.write(get('/openapi.json').repeat(UNREAD_REQUESTS - 1));
    client.socket.write(get('/openapi.json', 'Connection: close\r\n'));
    await sleep(unreadMs);
    // Only now does it see that the connection has ended, behind what the kernel holds.
    client.socket.resume();
    await client.closed(ANSWERED_WITHIN_MS);
    return statuses(client.received()).length;
  }

  it('is disconnected, whatever it has requested', async () => {
    const { address } = await studio.startInstance({ clientLimits: { ...CLIENT_LIMITS, silenceTimeout: SILENCE_MS } });
    // Node takes what it has written by the first timeout for progress, and closes the connection at the second; a busy one writes longer.
    let received = UNREAD_REQUESTS;
    for (let silences = 4; received === UNREAD_REQUESTS && silences <= 32; silences *= 2)
      received = await responsesAfter(address, silences * SILENCE_MS);
    expect(received).toBeLessThan(UNREAD_REQUESTS);
  });
});

describe('a client that sends too much', () => {
  it.each([
    ['one huge header', () => get('/api/v1/credits', `X-Big: ${'a'.repeat(64 * 1024)}\r\n`)],
    ['many headers', () => get('/api/v1/credits', 'X-Many: aaaaaaaaaaaaaaaa\r\n'.repeat(2_000))],
    ['a huge address', () => get(`/api/v1/credits?q=${'a'.repeat(64 * 1024)}`)],
  ])('of %s gets 431 and is closed', async (_what, request) => {
    const client = await open();
    client.socket.write(request());
    await client.closed();
    expect(statuses(client.received())).toEqual([431]);
  });
});

describe('a client that closes its side', () => {
  it('after a request is closed, as if it had gone away', async () => {
    const client = await open();
    client.socket.end(get('/api/v1/credits'));
    await client.closed();
    expect(await statusOfRequest()).toBe(200);
  });

  it.each([
    ['headers', 'GET /api/v1/credits HTTP/1.1\r\nHost: a'],
    ['a body', 'POST /api/v1/projects HTTP/1.1\r\nHost: api\r\nContent-Length: 100\r\n\r\n{"name"'],
  ])('in the middle of %s is closed', async (_what, text) => {
    const client = await open();
    client.socket.end(text);
    await client.closed();
    expect(statuses(client.received()).every((status) => status >= 400 && status < 500)).toBe(true);
  });
});

describe('pipelined requests', () => {
  it('end with the first that is not HTTP, which gets 400', async () => {
    const client = await open();
    client.socket.write(get('/healthz'));
    await expect.poll(() => statuses(client.received())).toEqual([200]);
    client.socket.write(`\u0001\u0002 garbage\r\n\r\n${get('/healthz')}`);
    await client.closed();
    expect(statuses(client.received())).toEqual([200, 400]);
  });

  it.each([
    ['a length and chunks', 'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['two lengths', 'Content-Length: 0\r\nContent-Length: 5\r\n\r\n'],
    ['a length that is not a number', 'Content-Length: five\r\n\r\n'],
  ])('can not be smuggled in by %s', async (_what, rest) => {
    const client = await open();
    client.socket.write(`POST /api/v1/projects HTTP/1.1\r\nHost: api\r\n${rest}${get('/api/v1/credits')}`);
    await client.closed();
    expect(statuses(client.received())).toEqual([400]);
  });

  it('are answered in their sequence, however many', async () => {
    const client = await open();
    client.socket.write(get('/api/v1/credits').repeat(300) + get('/healthz', 'Connection: close\r\n'));
    await client.closed(ANSWERED_WITHIN_MS);
    const answers = statuses(client.received());
    expect(answers).toHaveLength(301);
    expect(answers.every((status) => status === 200 || status === 503)).toBe(true);
    expect(await statusOfRequest()).toBe(200);
  });
});
