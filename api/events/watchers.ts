import { ApiProblem } from '../problem.ts';
import type { LiveEvent } from './live-event.ts';
import type { Watcher } from './watcher.ts';

export const MAX_STREAMS_PER_ACCOUNT = 5;
/** Bounds this process's file descriptors and memory, some 20 KB a stream; other processes accept further streams. */
const MAX_STREAMS = 12_000;
const TOO_MANY_RETRY_SECONDS = 10;
/** Those that found this process full come back at different times. */
const FULL_RETRY_SPREAD_SECONDS = 20;

interface WatchedAccount {
  readonly watchers: Set<Watcher>;
  /** Ids of generations whose last sent status was `pending`. */
  readonly waiting: Set<string>;
}

/** The open streams by account, and which of the account's generations wait in the queue. */
export interface Watchers {
  /** @throws ApiProblem rate_limited when the account has too many streams, unavailable when the process does */
  add(watcher: Watcher): void;
  remove(watcher: Watcher): void;
  of(accountId: string): Watcher[];
  all(): Watcher[];
  accounts(): string[];
  waitingAccounts(): string[];
  count(): number;
  /** Sends an event to all streams of an account. */
  send(accountId: string, event: LiveEvent): void;
  /** Records which generations wait, so that queue positions are read only for their accounts. */
  trackWaiting(accountId: string, event: LiveEvent): void;
}

export function createWatchers(onCount: (streams: number) => void): Watchers {
  const accounts = new Map<string, WatchedAccount>();
  let count = 0;

  function changeCount(by: 1 | -1): void {
    count += by;
    onCount(count);
  }

  function trackWaiting(accountId: string, event: LiveEvent): void {
    const waiting = accounts.get(accountId)?.waiting;
    if (waiting === undefined) return;
    const generations =
      event.name === 'snapshot' ? event.data.generations : event.name === 'generation' ? [event.data] : undefined;
    for (const { id, status } of generations ?? []) {
      if (status === 'pending') waiting.add(id);
      else waiting.delete(id);
    }
  }

  const of = (accountId: string) => [...(accounts.get(accountId)?.watchers ?? [])];

  return {
    add(watcher) {
      const account = accounts.get(watcher.accountId) ?? { watchers: new Set(), waiting: new Set() };
      if (account.watchers.size >= MAX_STREAMS_PER_ACCOUNT) throw tooManyStreams();
      if (count >= MAX_STREAMS) throw processIsFull();
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
    waitingAccounts() {
      const waiting: string[] = [];
      for (const [accountId, account] of accounts) if (account.waiting.size > 0) waiting.push(accountId);
      return waiting;
    },
    count: () => count,
    send(accountId, event) {
      trackWaiting(accountId, event);
      for (const watcher of of(accountId)) watcher.deliver(event);
    },
    trackWaiting,
  };
}

function processIsFull(): ApiProblem {
  const retryAfterSeconds = TOO_MANY_RETRY_SECONDS + Math.floor(Math.random() * FULL_RETRY_SPREAD_SECONDS);
  return new ApiProblem('unavailable', { retryAfterSeconds });
}

export function tooManyStreams(): ApiProblem {
  const detail = `An account can have at most ${MAX_STREAMS_PER_ACCOUNT} open event streams. Close one and try again`;
  return new ApiProblem('rate_limited', { detail, retryAfterSeconds: TOO_MANY_RETRY_SECONDS });
}
