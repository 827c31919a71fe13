import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SSE_HEARTBEAT_MS } from '#contract/heartbeat.ts';
import { type ConnectionState, createEventStream, type EventStream } from './event-stream.ts';

/** A fake server: accepts one connection after another, each written to by the test. */
function fakeServer() {
  const connections: { headers: Headers; write: (text: string) => void; end: () => void; aborted: () => boolean }[] =
    [];
  let refuse: Response | Error | undefined;
  const fetch = vi.fn<typeof globalThis.fetch>(async (_url, init) => {
    if (refuse instanceof Error) throw refuse;
    if (refuse) return refuse;
    let controller!: ReadableStreamDefaultController<Uint8Array>;
    const body = new ReadableStream<Uint8Array>({ start: (streamController) => void (controller = streamController) });
    init?.signal?.addEventListener('abort', () => controller.error(init.signal?.reason));
    connections.push({
      headers: new Headers(init?.headers),
      write: (text) => controller.enqueue(new TextEncoder().encode(text)),
      end: () => controller.close(),
      aborted: () => init?.signal?.aborted ?? false,
    });
    return new Response(body, { headers: { date: 'Mon, 23 Nov 2026 08:00:00 GMT' } });
  });
  return { connections, fetch, refuseWith: (what: Response | Error | undefined) => void (refuse = what) };
}

const server = { current: fakeServer() };
let stream: EventStream;
let online = true;
let token = 'secret';
const events: [string, unknown][] = [];
const states: ConnectionState[] = [];
const unauthorized = vi.fn<() => void>();
const serverTimes: number[] = [];
const settle = () => vi.advanceTimersByTimeAsync(0);
const SNAPSHOT = 'id: 1\nevent: snapshot\ndata: {"generations":[]}\n\n';

beforeEach(() => {
  vi.useFakeTimers();
  server.current = fakeServer();
  events.length = states.length = serverTimes.length = 0;
  online = true;
  token = 'secret';
  unauthorized.mockReset();
  stream = createEventStream({
    url: '/api/v1/events',
    token: () => token,
    fetch: server.current.fetch,
    random: () => 0.5,
    isOnline: () => online,
    onEvent: (name, data) => events.push([name, data]),
    onState: (state) => states.push(state),
    onServerTime: (ms) => serverTimes.push(ms),
    onUnauthorized: unauthorized,
  });
});
afterEach(() => {
  stream.stop();
  vi.useRealTimers();
});

describe('the event stream', () => {
  it('sends the token in a header, passes on events even when they arrive in pieces, and is live once the snapshot arrives', async () => {
    stream.start();
    await settle();
    const [first] = server.current.connections;
    expect(first?.headers.get('authorization')).toBe('Bearer secret');
    first?.write('retry: 2000\n\n: hello\n\n');
    await settle();
    expect(states).toEqual(['connecting']);
    first?.write(SNAPSHOT);
    first?.write('event: credits\ndata: {"avail');
    first?.write('able":90}\n\n');
    await settle();
    expect(events).toEqual([
      ['snapshot', { generations: [] }],
      ['credits', { available: 90 }],
    ]);
    expect(states).toEqual(['connecting', 'live']);
    expect(serverTimes).toEqual([Date.parse('2026-11-23T08:00:00Z')]);
  });

  it('reconnects after a disconnect with growing delays, never sooner than the server’s retry time', async () => {
    stream.start();
    await settle();
    server.current.connections[0]?.write(`retry: 4000\n\n${SNAPSHOT}`);
    await settle();
    server.current.connections[0]?.end();
    await settle();
    expect(states.at(-1)).toBe('reconnecting');
    await vi.advanceTimersByTimeAsync(3_999);
    expect(server.current.connections).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(server.current.connections).toHaveLength(2);

    server.current.refuseWith(new TypeError('network'));
    server.current.connections[1]?.end();
    const at: number[] = [];
    const startedAt = Date.now();
    server.current.fetch.mockImplementation(async () => {
      at.push(Date.now() - startedAt);
      throw new TypeError('network');
    });
    await vi.advanceTimersByTimeAsync(20_000);
    const waits = at.map((time, index) => time - (at[index - 1] ?? 0));
    expect(waits.length).toBeGreaterThan(3);
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
  });

  it('honors Retry-After when the server refuses the connection', async () => {
    server.current.refuseWith(new Response('{}', { status: 429, headers: { 'retry-after': '7' } }));
    stream.start();
    await vi.advanceTimersByTimeAsync(6_999);
    expect(server.current.fetch).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(server.current.fetch).toHaveBeenCalledTimes(2);
  });

  it('reconnects at once when the server responded elsewhere, but never sooner than the server’s retry time', async () => {
    stream.start();
    await settle();
    const [first] = server.current.connections;
    first?.write(`retry: 4000\n\n${SNAPSHOT}`);
    await settle();
    stream.reconnectNow();
    await settle();
    expect(first?.aborted()).toBe(false);
    first?.end();
    await vi.advanceTimersByTimeAsync(3_000);
    stream.reconnectNow();
    await settle();
    expect(server.current.fetch).toHaveBeenCalledTimes(1);

    server.current.refuseWith(new TypeError('network'));
    await vi.advanceTimersByTimeAsync(30_000);
    server.current.refuseWith(undefined);
    expect(server.current.connections).toHaveLength(1);
    stream.reconnectNow();
    await settle();
    expect(server.current.connections).toHaveLength(2);
  });

  it('drops a connection that was silent for two and a half heartbeats', async () => {
    stream.start();
    await settle();
    server.current.connections[0]?.write(SNAPSHOT);
    await vi.advanceTimersByTimeAsync(2 * SSE_HEARTBEAT_MS);
    server.current.connections[0]?.write(': still here\n\n');
    await vi.advanceTimersByTimeAsync(2.4 * SSE_HEARTBEAT_MS);
    expect(server.current.connections[0]?.aborted()).toBe(false);
    await vi.advanceTimersByTimeAsync(0.2 * SSE_HEARTBEAT_MS);
    expect(server.current.connections[0]?.aborted()).toBe(true);
    expect(states.at(-1)).toBe('reconnecting');
  });

  it('drops the connection when the machine goes offline, reports it, and reconnects at once when the network is back', async () => {
    stream.start();
    await settle();
    online = false;
    stream.reconnect();
    await settle();
    expect(server.current.connections[0]?.aborted()).toBe(true);
    expect(states.at(-1)).toBe('offline');
    online = true;
    stream.reconnect();
    await settle();
    expect(server.current.connections).toHaveLength(2);
  });

  it('reports a token that the API refuses', async () => {
    server.current.refuseWith(new Response('{}', { status: 401 }));
    stream.start();
    await settle();
    expect(unauthorized).toHaveBeenCalledOnce();
  });

  it('switches to a connection with the new token without a gap', async () => {
    stream.start();
    await settle();
    const [first] = server.current.connections;
    first?.write(SNAPSHOT);
    await settle();
    token = 'renewed';
    stream.renew();
    await settle();
    const second = server.current.connections[1];
    expect(second?.headers.get('authorization')).toBe('Bearer renewed');
    expect(first?.aborted()).toBe(false);
    second?.write(SNAPSHOT);
    await settle();
    expect(first?.aborted()).toBe(true);
    expect(second?.aborted()).toBe(false);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(server.current.connections).toHaveLength(2);
    expect(states).toEqual(['connecting', 'live', 'live']);
  });

  it('keeps trying with the new token when the old connection ends meanwhile', async () => {
    stream.start();
    await settle();
    server.current.connections[0]?.write(SNAPSHOT);
    await settle();
    server.current.refuseWith(new TypeError('network'));
    stream.renew();
    await settle();
    server.current.refuseWith(undefined);
    server.current.connections[0]?.end();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(server.current.connections).toHaveLength(2);
    server.current.connections[1]?.write(SNAPSHOT);
    await settle();
    expect(states.at(-1)).toBe('live');
  });

  it('does not reconnect after stop', async () => {
    stream.start();
    await settle();
    stream.stop();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(server.current.connections[0]?.aborted()).toBe(true);
    expect(server.current.connections).toHaveLength(1);
  });
});
