import { setTimeout as sleep } from 'node:timers/promises';
import type { Listening } from '#drizzle/connection/listen.ts';
import { TooManyWaiting } from './account-turns.ts';

/** A decode takes half a second, and at most ten. */
const POLL_EVERY_MS = 100;
/** An upload's response must come before common proxies give up. */
const WAIT_MAX_MS = 30_000;

/** What an account's images are decoded for. Each has turns of its own, so that a gallery of downloads delays no upload. */
export type DecodePurpose = 'upload' | 'conversion';

/** Does work while no other API process decodes for the account and the same purpose. @throws TooManyWaiting when another one never ends */
export type DecodeTurns = <Result>(accountId: string, work: () => Promise<Result>) => Promise<Result>;

/**
 * Each turn is an advisory lock of the session that listens for changes: a process that dies frees it. Few are held at a time. While there is no session, each process counts for itself. Within a process, an account's work must come one after another.
 */
export function createDecodeTurns(
  session: Pick<Listening, 'query'>,
  purpose: DecodePurpose,
  waitMaxMs = WAIT_MAX_MS,
): DecodeTurns {
  /** @returns undefined when the database can't be reached */
  async function runLockQuery(statement: string, accountId: string): Promise<boolean | undefined> {
    const rows = await session.query<{ done: boolean }>(statement, [`${purpose} ${accountId}`]).catch(() => undefined);
    return rows?.[0]?.done;
  }

  return async (accountId, work) => {
    const latest = performance.now() + waitMaxMs;
    let locked = await runLockQuery(LOCK, accountId);
    while (locked === false) {
      if (performance.now() > latest) throw new TooManyWaiting('Another process decodes for this account');
      await sleep(POLL_EVERY_MS);
      locked = await runLockQuery(LOCK, accountId);
    }
    try {
      return await work();
    } finally {
      if (locked) void runLockQuery(UNLOCK, accountId);
    }
  };
}

const KEY = `hashtextextended('decode ' || $1, 0)`;
const LOCK = `SELECT pg_try_advisory_lock(${KEY}) AS done`;
const UNLOCK = `SELECT pg_advisory_unlock(${KEY}) AS done`;
