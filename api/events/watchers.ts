import { ApiProblem } from '../problem.ts';
import type { LiveEvent } from './live-event.ts';
import type { Watcher } from './watcher.ts';

export const MAX_STREAMS_PER_ACCOUNT = 5;
/** Bounds this process's file descriptors and memory, some 8 KB a stream; other processes accept further streams. */
const MAX_STREAMS = 12_000;
const TOO_MANY_RETRY_SECONDS = 10;
/** Those that found this process full come back at different times. */
const FULL_RETRY_SPREAD_SECONDS = 20;

/** The open streams by account, and which of the account's generations wait in the queue. */
export interface Watchers {
  /** @throws ApiProblem rate_limited when the account has too many streams, unavailable when the process does */
  add(watcher: Watcher): void;
  remove(watcher: Watcher): void;
  of(accountId: string): readonly Watcher[];
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
  const accounts = new Map<string, readonly Watcher[]>();
  /** By account with a stream: ids of generations whose last sent status was `pending`. Most accounts have none. */
  const waiting = new Map<string, Set<string>>();
  let count = 0;

  function changeCount(by: 1 | -1): void {
    count += by;
    onCount(count);
  }

  function trackWaiting(accountId: string, event: LiveEvent): void {
    const generations =
      event.name === 'snapshot' ? event.data.generations : event.name === 'generation' ? [event.data] : undefined;
    if (generations === undefined || !accounts.has(accountId)) return;
    const ids = waiting.get(accountId) ?? new Set<string>();
    for (const { id, status } of generations) {
      if (status === 'pending') ids.add(id);
      else ids.delete(id);
    }
    if (ids.size > 0) waiting.set(accountId, ids);
    else waiting.delete(accountId);
  }

  const of = (accountId: string) => accounts.get(accountId) ?? [];

  return {
    add(watcher) {
      const open = of(watcher.accountId);
      if (open.length >= MAX_STREAMS_PER_ACCOUNT) throw tooManyStreams();
      if (count >= MAX_STREAMS) throw processIsFull();
      accounts.set(watcher.accountId, open.concat(watcher));
      changeCount(1);
    },
    remove(watcher) {
      const { accountId } = watcher;
      const open = of(accountId);
      const left = open.filter((other) => other !== watcher);
      if (left.length === open.length) return;
      changeCount(-1);
      if (left.length > 0) return void accounts.set(accountId, left);
      accounts.delete(accountId);
      waiting.delete(accountId);
    },
    of,
    all: () => [...accounts.values()].flat(),
    accounts: () => [...accounts.keys()],
    waitingAccounts: () => [...waiting.keys()],
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
