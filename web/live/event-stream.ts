import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { SSE_HEARTBEAT_MS } from '#contract/heartbeat.ts';
import { backoffMs } from '../http/backoff.ts';

/** Two heartbeats missed and a little more: the connection is dead, whatever the browser believes. */
const SILENCE_LIMIT_MS = 2.5 * SSE_HEARTBEAT_MS;
const SECOND_MS = 1_000;

export type ConnectionState = 'connecting' | 'live' | 'reconnecting' | 'offline';

export interface EventStreamDeps {
  readonly url: string;
  readonly token: () => string | undefined;
  readonly fetch: typeof globalThis.fetch;
  readonly random: () => number;
  readonly isOnline: () => boolean;
  readonly onEvent: (name: string, data: unknown) => void;
  readonly onState: (state: ConnectionState) => void;
  /** The server's clock, from the answer's Date header, ms since the epoch. */
  readonly onServerTime: (serverMs: number) => void;
  readonly onUnauthorized: () => void;
}

export interface EventStream {
  start(): void;
  stop(): void;
  /** The network changed: what is open may be dead without knowing it, and what waits need not wait any longer. */
  reconnect(): void;
  /** The server was heard elsewhere: what waits by its own patience need not; what the server asked to wait is waited. */
  reconnectNow(): void;
  /** There is a new token: a second connection is opened with it, and takes over from the first once it is live. */
  renew(): void;
}

/**
 * One Server-Sent Events connection that comes back by itself. By fetch and not EventSource, because the token belongs into a
 * header and not into an address that ends up in logs.
 */
export function createEventStream(deps: EventStreamDeps): EventStream {
  let running: AbortController | undefined;
  /** Goes on until `running` is live. */
  let leaving: AbortController | undefined;
  let cut: () => void = () => {};
  let wake: () => void = () => {};
  let reconnectNow: () => void = () => {};

  /** @returns ms the server asked to wait, if it did */
  async function connectOnce(stopped: AbortSignal, onLive: () => void): Promise<number> {
    const connection = new AbortController();
    cut = () => connection.abort();
    let silence = setTimeout(cut, SILENCE_LIMIT_MS);
    const heard = () => {
      clearTimeout(silence);
      silence = setTimeout(cut, SILENCE_LIMIT_MS);
    };
    let retryMs = 0;
    try {
      const response = await deps.fetch(deps.url, {
        headers: { accept: 'text/event-stream', authorization: `Bearer ${deps.token() ?? ''}` },
        signal: AbortSignal.any([stopped, connection.signal]),
        cache: 'no-store',
      });
      if (response.status === 401) deps.onUnauthorized();
      if (!response.ok || !response.body) return Number(response.headers.get('retry-after') ?? 0) * SECOND_MS || 0;
      const serverMs = Date.parse(response.headers.get('date') ?? '');
      if (!Number.isNaN(serverMs)) deps.onServerTime(serverMs);
      const parser = createParser({
        onEvent: (message) => {
          if (message.event === 'snapshot') onLive();
          dispatch(message);
        },
        onRetry: (askedMs) => {
          retryMs = askedMs;
        },
      });
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader(); // Safari can't iterate a stream
      for (let read = await reader.read(); !read.done; read = await reader.read()) {
        heard();
        parser.feed(read.value);
      }
    } finally {
      clearTimeout(silence);
      connection.abort();
    }
    return retryMs;
  }

  function dispatch(message: EventSourceMessage): void {
    if (message.event) deps.onEvent(message.event, JSON.parse(message.data));
  }

  async function run(self: AbortController): Promise<void> {
    const goesOn = () => !self.signal.aborted && running === self;
    let failures = 0;
    while (goesOn()) {
      const askedMs = await connectOnce(self.signal, () => {
        failures = 0;
        if (running === self) leaving?.abort();
        deps.onState('live');
      }).catch(() => 0);
      if (!goesOn()) return;
      failures += 1;
      deps.onState(deps.isOnline() ? 'reconnecting' : 'offline');
      await pause(askedMs, backoffMs(failures, deps.random), self.signal);
    }
  }

  function pause(askedMs: number, ownMs: number, stopped: AbortSignal): Promise<void> {
    const beganAt = performance.now();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, Math.max(askedMs, ownMs));
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
      reconnectNow = () => {
        if (performance.now() - beganAt >= askedMs) wake();
      };
      stopped.addEventListener('abort', wake, { once: true });
    });
  }

  function stop(): void {
    leaving?.abort();
    running?.abort();
    running = undefined;
  }

  return {
    start() {
      stop();
      running = new AbortController();
      deps.onState('connecting');
      void run(running);
    },
    stop,
    reconnect() {
      leaving?.abort();
      cut();
      wake();
    },
    reconnectNow: () => reconnectNow(),
    renew() {
      if (!running) return;
      leaving?.abort();
      leaving = running;
      running = new AbortController();
      void run(running);
    },
  };
}
