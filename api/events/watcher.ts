import { isFinal } from '#domain/generation/generation.ts';
import type { EventStream } from './event-stream.ts';
import { liveEvent, type LiveEvent, type LiveEventOf } from './live-event.ts';

/** Events buffered while a snapshot is read; more than this means that the read is far too slow. */
const MAX_BUFFERED_EVENTS = 1_000;

/** The subscriber behind one stream: of all events of an account, or of a single generation. */
export interface Watcher {
  readonly accountId: string;
  readonly generationId: string | undefined;
  /** Starts sending to the stream: first the snapshot, then the newer events that arrived meanwhile. */
  open(stream: EventStream, first: LiveEventOf<'snapshot'>): void;
  /** Buffers events until the next snapshot has been sent. */
  awaitSnapshot(): void;
  deliver(event: LiveEvent): void;
  heartbeat(): void;
  /** Ends the stream; one that isn't open yet ends as soon as it opens. */
  end(): void;
}

/**
 * Sends events in order: a snapshot first, then only newer versions. The stream of a single generation ends after its final
 * status.
 */
export function createWatcher({ accountId, generationId }: Pick<Watcher, 'accountId' | 'generationId'>): Watcher {
  let stream: EventStream | undefined;
  let versions = new Map<string, number>();
  let buffered: LiveEvent[] | undefined = [];
  let ended = false;

  function end(): void {
    ended = true;
    stream?.end();
  }

  function sendSnapshot(event: LiveEventOf<'snapshot'>): void {
    versions = new Map(event.data.generations.map(({ id, version }) => [id, version]));
    stream?.send(event.name, event.json);
    const later = buffered ?? [];
    buffered = undefined;
    if (event.data.generations.some(endsStream)) return end();
    for (const newer of later) sendLive(newer);
  }

  function sendLive(event: LiveEvent): void {
    if (event.name === 'snapshot') return sendSnapshot(event);
    if (event.name === 'generation') return sendGeneration(event);
    if (generationId === undefined) return stream?.send(event.name, event.json);
    // The stream of a single generation also gets that generation's queue position.
    if (event.name !== 'queue') return;
    const positions = event.data.positions.filter((queue) => queue.generationId === generationId);
    if (positions.length > 0) stream?.send('queue', liveEvent('queue', { positions }).json);
  }

  function sendGeneration(event: LiveEventOf<'generation'>): void {
    const { id, version } = event.data;
    if (generationId !== undefined && id !== generationId) return;
    if (version <= (versions.get(id) ?? -1)) return;
    versions.set(id, version);
    stream?.send(event.name, event.json);
    if (endsStream(event.data)) end();
  }

  function endsStream({ id, status }: LiveEventOf<'generation'>['data']): boolean {
    return id === generationId && isFinal(status);
  }

  return {
    accountId,
    generationId,
    open(opened, first) {
      stream = opened;
      if (ended) return opened.end();
      sendSnapshot(first);
    },
    awaitSnapshot() {
      buffered ??= [];
    },
    deliver(event) {
      if (event.name === 'snapshot' && stream !== undefined) return sendSnapshot(event);
      if (buffered === undefined) return sendLive(event);
      if (buffered.length >= MAX_BUFFERED_EVENTS) return end();
      buffered.push(event);
    },
    heartbeat: () => stream?.heartbeat(),
    end,
  };
}
