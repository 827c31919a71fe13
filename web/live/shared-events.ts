import type { ConnectionState, EventStream } from './event-stream.ts';

/** What tabs tell each other. */
export type TabMessage =
  | { readonly kind: 'event'; readonly name: string; readonly data: unknown }
  | { readonly kind: 'state'; readonly state: ConnectionState }
  | { readonly kind: 'server-time'; readonly serverMs: number }
  /** A tab has just come and knows nothing yet. */
  | { readonly kind: 'hello' }
  /** A tab without the stream heard the server elsewhere. */
  | { readonly kind: 'hurry' };

export interface EventSink {
  readonly onEvent: (name: string, data: unknown) => void;
  readonly onState: (state: ConnectionState) => void;
  readonly onServerTime: (serverMs: number) => void;
}

/** To and from all other tabs; one listener at a time. */
export interface TabChannel {
  send(message: TabMessage): void;
  listen(onMessage: (message: TabMessage) => void): void;
  close(): void;
}

export interface SharedEventsDeps extends EventSink {
  /** One a person: tabs of different people on one machine have nothing to tell each other. */
  readonly name: string;
  /** Undefined where the browser has none: then each tab holds a stream of its own. */
  readonly locks: Pick<LockManager, 'request'> | undefined;
  readonly openChannel: (name: string) => TabChannel;
  readonly createStream: (sink: EventSink) => EventStream;
  /** What this tab knows now, as the event that a stream begins with; undefined before it has heard anything. */
  readonly snapshot: () => unknown;
}

/**
 * One event stream for all tabs of a person. The tab that holds the lock holds the stream and passes on what it hears; when it
 * goes, the browser gives the lock to the next. Browsers don't freeze a background tab that holds a lock.
 */
export function createSharedEvents(deps: SharedEventsDeps): EventStream {
  let stopped: AbortController | undefined;
  let others: TabChannel | undefined;
  let stream: EventStream | undefined;

  function lead(channel: TabChannel | undefined, signal: AbortSignal): Promise<void> {
    const pass = (message: TabMessage) => channel?.send(message);
    let state: ConnectionState = 'connecting';
    stream = deps.createStream({
      onEvent(name, data) {
        deps.onEvent(name, data);
        pass({ kind: 'event', name, data });
      },
      onState(next) {
        state = next;
        deps.onState(next);
        pass({ kind: 'state', state });
      },
      onServerTime(serverMs) {
        deps.onServerTime(serverMs);
        pass({ kind: 'server-time', serverMs });
      },
    });
    channel?.listen(({ kind }) => {
      if (kind === 'hurry') stream?.reconnectNow();
      if (kind !== 'hello') return;
      const data = deps.snapshot();
      if (data !== undefined) pass({ kind: 'event', name: 'snapshot', data });
      pass({ kind: 'state', state });
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
    reconnectNow: () => (stream ? stream.reconnectNow() : others?.send({ kind: 'hurry' })),
    renew: () => stream?.renew(),
  };
}
