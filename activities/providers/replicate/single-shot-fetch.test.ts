import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import Replicate from 'replicate';
import { afterEach, describe, expect, it } from 'vitest';
import type { Outcome } from '../http/send-once.ts';
import { createSingleShot } from './single-shot-fetch.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

/** A server that counts its calls. */
async function serve(answer: RequestListener): Promise<{ url: string; calls: () => number }> {
  let calls = 0;
  const server = createServer((request, response) => {
    calls += 1;
    request.resume();
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  stops.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, calls: () => calls };
}

/** One order through the client, and what the single shot made of it. */
async function generateAt(url: string, timeoutMs = 1_000): Promise<Outcome | undefined> {
  const singleShot = createSingleShot({ fetch, timeoutMs });
  const client = new Replicate({ auth: 'token', baseUrl: url, fetch: singleShot.fetch });
  const error: unknown = await client.request('/order', { method: 'POST', data: {} }).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return singleShot.outcomeOf((error as { response: Response }).response);
}

describe('an order through the client', () => {
  it.each([429, 500, 503])('that is answered with %i is sent once, and the answer is kept', async (status) => {
    const server = await serve((_, response) => response.writeHead(status, { 'retry-after': '3' }).end('busy'));
    const outcome = await generateAt(server.url);
    expect(outcome).toMatchObject({ kind: 'answered', status, body: 'busy' });
    expect(outcome?.kind === 'answered' && outcome.headers.get('retry-after')).toBe('3');
    expect(server.calls()).toBe(1);
  });

  it('whose connection breaks is sent once, and its fate is unknown', async () => {
    const server = await serve((request) => request.socket.resetAndDestroy());
    expect(await generateAt(server.url)).toMatchObject({ kind: 'unknown' });
    expect(server.calls()).toBe(1);
  });

  it('that is not answered in time is cut off, and its fate is unknown', async () => {
    const server = await serve(() => {});
    expect(await generateAt(server.url, 100)).toMatchObject({ kind: 'unknown', cause: { name: 'TimeoutError' } });
    expect(server.calls()).toBe(1);
  });

  it('is not repeated elsewhere because of a redirect', async () => {
    const elsewhere = await serve((_, response) => response.end('{}'));
    const server = await serve((_, response) => response.writeHead(307, { location: elsewhere.url }).end());
    expect(await generateAt(server.url)).toMatchObject({ kind: 'unknown' });
    expect([server.calls(), elsewhere.calls()]).toEqual([1, 0]);
  });
});

it('a reply that never ends is not held in memory', async () => {
  const flood = Buffer.alloc(1024 * 1024, 'x');
  const server = await serve((_, response) => {
    const pour = () => response.write(flood, () => response.destroyed || pour());
    pour();
  });
  expect(await generateAt(server.url, 10_000)).toMatchObject({ kind: 'unknown' });
});

it('without it the client sends a broken order six times, which is why it is there', async () => {
  const server = await serve((request) => request.socket.resetAndDestroy());
  const client = new Replicate({ auth: 'token', baseUrl: server.url });
  await expect(client.request('/order', { method: 'POST', data: {} })).rejects.toThrow('fetch failed');
  expect(server.calls()).toBe(6);
});
