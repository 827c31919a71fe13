import { isFinal } from '#domain/generation/generation.ts';
import type { EventStream } from './event-stream.ts';
import { liveEvent, type LiveEvent, type LiveEventOf } from './live-event.ts';

/** Events held back while a snapshot is read; more than this means something is badly slow. */
const MAX_HELD_EVENTS = 1_000;

/** One reader: an account's stream of everything, or of a single generation. */
export interface Watcher {
  readonly accountId: string;
  readonly generationId: string | undefined;
  /** Where it goes from now on; begins with `first`, and what came in meanwhile follows. */
  open(stream: EventStream, first: LiveEventOf<'snapshot'>): void;
  /** From here on events are held back until the next snapshot has gone out. */
  awaitSnapshot(): void;
  deliver(event: LiveEvent): void;
  heartbeat(): void;
  /** Ends the stream; one that is not open yet is ended as soon as it opens. */
  end(): void;
}

/**
 * Keeps a stream in order: a snapshot first, then only what is newer by version, and for a single generation the end
 * after its final state.
 */
export function createWatcher({ accountId, generationId }: Pick<Watcher, 'accountId' | 'generationId'>): Watcher {
  let stream: EventStream | undefined;
  let versions = new Map<string, number>();
  let held: LiveEvent[] | undefined = [];
  let ended = false;

  function end(): void {
    ended = true;
    stream?.end();
  }

  function snapshot(event: LiveEventOf<'snapshot'>): void {
    versions = new Map(event.data.generations.map(({ id, version }) => [id, version]));
    stream?.send(event.name, event.json);
    const later = held ?? [];
    held = undefined;
    if (event.data.generations.some(endsStream)) return end();
    for (const each of later) live(each);
  }

  function live(event: LiveEvent): void {
    if (event.name === 'snapshot') return snapshot(event);
    if (event.name === 'generation') return generation(event);
    if (generationId === undefined) return stream?.send(event.name, event.json);
    // Of a single generation's stream, only the queue is left that concerns it.
    if (event.name !== 'queue') return;
    const positions = event.data.positions.filter((queue) => queue.generationId === generationId);
    if (positions.length > 0) stream?.send('queue', liveEvent('queue', { positions }).json);
  }

  function generation(event: LiveEventOf<'generation'>): void {
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
      snapshot(first);
    },
    awaitSnapshot() {
      held ??= [];
    },
    deliver(event) {
      if (event.name === 'snapshot' && stream !== undefined) return snapshot(event);
      if (held === undefined) return live(event);
      if (held.length >= MAX_HELD_EVENTS) return end();
      held.push(event);
    },
    heartbeat: () => stream?.heartbeat(),
    end,
  };
}
