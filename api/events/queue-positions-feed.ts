import type { QueuePosition } from '#contract/generation.ts';
import type { LiveEvent } from './live-event.ts';
import { liveEvent } from './live-event.ts';

/** Places move with every generation of anybody; nobody needs them fresher than this. */
const REFRESH_MS = 1_000;

/** By account: its waiting generations and their places. */
export type QueuePositions = ReadonlyMap<string, readonly { generationId: string; queue: QueuePosition }[]>;

export interface QueuePositionsFeedDeps {
  readonly read: (accountIds: readonly string[]) => Promise<QueuePositions>;
  /** Accounts with somebody watching who has something waiting. */
  readonly waitingAccounts: () => string[];
  readonly send: (accountId: string, event: LiveEvent) => void;
  readonly onError: (error: unknown) => void;
}

export interface QueuePositionsFeed {
  /** The queue moved, or somebody new waits in it. */
  queueMoved(): void;
  /** Somebody new watches: what was sent to the account before says nothing about them. */
  forget(accountId: string): void;
  close(): void;
}

/** Tells watchers their new places: at most once a second, only after the queue moved, only while somebody waits. */
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
