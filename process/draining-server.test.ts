import { once } from 'node:events';
import { Agent, request, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setImmediate as afterPoll, setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createDrainingServer, type DrainingServer } from './draining-server.ts';

const CLIENTS = 12;
const DRAIN_MS = 400;
const LONG_MS = 60_000;
/** Longer than the server waits for clients to connect again. */
const BUSY_MS = 300;
const noDrain = () => undefined;

async function open(handle: RequestListener): Promise<DrainingServer> {
  const opened = createDrainingServer({ keepAliveTimeout: LONG_MS }, handle);
  await once(opened.server.listen(0, '127.0.0.1'), 'listening');
  return opened;
}

/** @throws the socket's error, also when the response was cut off */
async function post(server: Server | number, agent: Agent, path = '/'): Promise<IncomingMessage & { body: string }> {
  const port = typeof server === 'number' ? server : (server.address() as AddressInfo).port;
  const sent = request({ port, host: '127.0.0.1', path, method: 'POST', agent });
  sent.end('{}');
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  return Object.assign(answer, { body: await text(answer) });
}

describe.concurrent('the draining server', () => {
  it('responds to every request under continuous load, and closes without a connection reset', async () => {
    let [answered, ready] = [0, true];
    const { server, drain } = await open((_request, answer) => {
      setTimeout(() => answer.writeHead(ready ? 200 : 503).end(`${(answered += 1)}`), Math.random() * 10);
    });
    const { port } = server.address() as AddressInfo;
    const responses: { status: number | undefined; connection: string | undefined; ready: boolean }[] = [];
    const errors: unknown[] = [];
    const clients = Array.from({ length: CLIENTS }, async () => {
      const agent = new Agent({ keepAlive: true });
      try {
        for (;;) {
          const { statusCode: status, headers } = await post(port, agent);
          responses.push({ status, connection: headers.connection, ready });
        }
      } catch (error) {
        errors.push((error as NodeJS.ErrnoException).code);
      }
    });
    await expect.poll(() => responses.length).toBeGreaterThan(CLIENTS);
    expect(new Set(responses.map(({ connection }) => connection))).toEqual(new Set(['keep-alive']));
    expect(await drain({ drainMs: DRAIN_MS, finishMs: LONG_MS, onDrain: () => void (ready = false) })).toBe(0);
    await Promise.all(clients);
    // No request was cut off: later ones found no listener.
    expect(errors).toEqual(Array.from({ length: CLIENTS }, () => 'ECONNREFUSED'));
    expect(responses).toHaveLength(answered);
    const late = responses.filter(({ status }) => status === 503);
    // Every client reconnected several times during the drain: the listener stayed open.
    expect(late.length).toBeGreaterThan(CLIENTS);
    expect(new Set(late.map(({ connection }) => connection))).toEqual(new Set(['close']));
  });

  it('closes idle connections, including those without any request', async () => {
    const { server, drain } = await open((_request, answer) => answer.end());
    const agent = new Agent({ keepAlive: true });
    await post(server, agent);
    const silent = connect((server.address() as AddressInfo).port, '127.0.0.1').resume();
    await once(server, 'connection');
    const ended = once(silent, 'end');
    expect(await drain({ drainMs: 0, finishMs: LONG_MS, onDrain: noDrain })).toBe(0);
    await ended;
  });

  it('accepts who connected while the process was too busy to notice', async () => {
    const { server, drain } = await open((_request, answer) => answer.end());
    const { port } = server.address() as AddressInfo;
    await post(server, new Agent({ keepAlive: true }));
    const drained = drain({ drainMs: 0, finishMs: LONG_MS, onDrain: noDrain });
    await sleep(BUSY_MS / 10);
    // Timers are the next that an event loop looks at, before connections.
    await afterPoll();
    const late = post(port, new Agent());
    // The kernel connects at once.
    await new Promise<void>((resolve) => process.nextTick(resolve));
    const busyUntil = performance.now() + BUSY_MS;
    while (performance.now() < busyUntil);
    expect((await late).statusCode).toBe(200);
    expect(await drained).toBe(0);
  });

  it('accepts a request in transit on an idle connection when the listener closes', async () => {
    const { server, drain } = await open((_request, answer) => answer.end());
    const { port } = server.address() as AddressInfo;
    const agent = new Agent({ keepAlive: true });
    await post(port, agent);
    const drained = drain({ drainMs: 0, finishMs: LONG_MS, onDrain: noDrain });
    await expect.poll(() => server.listening).toBe(false);
    expect((await post(port, agent)).headers.connection).toBe('close');
    expect(await drained).toBe(0);
  });

  it('ends event streams cleanly, including one that opens during the drain', async () => {
    const { server, drain } = await open((_request, answer) => {
      answer.setHeader('Content-Type', 'text/event-stream').write('data: 1\n\n');
    });
    const streams = [post(server, new Agent())];
    await once(server, 'request');
    const drained = drain({ drainMs: DRAIN_MS, finishMs: LONG_MS, onDrain: noDrain });
    streams.push(post(server, new Agent()));
    expect(await drained).toBe(0);
    expect((await Promise.all(streams)).map(({ body }) => body)).toEqual(['data: 1\n\n', 'data: 1\n\n']);
  });

  it('waits for open requests, and aborts those that exceed the limit', async () => {
    const { server, drain } = await open(async ({ url }, answer) => {
      if (url === '/never') return;
      await sleep(DRAIN_MS);
      answer.end('done');
    });
    const slow = post(server, new Agent());
    await once(server, 'request');
    const never = post(server, new Agent(), '/never').catch(({ code }: NodeJS.ErrnoException) => code);
    await once(server, 'request');
    expect(await drain({ drainMs: 0, finishMs: 2 * DRAIN_MS, onDrain: noDrain })).toBe(1);
    expect((await slow).body).toBe('done');
    expect(await never).toBe('ECONNRESET');
  });
});
