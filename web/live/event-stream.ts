import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { SSE_HEARTBEAT_MS } from '#contract/heartbeat.ts';
import { deviceHeaders } from '../auth/device-id.ts';
import { backoffMs } from '../http/backoff.ts';

/** Two missed heartbeats and a margin: the connection is dead, even if the browser still reports it open. */
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
  /** The server's clock from the response's Date header, ms since the epoch. */
  readonly onServerTime: (serverMs: number) => void;
  readonly onUnauthorized: () => void;
}

export interface EventStream {
  start(): void;
  stop(): void;
  /** The network changed: drops the connection, which may be dead, and ends any wait. */
  reconnect(): void;
  /** The server responded elsewhere: ends a backoff wait, but not one that the server requested. */
  reconnectNow(): void;
  /** The token changed: opens a second connection with it, which replaces the first once it is live. */
  renew(): void;
}

/**
 * One Server-Sent Events connection that reconnects by itself. It uses fetch instead of EventSource, because the token belongs in a
 * header and not in a URL that ends up in logs.
 */
export function createEventStream(deps: EventStreamDeps): EventStream {
  let running: AbortController | undefined;
  /** The previous connection; stays open until `running` is live. */
  let previous: AbortController | undefined;
  let cut: () => void = () => {};
  let wake: () => void = () => {};
  let reconnectNow: () => void = () => {};

  /** @returns the wait that the server requested, ms; 0 if none */
  async function connectOnce(stopped: AbortSignal, onLive: () => void): Promise<number> {
    const connection = new AbortController();
    cut = () => connection.abort();
    let silence = setTimeout(cut, SILENCE_LIMIT_MS);
    const resetSilence = () => {
      clearTimeout(silence);
      silence = setTimeout(cut, SILENCE_LIMIT_MS);
    };
    let retryMs = 0;
    try {
      const response = await deps.fetch(deps.url, {
        headers: { ...deviceHeaders(), accept: 'text/event-stream', authorization: `Bearer ${deps.token() ?? ''}` },
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
        onRetry: (requestedMs) => {
          retryMs = requestedMs;
        },
      });
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader(); // Safari can't iterate a stream
      for (let read = await reader.read(); !read.done; read = await reader.read()) {
        resetSilence();
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
    const isCurrent = () => !self.signal.aborted && running === self;
    let failures = 0;
    while (isCurrent()) {
      const requestedMs = await connectOnce(self.signal, () => {
        failures = 0;
        if (running === self) previous?.abort();
        deps.onState('live');
      }).catch(() => 0);
      if (!isCurrent()) return;
      failures += 1;
      deps.onState(deps.isOnline() ? 'reconnecting' : 'offline');
      await pause(requestedMs, backoffMs(failures, deps.random), self.signal);
    }
  }

  function pause(requestedMs: number, backoffWaitMs: number, stopped: AbortSignal): Promise<void> {
    const startedAt = performance.now();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, Math.max(requestedMs, backoffWaitMs));
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
      reconnectNow = () => {
        if (performance.now() - startedAt >= requestedMs) wake();
      };
      stopped.addEventListener('abort', wake, { once: true });
    });
  }

  function stop(): void {
    previous?.abort();
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
      previous?.abort();
      cut();
      wake();
    },
    reconnectNow: () => reconnectNow(),
    renew() {
      if (!running) return;
      previous?.abort();
      previous = running;
      running = new AbortController();
      void run(running);
    },
  };
}
