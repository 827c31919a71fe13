import { createParser } from 'eventsource-parser';
import type { Avatar, Credits, Generation, Notification } from './contract-types.ts';
import { ConnectionError, RefusedError } from './errors.ts';
import { backoffMs, pause } from './pause.ts';
import type { Transport } from './transport.ts';

/** The API sends a heartbeat every 15 s; after two and a half intervals of silence the connection counts as dead. */
const SILENCE_LIMIT_MS = 37_500;
/** Consecutive reconnects without an event, about two minutes; then the caller gets an error. */
const MAX_RECONNECTS = 10;
const FIRST_PAUSE_MS = 300;
const LONGEST_PAUSE_MS = 30_000;

/** Events of a stream. Every (re)connect begins with a snapshot, so that no state change is lost. */
export type StudioEvent =
  | {
      readonly name: 'snapshot';
      readonly data: { readonly generations: readonly Generation[]; readonly credits: Credits };
    }
  /** The complete new state. Ignore it if you have a newer `version`. */
  | { readonly name: 'generation'; readonly data: Generation }
  | { readonly name: 'queue'; readonly data: { readonly positions: readonly QueuePositionOf[] } }
  | { readonly name: 'credits'; readonly data: Credits }
  | { readonly name: 'notification'; readonly data: Notification }
  /** Favorites and ratings that changed. */
  | {
      readonly name: 'marks';
      readonly data: { readonly avatars: readonly Pick<Avatar, 'id' | 'favorite' | 'rating'>[] };
    };

interface QueuePositionOf {
  readonly generationId: string;
  readonly queue: NonNullable<Generation['queue']>;
}

/**
 * A stream of events that reconnects after each interruption, until the loop ends, the signal aborts, or reconnecting fails.
 * @throws RefusedError of the 4xx kind; ConnectionError or UnavailableError after {@link MAX_RECONNECTS} in a row; the signal's reason
 */
export async function* followEvents(
  transport: Transport,
  path: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<StudioEvent> {
  let failures = 0;
  for (;;) {
    let problem: unknown = new ConnectionError(`GET ${path}: the stream ended immediately`);
    try {
      for await (const event of connectOnce(transport, path, signal)) {
        failures = 0;
        yield event;
      }
    } catch (error) {
      signal?.throwIfAborted();
      if (!isTransient(error)) throw error;
      problem = error;
    }
    failures += 1;
    if (failures > MAX_RECONNECTS) throw problem;
    const { retryAfterMs = 0 } = problem as Partial<RefusedError>;
    await pause(Math.max(retryAfterMs, backoffMs(failures, FIRST_PAUSE_MS, LONGEST_PAUSE_MS)), signal);
  }
}

function isTransient(error: unknown): boolean {
  if (error instanceof RefusedError) return error.status >= 500 || error.code === 'rate_limited';
  return error instanceof ConnectionError;
}

async function* connectOnce(
  transport: Transport,
  path: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<StudioEvent> {
  const connection = new AbortController();
  const silence = new ConnectionError(`GET ${path}: the stream sent no heartbeat`);
  const forward = (): void => connection.abort(signal?.reason);
  signal?.addEventListener('abort', forward, { once: true });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const events: StudioEvent[] = [];
  const parser = createParser({
    // A newer API may send other kinds of events; they are ignored.
    onEvent: ({ event, data }) => isKnown(event) && events.push({ name: event, data: JSON.parse(data) as never }),
  });
  try {
    signal?.throwIfAborted();
    const reader = (await transport.open(path, connection.signal)).getReader();
    const decoder = new TextDecoder();
    for (;;) {
      timer = setTimeout(() => connection.abort(silence), SILENCE_LIMIT_MS);
      const { done, value } = await reader.read().catch((error: unknown) => {
        throw (
          connection.signal.reason ?? new ConnectionError(`GET ${path}: the stream was interrupted`, { cause: error })
        );
      });
      clearTimeout(timer);
      if (done) return;
      parser.feed(decoder.decode(value, { stream: true }));
      yield* events.splice(0);
    }
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', forward);
    connection.abort();
  }
}

const NAMES: ReadonlySet<string> = new Set(['snapshot', 'generation', 'queue', 'credits', 'notification', 'marks']);

function isKnown(name: string | undefined): name is StudioEvent['name'] {
  return name !== undefined && NAMES.has(name);
}
