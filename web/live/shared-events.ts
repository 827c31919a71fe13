import type { ConnectionState, EventStream } from './event-stream.ts';

/** Messages between tabs. */
export type TabMessage =
  | { readonly kind: 'event'; readonly name: string; readonly data: unknown }
  | { readonly kind: 'state'; readonly state: ConnectionState }
  | { readonly kind: 'server-time'; readonly serverMs: number }
  /** A tab has just opened and has no state yet. */
  | { readonly kind: 'hello' }
  /** A tab without the stream received a response from the server. */
  | { readonly kind: 'reconnect-now' };

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

/**
 * One event stream for all tabs of a user. The tab that holds the lock opens the stream and forwards its events; when it closes,
 * the browser gives the lock to the next tab. Browsers don't freeze a background tab that holds a lock.
 */
export function createSharedEvents(deps: SharedEventsDeps): EventStream {
  let stopped: AbortController | undefined;
  let others: TabChannel | undefined;
  let stream: EventStream | undefined;

  function lead(channel: TabChannel | undefined, signal: AbortSignal): Promise<void> {
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
      if (kind !== 'hello') return;
      const data = deps.snapshot();
      if (data !== undefined) forward({ kind: 'event', name: 'snapshot', data });
      forward({ kind: 'state', state });
    });
    stream.start();
    return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  }

  function follow(message: TabMessage): void {
    if (message.kind === 'event') deps.onEvent(message.name, message.data);
    else if (message.kind === 'state') deps.onState(message.state);
    else if (message.kind === 'server-time') deps.onServerTime(message.serverMs);
  }

  return {
    start() {
      const { signal } = (stopped = new AbortController());
      if (deps.locks === undefined) return void lead(undefined, signal);
      const channel = (others = deps.openChannel(deps.name));
      signal.addEventListener('abort', () => channel.close(), { once: true });
      channel.listen(follow);
      channel.send({ kind: 'hello' });
      deps.locks
        .request(deps.name, { signal }, () => lead(channel, signal))
        .catch((error: unknown) => {
          if (!signal.aborted) throw error;
        });
    },
    stop() {
      stream?.stop();
      stream = undefined;
      others = undefined;
      stopped?.abort();
    },
    reconnect: () => stream?.reconnect(),
    reconnectNow: () => (stream ? stream.reconnectNow() : others?.send({ kind: 'reconnect-now' })),
    renew: () => stream?.renew(),
  };
}
