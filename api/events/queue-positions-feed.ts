import type { QueuePosition } from '#contract/generation.ts';
import type { LiveEvent } from './live-event.ts';
import { liveEvent } from './live-event.ts';

/** Positions change with every generation of any account; clients don't need them more often than this. */
const REFRESH_MS = 1_000;

/** By account id: its waiting generations and their queue positions. */
export type QueuePositions = ReadonlyMap<string, readonly { generationId: string; queue: QueuePosition }[]>;

export interface QueuePositionsFeedDeps {
  readonly read: (accountIds: readonly string[]) => Promise<QueuePositions>;
  /** Accounts that have an open stream and a waiting generation. */
  readonly waitingAccounts: () => string[];
  readonly send: (accountId: string, event: LiveEvent) => void;
  readonly onError: (error: unknown) => void;
}

export interface QueuePositionsFeed {
  /** Call when a generation entered, left or moved in the queue. */
  queueMoved(): void;
  /** Call when a stream opens: it has not received the positions that were sent before. */
  forget(accountId: string): void;
  close(): void;
}

/** Sends changed queue positions: at most once a second, only after the queue moved, only while a generation waits. */
export function createQueuePositionsFeed({
  read,
  waitingAccounts,
  send,
  onError,
}: QueuePositionsFeedDeps): QueuePositionsFeed {
  let timer: NodeJS.Timeout | undefined;
  let lastSent = new Map<string, string>();

  async function refresh(): Promise<void> {
    const accounts = waitingAccounts();
    const sent = new Map<string, string>();
    if (accounts.length > 0) {
      for (const [accountId, positions] of await read(accounts)) {
        const event = liveEvent('queue', { positions: [...positions] });
        sent.set(accountId, event.json);
        if (lastSent.get(accountId) !== event.json) send(accountId, event);
      }
    }
    lastSent = sent;
  }

  return {
    queueMoved() {
      timer ??= setTimeout(() => {
        timer = undefined;
        refresh().catch(onError);
      }, REFRESH_MS).unref();
    },
    forget: (accountId) => void lastSent.delete(accountId),
    close: () => clearTimeout(timer),
  };
}
