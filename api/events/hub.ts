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

/** Concurrent reads for streams: few enough to leave most of the connection pool to requests. */
const READ_CONCURRENCY = 4;
/** Attempts to read a snapshot before its streams are ended and their clients reconnect. */
const SNAPSHOT_ATTEMPTS = 6;
const SNAPSHOT_RETRY_MS = 500;
/** By then another process, or this one's successor, accepts streams. */
const CLOSED_RETRY_SECONDS = 2;

/** The data that streams send, read from the primary. */
export interface LiveReads {
  /**
   * @param generationId limits the snapshot to this generation
   * @returns undefined when the account has no such generation
   */
  snapshot(accountId: string, generationId: string | undefined): Promise<EventData<'snapshot'> | undefined>;
  generation(accountId: string, generationId: string): Promise<Generation | undefined>;
  credits(accountId: string): Promise<Credits>;
  notification(accountId: string, notificationId: string): Promise<Notification | undefined>;
  /** Of the account's avatars with these ids. */
  marks(accountId: string, avatarIds: readonly string[]): Promise<EventData<'marks'>>;
  positions(accountIds: readonly string[]): Promise<QueuePositions>;
}

export interface EventHub {
  /**
   * Watches until the stream closes. Subscribes to changes before it reads the snapshot, so that none is missed in between.
   * @param open starts the stream once the snapshot has been read
   * @throws ApiProblem not_found when the account has no such generation; rate_limited; unavailable
   */
  watch(input: Pick<Watcher, 'accountId' | 'generationId'>, open: (watcher: Watcher) => EventStream): Promise<void>;
  unwatch(watcher: Watcher): void;
  changed(change: StreamedChange): void;
  /** Ends all streams of an erased account. */
  endAccount(accountId: string): void;
  /** Sends each stream a new snapshot, since notifications may have been missed. */
  refreshAll(): void;
  /** Ends every stream; clients reconnect elsewhere. */
  close(): void;
}

export interface EventHubDeps {
  readonly reads: LiveReads;
  readonly slots: Pick<StreamSlots, 'acquire'>;
  readonly log: Logger;
  readonly onCount: (streams: number) => void;
}

/** Turns changes into events for the accounts that have open streams. Reads nothing for other accounts. */
export function createEventHub({ reads, slots, log, onCount }: EventHubDeps): EventHub {
  const watchers = createWatchers(onCount);
  const releaseSlots = new Map<Watcher, () => void>();
  const positions = createQueuePositionsFeed({
    read: reads.positions,
    waitingAccounts: watchers.waitingAccounts,
    send: watchers.send,
    onError: (error) => log.warn({ err: error }, 'queue positions could not be read'),
  });
  let heartbeat: NodeJS.Timeout | undefined;
  let closed = false;

  /** Reads the event for a change; undefined when there is nothing to send. */
  async function read(change: StreamedChange): Promise<LiveEvent | undefined> {
    const { accountId } = change;
    if (change.channel === 'credits') return liveEvent('credits', await reads.credits(accountId));
    if (change.channel === 'marks') return liveEvent('marks', await reads.marks(accountId, change.ids));
    if (change.channel === 'notification') {
      const notification = await reads.notification(accountId, change.id);
      return notification && liveEvent('notification', notification);
    }
    const generation = await reads.generation(accountId, change.id);
    return generation && liveEvent('generation', generation);
  }

  /** The queue position in a generation may be a second old and arrive after a newer one, so the feed sends it again. */
  function sendToWatchers(accountId: string, event: LiveEvent): void {
    watchers.send(accountId, event);
    if (event.name !== 'generation' || event.data.queue === null) return;
    positions.forget(accountId);
    positions.queueMoved();
  }

  const publish = createCoalescer(
    async (key) => {
      const change = JSON.parse(key) as StreamedChange;
      try {
        const event = await read(change);
        if (event) sendToWatchers(change.accountId, event);
      } catch (error) {
        log.warn({ err: error, channel: change.channel }, 'a change could not be read; its streams get a new snapshot');
        refreshAccount(change.accountId);
      }
    },
    { concurrency: READ_CONCURRENCY },
  );

  const failedAttempts = new Map<string, number>();
  const refresh = createCoalescer(
    async (key) => {
      const [accountId, generationId] = key.split('/') as [string, string | undefined];
      const affected = watchers.of(accountId).filter((watcher) => watcher.generationId === generationId);
      if (affected.length === 0) return;
      for (const watcher of affected) watcher.awaitSnapshot();
      try {
        const snapshot = await reads.snapshot(accountId, generationId);
        failedAttempts.delete(key);
        if (snapshot === undefined) return affected.forEach((watcher) => watcher.end());
        const event = liveEvent('snapshot', snapshot);
        watchers.trackWaiting(accountId, event);
        for (const watcher of affected) watcher.deliver(event);
      } catch (error) {
        const failed = (failedAttempts.get(key) ?? 0) + 1;
        failedAttempts.set(key, failed);
        log.warn({ err: error, failed }, 'a snapshot could not be read');
        if (failed < SNAPSHOT_ATTEMPTS) {
          setTimeout(() => refresh(key), SNAPSHOT_RETRY_MS * failed * (0.5 + Math.random())).unref();
          return;
        }
        failedAttempts.delete(key);
        for (const watcher of affected) watcher.end();
      }
    },
    { concurrency: READ_CONCURRENCY },
  );

  function refreshAccount(accountId: string): void {
    for (const watcher of watchers.of(accountId)) refresh([accountId, watcher.generationId].filter(Boolean).join('/'));
  }

  function unwatch(watcher: Watcher): void {
    watchers.remove(watcher);
    releaseSlots.get(watcher)?.();
    releaseSlots.delete(watcher);
  }

  function sendHeartbeats(): void {
    for (const watcher of watchers.all()) watcher.heartbeat();
    heartbeat = watchers.count() === 0 ? undefined : setTimeout(sendHeartbeats, SSE_HEARTBEAT_MS).unref();
  }

  return {
    async watch(input, open) {
      if (closed) throw new ApiProblem('unavailable', { retryAfterSeconds: CLOSED_RETRY_SECONDS });
      const watcher = createWatcher(input);
      watchers.add(watcher);
      heartbeat ??= setTimeout(sendHeartbeats, SSE_HEARTBEAT_MS).unref();
      positions.forget(input.accountId);
      try {
        const releaseSlot = await slots.acquire(input.accountId);
        if (releaseSlot === undefined) throw tooManyStreams();
        releaseSlots.set(watcher, releaseSlot);
        const snapshot = await reads.snapshot(input.accountId, input.generationId);
        if (snapshot === undefined) throw notFound();
        const event = liveEvent('snapshot', snapshot);
        watchers.trackWaiting(input.accountId, event);
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
      publish(keyOf(change));
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

/** Rebuilt from these fields alone, so that further fields of a notification don't change it. */
function keyOf(change: StreamedChange): string {
  const { channel, accountId } = change;
  if (channel === 'credits') return JSON.stringify({ channel, accountId });
  return JSON.stringify(
    channel === 'marks' ? { channel, accountId, ids: change.ids } : { channel, accountId, id: change.id },
  );
}
