import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import express, { type Request, type Response } from 'express';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { openEventStream, type EventStream } from './event-stream.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** Serves one event stream and resolves `opened` with it. */
async function serve(
  onDropped = () => undefined,
  onRequest = (_req: Request, _res: Response): void => undefined,
): Promise<{ port: number; opened: Promise<EventStream> }> {
  const app = express();
  const opened = new Promise<EventStream>((resolve) => {
    app.get('/', (req, res: Response) => {
      onRequest(req, res);
      resolve(openEventStream(res, { id: 'request-1', onDropped }));
    });
  });
  const listening = createServer(app);
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  return { port: (listening.address() as AddressInfo).port, opened };
}

describe('an event stream', () => {
  it('sends headers that forbid caching and buffering, events with ids, and a reconnect delay', async () => {
    const { port, opened } = await serve();
    const response = await fetch(`http://127.0.0.1:${port}/`);
    const stream = await opened;
    stream.send('credits', '{"held":1}');
    stream.heartbeat();
    stream.send('credits', '{"held":2}');
    stream.end();
    const text = await response.text();
    expect(response.headers.get('Content-Type')).toContain('text/event-stream');
    expect(response.headers.get('Cache-Control')).toContain('no-cache');
    expect(text).toMatch(/^retry: \d+\n\n/);
    expect(text).toContain('id: request-1-1\nevent: credits\ndata: {"held":1}\n\n: still here\n\n');
    expect(text).toContain('id: request-1-2\nevent: credits\ndata: {"held":2}\n\n');
    expect(text).toMatch(/retry: \d+\n\n$/);
    expect(stream.closed).toBe(true);
  });

  it('holds nothing of its request, such as the token', async () => {
    let request: Request | undefined;
    const { port, opened } = await serve(
      () => undefined,
      (req) => void (request = req),
    );
    const response = await fetch(`http://127.0.0.1:${port}/`, { headers: { Authorization: 'Bearer of-a-secret' } });
    const stream = await opened;
    expect(inspect(request, { depth: 6, showHidden: true })).not.toContain('of-a-secret');
    stream.end();
    await response.text();
  });

  it('holds nothing of the head that it sent', async () => {
    let answer: Response | undefined;
    const { port, opened } = await serve(
      () => undefined,
      (_req, res) => void (answer = res.set('X-Some-Header', 'of-a-head')),
    );
    const response = await fetch(`http://127.0.0.1:${port}/`);
    expect(response.headers.get('X-Some-Header')).toBe('of-a-head');
    const stream = await opened;
    expect(inspect(answer, { depth: 6, showHidden: true })).not.toContain('of-a-head');
    expect(answer?.headersSent).toBe(true);
    stream.end();
    expect(await response.text()).toMatch(/^retry: \d+\n\nretry: \d+\n\n$/);
  });

  it('disconnects a client that leaves a megabyte unread', async () => {
    let dropped = 0;
    const { port, opened } = await serve(() => void (dropped += 1));
    const socket = connect(port, '127.0.0.1');
    socket.pause();
    socket.write('GET / HTTP/1.1\r\nHost: test\r\n\r\n');
    const stream = await opened;
    const event = JSON.stringify('x'.repeat(100_000));
    // The kernel's buffers on both sides hold some megabytes before anything is buffered here.
    for (let count = 0; count < 500 && !stream.closed; count += 1) {
      stream.send('generation', event);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(dropped).toBe(1);
    socket.destroy();
  });

  it('sends nothing to a client that disconnected before it opened', async () => {
    const closedResponse = { closed: true } as ServerResponse as Response;
    const stream = openEventStream(closedResponse, { id: 'x', onDropped: () => undefined });
    stream.send('credits', '{}');
    stream.heartbeat();
    stream.end();
    expect(stream.closed).toBe(true);
  });
});
