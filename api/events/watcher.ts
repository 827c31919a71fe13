import { isFinal } from '#domain/generation/generation.ts';
import type { EventStream } from './event-stream.ts';
import { liveEvent, type LiveEvent, type LiveEventOf } from './live-event.ts';

/** Events buffered while a snapshot is read; more than this means that the read is far too slow. */
const MAX_BUFFERED_EVENTS = 1_000;

/** What a stream subscribes to: all events of an account, or those of a single generation. */
export interface Subscription {
  readonly accountId: string;
  readonly generationId: string | undefined;
  /** When the token expires, milliseconds since the epoch; never by default. */
  readonly expiresAtMs?: number;
}

/** The subscriber behind one stream. */
export interface Watcher extends Subscription {
  /** Starts sending to the stream: first the snapshot, then the newer events that arrived meanwhile. */
  open(stream: EventStream, first: LiveEventOf<'snapshot'>): void;
  /** Buffers events until the next snapshot has been sent. */
  awaitSnapshot(): void;
  /** Sends the event, or ends the stream if the token has expired. */
  deliver(event: LiveEvent): void;
  /** The same for a heartbeat. */
  heartbeat(): void;
  /** Ends the stream; one that isn't open yet ends as soon as it opens. */
  end(): void;
}

/**
 * Sends events in order: a snapshot first, then only newer versions. The stream of a single generation ends after its final
 * status.
 */
export function createWatcher(subscription: Subscription): Watcher {
  return new StreamWatcher(subscription);
}

/** Methods instead of closures: there may be ten thousand, and each closure takes 64 bytes of each. */
class StreamWatcher implements Watcher {
  readonly accountId: string;
  readonly generationId: string | undefined;
  readonly expiresAtMs: number;
  #stream: EventStream | undefined;
  /** Of the generations that were sent; undefined while there is none. */
  #versions: Map<string, number> | undefined;
  #buffered: LiveEvent[] | undefined = [];
  #ended = false;

  constructor({ accountId, generationId, expiresAtMs = Number.POSITIVE_INFINITY }: Subscription) {
    this.accountId = accountId;
    this.generationId = generationId;
    this.expiresAtMs = expiresAtMs;
  }

  open(opened: EventStream, first: LiveEventOf<'snapshot'>): void {
    this.#stream = opened;
    if (this.#ended) return opened.end();
    this.#sendSnapshot(first);
  }

  awaitSnapshot(): void {
    this.#buffered ??= [];
  }

  deliver(event: LiveEvent): void {
    if (this.#hasExpired()) return this.end();
    if (event.name === 'snapshot' && this.#stream !== undefined) return this.#sendSnapshot(event);
    if (this.#buffered === undefined) return this.#sendLive(event);
    if (this.#buffered.length >= MAX_BUFFERED_EVENTS) return this.end();
    this.#buffered.push(event);
  }

  heartbeat(): void {
    if (this.#hasExpired()) this.end();
    else this.#stream?.heartbeat();
  }

  end(): void {
    this.#ended = true;
    this.#stream?.end();
  }

  #hasExpired(): boolean {
    return Date.now() >= this.expiresAtMs;
  }

  #sendSnapshot(event: LiveEventOf<'snapshot'>): void {
    const { generations } = event.data;
    this.#versions =
      generations.length === 0 ? undefined : new Map(generations.map(({ id, version }) => [id, version]));
    this.#stream?.send(event.name, event.json);
    const later = this.#buffered ?? [];
    this.#buffered = undefined;
    if (generations.some((generation) => this.#endsStream(generation))) return this.end();
    for (const newer of later) this.#sendLive(newer);
  }

  #sendLive(event: LiveEvent): void {
    if (event.name === 'snapshot') return this.#sendSnapshot(event);
    if (event.name === 'generation') return this.#sendGeneration(event);
    if (this.generationId === undefined) return this.#stream?.send(event.name, event.json);
    // The stream of a single generation also gets that generation's queue position.
    if (event.name !== 'queue') return;
    const positions = event.data.positions.filter((queue) => queue.generationId === this.generationId);
    if (positions.length > 0) this.#stream?.send('queue', liveEvent('queue', { positions }).json);
  }

  #sendGeneration(event: LiveEventOf<'generation'>): void {
    const { id, version } = event.data;
    if (this.generationId !== undefined && id !== this.generationId) return;
    if (version <= (this.#versions?.get(id) ?? -1)) return;
    this.#versions ??= new Map();
    this.#versions.set(id, version);
    this.#stream?.send(event.name, event.json);
    if (this.#endsStream(event.data)) this.end();
  }

  #endsStream({ id, status }: LiveEventOf<'generation'>['data']): boolean {
    return id === this.generationId && isFinal(status);
  }
}
