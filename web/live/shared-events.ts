import type { ConnectionState, EventStream } from './event-stream.ts';

/** Messages between tabs. */
export type TabMessage =
  | { readonly kind: 'event'; readonly name: string; readonly data: unknown }
  | { readonly kind: 'state'; readonly state: ConnectionState }
  | { readonly kind: 'server-time'; readonly serverMs: number }
  /** A tab has just opened and has no state yet. */
  | { readonly kind: 'hello' }
  /** A tab has heard nothing for a while. The tab with the stream answers, unless it is frozen or blocked. */
  | { readonly kind: 'ping' }
  | { readonly kind: 'alive' }
  /** A tab without the stream received a response from the server. */
  | { readonly kind: 'reconnect-now' }
  /** A tab without the stream wants a new snapshot. */
  | { readonly kind: 'refresh' };

export interface EventSink {
  readonly onEvent: (name: string, data: unknown) => void;
  readonly onState: (state: ConnectionState) => void;
  readonly onServerTime: (serverMs: number) => void;
}

/** Sends to and receives from all other tabs; one listener at a time. */
export interface TabChannel {
  send(message: TabMessage): void;
  listen(onMessage: (message: TabMessage) => void): void;
  close(): void;
}

export interface SharedEventsDeps extends EventSink {
  /** Unique per user: tabs of different users on one machine share nothing. */
  readonly name: string;
  /** Undefined when the browser has no locks: each tab then opens a stream of its own. */
  readonly locks: Pick<LockManager, 'request'> | undefined;
  readonly openChannel: (name: string) => TabChannel;
  readonly createStream: (sink: EventSink) => EventStream;
  /** This tab's state as a snapshot event; undefined before it has received one. */
  readonly snapshot: () => unknown;
}

export interface SharedEvents extends EventStream {
  /** Requests a new snapshot for all tabs, whose image addresses are new. */
  refresh(): void;
}

/** How often a tab asks whether the one with the stream still answers, if it has heard nothing else since, ms. */
export const PING_MS = 8_000;
/** Unanswered pings after which the tab takes over. Counted instead of timed: a tab that slept itself must not blame the other. */
const UNANSWERED_MAX = 3;

/** What tabs without the stream send. */
const SENT_BY_FOLLOWERS = new Set<TabMessage['kind']>(['hello', 'ping', 'reconnect-now', 'refresh']);

/**
 * One event stream for all tabs of a user. The tab that holds the lock opens the stream and forwards its events; when it closes,
 * the browser gives the lock to the next tab. A tab that no longer answers (frozen, in a debugger, behind an alert) loses the lock to
 * one that asks in vain; when it wakes up, it closes its stream and follows.
 */
export function createSharedEvents(deps: SharedEventsDeps): SharedEvents {
  let stopped: AbortController | undefined;
  let others: TabChannel | undefined;
  let stream: EventStream | undefined;
  let pinging: ReturnType<typeof setInterval> | undefined;

  function lead(channel: TabChannel | undefined, signal: AbortSignal): Promise<void> {
    clearInterval(pinging);
    const forward = (message: TabMessage) => channel?.send(message);
    let state: ConnectionState = 'connecting';
    stream = deps.createStream({
      onEvent(name, data) {
        deps.onEvent(name, data);
        forward({ kind: 'event', name, data });
      },
      onState(next) {
        state = next;
        deps.onState(next);
        forward({ kind: 'state', state });
      },
      onServerTime(serverMs) {
        deps.onServerTime(serverMs);
        forward({ kind: 'server-time', serverMs });
      },
    });
    channel?.listen(({ kind }) => {
      if (kind === 'reconnect-now') stream?.reconnectNow();
      if (kind === 'refresh') stream?.renew();
      if (kind === 'ping') forward({ kind: 'alive' });
      if (kind !== 'hello') return;
      const data = deps.snapshot();
      if (data !== undefined) forward({ kind: 'event', name: 'snapshot', data });
      forward({ kind: 'state', state });
    });
    stream.start();
    return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  }

  function follow(channel: TabChannel, locks: Pick<LockManager, 'request'>, signal: AbortSignal): void {
    const waiting = new AbortController();
    const request = (options: LockOptions) =>
      void locks
        .request(deps.name, options, () => (signal.aborted ? undefined : lead(channel, signal)))
        .catch((error: unknown) => {
          if (signal.aborted || ('signal' in options && waiting.signal.aborted)) return;
          stream?.stop();
          stream = undefined;
          // Another tab took over. Or the browser denies this page locks: then each tab has a stream of its own.
          if (error instanceof DOMException && error.name === 'AbortError') follow(channel, locks, signal);
          else void lead(undefined, signal);
        });
    let unanswered = 0;
    channel.listen((message) => {
      if (SENT_BY_FOLLOWERS.has(message.kind)) return;
      unanswered = 0;
      if (message.kind === 'event') deps.onEvent(message.name, message.data);
      else if (message.kind === 'state') deps.onState(message.state);
      else if (message.kind === 'server-time') deps.onServerTime(message.serverMs);
    });
    clearInterval(pinging);
    pinging = setInterval(() => {
      unanswered += 1;
      if (unanswered <= UNANSWERED_MAX) return channel.send({ kind: 'ping' });
      waiting.abort();
      request({ steal: true });
    }, PING_MS);
    channel.send({ kind: 'hello' });
    request({ signal: AbortSignal.any([signal, waiting.signal]) });
  }

  return {
    start() {
      const { signal } = (stopped = new AbortController());
      if (deps.locks === undefined) return void lead(undefined, signal);
      const channel = (others = deps.openChannel(deps.name));
      signal.addEventListener('abort', () => channel.close(), { once: true });
      follow(channel, deps.locks, signal);
    },
    stop() {
      clearInterval(pinging);
      stream?.stop();
      stream = undefined;
      others = undefined;
      stopped?.abort();
    },
    reconnect: () => stream?.reconnect(),
    reconnectNow: () => (stream ? stream.reconnectNow() : others?.send({ kind: 'reconnect-now' })),
    renew: () => stream?.renew(),
    refresh: () => (stream ? stream.renew() : others?.send({ kind: 'refresh' })),
  };
}
