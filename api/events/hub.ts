import type { Logger } from 'pino';
import type { Credits } from '#contract/credits.ts';
import type { EventData } from '#contract/events.ts';
import type { Notification } from '#contract/notification.ts';
import { SSE_HEARTBEAT_MS } from '#contract/heartbeat.ts';
import type { Generation } from '#contract/generation.ts';
import { ApiProblem, notFound } from '../problem.ts';
import type { StreamedChange } from './change-listener.ts';
import { createCoalescer } from './coalesce.ts';
import type { EventStream } from './event-stream.ts';
import { liveEvent, type LiveEvent } from './live-event.ts';
import { createQueuePositionsFeed, type QueuePositions } from './queue-positions-feed.ts';
import type { StreamSlots } from './stream-slots.ts';
import { createWatchers, tooManyStreams } from './watchers.ts';
import { createWatcher, type Watcher } from './watcher.ts';

/** Reads on behalf of streams leave most of the pool to requests. */
const READ_CONCURRENCY = 4;
/** A snapshot that can't be read is tried again this often before its streams are ended, and their readers reconnect. */
const SNAPSHOT_TRIES = 6;
const SNAPSHOT_RETRY_MS = 500;
/** Another process, or the next one here, takes over. */
const CLOSED_RETRY_SECONDS = 2;

/** What the streams show, read from the primary. */
export interface LiveReads {
  /** @param generationId only this one; undefined when the account has no such generation */
  snapshot(accountId: string, generationId: string | undefined): Promise<EventData<'snapshot'> | undefined>;
  generation(accountId: string, generationId: string): Promise<Generation | undefined>;
  credits(accountId: string): Promise<Credits>;
  notification(accountId: string, notificationId: string): Promise<Notification | undefined>;
  positions(accountIds: readonly string[]): Promise<QueuePositions>;
}

export interface EventHub {
  /**
   * Watches until the stream closes. Hears from now on, and only then reads the snapshot, so that nothing falls between.
   * @param open starts the stream, once the snapshot is there
   * @throws ApiProblem not_found when the account has no such generation; rate_limited; unavailable
   */
  watch(input: Pick<Watcher, 'accountId' | 'generationId'>, open: (watcher: Watcher) => EventStream): Promise<void>;
  unwatch(watcher: Watcher): void;
  changed(change: StreamedChange): void;
  /** Ends an account's streams: there is nobody any more to tell. */
  endAccount(accountId: string): void;
  /** Everything may have changed unheard: each stream gets a new snapshot. */
  refreshAll(): void;
  /** Ends every stream; readers reconnect. */
  close(): void;
}

export interface EventHubDeps {
  readonly reads: LiveReads;
  readonly slots: Pick<StreamSlots, 'take'>;
  readonly log: Logger;
  readonly onCount: (streams: number) => void;
}

/** Turns changes into events for whoever watches. Reads nothing for accounts that nobody watches. */
export function createEventHub({ reads, slots, log, onCount }: EventHubDeps): EventHub {
  const watchers = createWatchers(onCount);
  const leaveSlot = new Map<Watcher, () => void>();
  const positions = createQueuePositionsFeed({
    read: reads.positions,
    waitingAccounts: watchers.waitingAccounts,
    send: watchers.send,
    onError: (error) => log.warn({ err: error }, 'queue places could not be read'),
  });
  let heartbeat: NodeJS.Timeout | undefined;
  let closed = false;

  /** What one change says, or undefined when there is nothing to show. */
  async function read(change: StreamedChange): Promise<LiveEvent | undefined> {
    const { accountId } = change;
    if (change.channel === 'credits') return liveEvent('credits', await reads.credits(accountId));
    if (change.channel === 'notification') {
      const notification = await reads.notification(accountId, change.id);
      return notification && liveEvent('notification', notification);
    }
    const generation = await reads.generation(accountId, change.id);
    return generation && liveEvent('generation', generation);
  }

  /** The place that a generation carries may be a second old and come after a newer one: the feed has the last word. */
  function tellAll(accountId: string, event: LiveEvent): void {
    watchers.send(accountId, event);
    if (event.name !== 'generation' || event.data.queue === null) return;
    positions.forget(accountId);
    positions.queueMoved();
  }

  const tell = createCoalescer(
    async (key) => {
      const change = JSON.parse(key) as StreamedChange;
      try {
        const event = await read(change);
        if (event) tellAll(change.accountId, event);
      } catch (error) {
        log.warn({ err: error, channel: change.channel }, 'a change could not be read; its streams get a snapshot');
        refreshAccount(change.accountId);
      }
    },
    { concurrency: READ_CONCURRENCY },
  );

  const tries = new Map<string, number>();
  const refresh = createCoalescer(
    async (key) => {
      const [accountId, generationId] = key.split('/') as [string, string | undefined];
      const concerned = watchers.of(accountId).filter((watcher) => watcher.generationId === generationId);
      if (concerned.length === 0) return;
      for (const watcher of concerned) watcher.awaitSnapshot();
      try {
        const snapshot = await reads.snapshot(accountId, generationId);
        tries.delete(key);
        if (snapshot === undefined) return concerned.forEach((watcher) => watcher.end());
        const event = liveEvent('snapshot', snapshot);
        watchers.note(accountId, event);
        for (const watcher of concerned) watcher.deliver(event);
      } catch (error) {
        const failed = (tries.get(key) ?? 0) + 1;
        tries.set(key, failed);
        log.warn({ err: error, failed }, 'a snapshot could not be read');
        if (failed < SNAPSHOT_TRIES) {
          setTimeout(() => refresh(key), SNAPSHOT_RETRY_MS * failed * (0.5 + Math.random())).unref();
          return;
        }
        tries.delete(key);
        for (const watcher of concerned) watcher.end();
      }
    },
    { concurrency: READ_CONCURRENCY },
  );

  function refreshAccount(accountId: string): void {
    for (const watcher of watchers.of(accountId)) refresh([accountId, watcher.generationId].filter(Boolean).join('/'));
  }

  function unwatch(watcher: Watcher): void {
    watchers.remove(watcher);
    leaveSlot.get(watcher)?.();
    leaveSlot.delete(watcher);
  }

  function beat(): void {
    for (const watcher of watchers.all()) watcher.heartbeat();
    heartbeat = watchers.count() === 0 ? undefined : setTimeout(beat, SSE_HEARTBEAT_MS).unref();
  }

  return {
    async watch(input, open) {
      if (closed) throw new ApiProblem('unavailable', { retryAfterSeconds: CLOSED_RETRY_SECONDS });
      const watcher = createWatcher(input);
      watchers.add(watcher);
      heartbeat ??= setTimeout(beat, SSE_HEARTBEAT_MS).unref();
      positions.forget(input.accountId);
      try {
        const leave = await slots.take(input.accountId);
        if (leave === undefined) throw tooManyStreams();
        leaveSlot.set(watcher, leave);
        const snapshot = await reads.snapshot(input.accountId, input.generationId);
        if (snapshot === undefined) throw notFound();
        const event = liveEvent('snapshot', snapshot);
        watchers.note(input.accountId, event);
        watcher.open(open(watcher), event);
      } catch (error) {
        unwatch(watcher);
        throw error;
      }
    },
    unwatch,
    changed(change) {
      if (change.channel === 'generation') positions.queueMoved();
      if (watchers.of(change.accountId).length === 0) return;
      // Rebuilt, so that one thing has one key whatever else its notification says.
      const { channel, accountId } = change;
      tell(JSON.stringify('id' in change ? { channel, accountId, id: change.id } : { channel, accountId }));
    },
    endAccount(accountId) {
      for (const watcher of watchers.of(accountId)) watcher.end();
    },
    refreshAll() {
      for (const accountId of watchers.accounts()) refreshAccount(accountId);
    },
    close() {
      closed = true;
      clearTimeout(heartbeat);
      positions.close();
      for (const watcher of watchers.all()) watcher.end();
    },
  };
}
