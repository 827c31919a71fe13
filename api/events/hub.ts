import type { Logger } from 'pino';
import type { EventData } from '#contract/events.ts';
import { ApiProblem, notFound } from '../problem.ts';
import { type AccountChanges, createChangesByAccount } from './account-changes.ts';
import type { StreamedChange } from './change-listener.ts';
import { createCoalescer } from './coalesce.ts';
import type { EventStream } from './event-stream.ts';
import { createHeartbeats } from './heartbeats.ts';
import { liveEvent, type LiveEvent } from './live-event.ts';
import { createQueuePositionsFeed, type QueuePositions } from './queue-positions-feed.ts';
import type { StreamSlots } from './stream-slots.ts';
import { createWatchers, tooManyStreams } from './watchers.ts';
import { createWatcher, type Subscription, type Watcher } from './watcher.ts';

/** Concurrent reads for streams: few enough to leave most of the connection pool to requests. */
const READ_CONCURRENCY = 4;
/** Changes that arrive within this time are read together, ms: those of one commit arrive at once, but perhaps in several packets. */
const GATHER_MS = 5;
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
  /** The events for an account's changes, read together. */
  changes(accountId: string, changes: AccountChanges): Promise<readonly LiveEvent[]>;
  positions(accountIds: readonly string[]): Promise<QueuePositions>;
}

export interface EventHub {
  /**
   * Watches until the stream closes, or the token expires: from then on, nothing is sent. Subscribes to changes before it reads the snapshot, so that none is missed in between.
   * @param open starts the stream once the snapshot has been read
   * @throws ApiProblem not_found when the account has no such generation; rate_limited; unavailable
   */
  watch(input: Subscription, open: (watcher: Watcher) => EventStream): Promise<void>;
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
  const heartbeats = createHeartbeats<Watcher>();
  let closed = false;

  /** The queue position in a generation may be a second old and arrive after a newer one, so the feed sends it again. */
  function sendToWatchers(accountId: string, event: LiveEvent): void {
    watchers.send(accountId, event);
    if (event.name !== 'generation' || event.data.queue === null) return;
    positions.forget(accountId);
    positions.queueMoved();
  }

  const changes = createChangesByAccount();
  const publish = createCoalescer(
    async (accountId) => {
      for (let drained = changes.drain(accountId); drained; drained = changes.drain(accountId)) {
        if (watchers.of(accountId).length > 0) await sendChanges(accountId, drained);
      }
    },
    { concurrency: READ_CONCURRENCY },
  );

  async function sendChanges(accountId: string, drained: AccountChanges): Promise<void> {
    try {
      for (const event of await reads.changes(accountId, drained)) sendToWatchers(accountId, event);
    } catch (error) {
      log.warn({ err: error }, 'changes could not be read; their streams get a new snapshot');
      refreshAccount(accountId);
    }
  }

  let gathering: NodeJS.Timeout | undefined;
  function publishSoon(): void {
    gathering ??= setTimeout(() => {
      gathering = undefined;
      for (const accountId of changes.accounts()) publish(accountId);
    }, GATHER_MS).unref();
  }

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
    heartbeats.remove(watcher);
    releaseSlots.get(watcher)?.();
    releaseSlots.delete(watcher);
  }

  return {
    async watch(input, open) {
      if (closed) throw new ApiProblem('unavailable', { retryAfterSeconds: CLOSED_RETRY_SECONDS });
      const watcher = createWatcher(input);
      watchers.add(watcher);
      heartbeats.add(watcher);
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
      changes.add(change);
      publishSoon();
    },
    endAccount(accountId) {
      for (const watcher of watchers.of(accountId)) watcher.end();
    },
    refreshAll() {
      for (const accountId of watchers.accounts()) refreshAccount(accountId);
    },
    close() {
      closed = true;
      heartbeats.close();
      clearTimeout(gathering);
      positions.close();
      for (const watcher of watchers.all()) watcher.end();
    },
  };
}
