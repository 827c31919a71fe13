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
async function serve(listener: RequestListener): Promise<{ url: string; calls: () => number }> {
  let calls = 0;
  const server = createServer((request, response) => {
    calls += 1;
    request.resume();
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  stops.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, calls: () => calls };
}

/** Sends one POST through the client and returns the outcome. */
async function postTo(url: string, timeoutMs = 1_000): Promise<Outcome | undefined> {
  const singleShot = createSingleShot({ fetch, timeoutMs });
  const client = new Replicate({ auth: 'token', baseUrl: url, fetch: singleShot.fetch });
  const error: unknown = await client.request('/predictions', { method: 'POST', data: {} }).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return singleShot.outcomeOf((error as { response: Response }).response);
}

describe('the single-shot fetch', () => {
  it.each([429, 500, 503])('sends a POST answered with %i once and keeps the reply', async (status) => {
    const server = await serve((_, response) => response.writeHead(status, { 'retry-after': '3' }).end('busy'));
    const outcome = await postTo(server.url);
    expect(outcome).toMatchObject({ kind: 'answered', status, body: 'busy' });
    expect(outcome?.kind === 'answered' && outcome.headers.get('retry-after')).toBe('3');
    expect(server.calls()).toBe(1);
  });

  it('sends a POST once when the connection breaks, with an unknown outcome', async () => {
    const server = await serve((request) => request.socket.resetAndDestroy());
    expect(await postTo(server.url)).toMatchObject({ kind: 'unknown' });
    expect(server.calls()).toBe(1);
  });

  it('aborts a POST at the timeout, with an unknown outcome', async () => {
    const server = await serve(() => {});
    expect(await postTo(server.url, 100)).toMatchObject({ kind: 'unknown', cause: { name: 'TimeoutError' } });
    expect(server.calls()).toBe(1);
  });

  it('does not follow a redirect', async () => {
    const elsewhere = await serve((_, response) => response.end('{}'));
    const server = await serve((_, response) => response.writeHead(307, { location: elsewhere.url }).end());
    expect(await postTo(server.url)).toMatchObject({ kind: 'unknown' });
    expect([server.calls(), elsewhere.calls()]).toEqual([1, 0]);
  });
});

it('the single-shot fetch aborts an endless reply', async () => {
  const chunk = Buffer.alloc(1024 * 1024, 'x');
  const server = await serve((_, response) => {
    const writeOn = () => response.write(chunk, () => response.destroyed || writeOn());
    writeOn();
  });
  expect(await postTo(server.url, 10_000)).toMatchObject({ kind: 'unknown' });
});

it('the replicate client without the single-shot fetch sends a broken POST six times', async () => {
  const server = await serve((request) => request.socket.resetAndDestroy());
  const client = new Replicate({ auth: 'token', baseUrl: server.url });
  await expect(client.request('/predictions', { method: 'POST', data: {} })).rejects.toThrow('fetch failed');
  expect(server.calls()).toBe(6);
});
