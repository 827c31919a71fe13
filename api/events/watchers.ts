import { ApiProblem } from '../problem.ts';
import type { LiveEvent } from './live-event.ts';
import type { Watcher } from './watcher.ts';

export const MAX_STREAMS_PER_ACCOUNT = 5;
/** File descriptors and memory are finite; another process takes the rest. */
const MAX_STREAMS = 5_000;
const TOO_MANY_RETRY_SECONDS = 10;

interface WatchedAccount {
  readonly watchers: Set<Watcher>;
  /** Generations that were `pending` when last told. */
  readonly waiting: Set<string>;
}

/** Who watches, by account, and which of their generations wait in the queue. */
export interface Watchers {
  /** @throws ApiProblem rate_limited when the account, unavailable when the process has too many */
  add(watcher: Watcher): void;
  remove(watcher: Watcher): void;
  of(accountId: string): Watcher[];
  all(): Watcher[];
  accounts(): string[];
  waitingAccounts(): string[];
  count(): number;
  /** To all of an account. */
  send(accountId: string, event: LiveEvent): void;
  /** Remembers who waits, so that the queue is only asked about for them. */
  note(accountId: string, event: LiveEvent): void;
}

export function createWatchers(onCount: (streams: number) => void): Watchers {
  const accounts = new Map<string, WatchedAccount>();
  let count = 0;

  function changeCount(by: 1 | -1): void {
    count += by;
    onCount(count);
  }

  function note(accountId: string, event: LiveEvent): void {
    const waiting = accounts.get(accountId)?.waiting;
    if (waiting === undefined) return;
    const told =
      event.name === 'snapshot' ? event.data.generations : event.name === 'generation' ? [event.data] : undefined;
    for (const { id, status } of told ?? []) {
      if (status === 'pending') waiting.add(id);
      else waiting.delete(id);
    }
  }

  const of = (accountId: string) => [...(accounts.get(accountId)?.watchers ?? [])];

  return {
    add(watcher) {
      const account = accounts.get(watcher.accountId) ?? { watchers: new Set(), waiting: new Set() };
      if (account.watchers.size >= MAX_STREAMS_PER_ACCOUNT) throw tooManyStreams();
      if (count >= MAX_STREAMS) throw new ApiProblem('unavailable', { retryAfterSeconds: TOO_MANY_RETRY_SECONDS });
      account.watchers.add(watcher);
      accounts.set(watcher.accountId, account);
      changeCount(1);
    },
    remove(watcher) {
      const account = accounts.get(watcher.accountId);
      if (!account?.watchers.delete(watcher)) return;
      if (account.watchers.size === 0) accounts.delete(watcher.accountId);
      changeCount(-1);
    },
    of,
    all: () => [...accounts.values()].flatMap(({ watchers }) => [...watchers]),
    accounts: () => [...accounts.keys()],
    waitingAccounts: () => [...accounts].filter(([, { waiting }]) => waiting.size > 0).map(([accountId]) => accountId),
    count: () => count,
    send(accountId, event) {
      note(accountId, event);
      for (const watcher of of(accountId)) watcher.deliver(event);
    },
    note,
  };
}

export function tooManyStreams(): ApiProblem {
  const detail = `At most ${MAX_STREAMS_PER_ACCOUNT} event streams at once`;
  return new ApiProblem('rate_limited', { detail, retryAfterSeconds: TOO_MANY_RETRY_SECONDS });
}
