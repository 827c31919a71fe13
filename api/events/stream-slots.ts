import type { Listening } from '#drizzle/connection/listen.ts';
import { MAX_STREAMS_PER_ACCOUNT } from './watchers.ts';

/** The places that an account's event streams take, counted over all API processes. */
export interface StreamSlots {
  /** @returns gives the place back; undefined when all are taken, here or elsewhere */
  take(accountId: string): Promise<(() => void) | undefined>;
  /** The session is another one: takes again, as far as possible, what its streams have. */
  takeAgain(): void;
}

/**
 * Each place is an advisory lock of the session that listens for changes: no row to renew or to tidy up, and a process that dies gives
 * all of its places back at once. While there is no session each process counts for itself.
 */
export function createStreamSlots(session: Pick<Listening, 'query'>): StreamSlots {
  const taken = new Map<string, Set<number>>();

  /** @returns undefined when nobody can tell */
  async function ask(statement: string, accountId: string, slot: number): Promise<boolean | undefined> {
    const rows = await session.query<{ done: boolean }>(statement, [accountId, slot]).catch(() => undefined);
    return rows?.[0]?.done;
  }

  function forget(accountId: string, slot: number): void {
    const mine = taken.get(accountId);
    mine?.delete(slot);
    if (mine?.size === 0) taken.delete(accountId);
  }

  return {
    async take(accountId) {
      for (let slot = 1; slot <= MAX_STREAMS_PER_ACCOUNT; slot += 1) {
        const mine = taken.get(accountId) ?? new Set();
        if (mine.has(slot)) continue;
        // Before asking: a session may lock the same thing twice, so two of our own would both be told yes.
        taken.set(accountId, mine.add(slot));
        if ((await ask(LOCK, accountId, slot)) !== false) {
          return () => {
            forget(accountId, slot);
            void ask(UNLOCK, accountId, slot);
          };
        }
        forget(accountId, slot);
      }
      return undefined;
    },
    takeAgain() {
      for (const [accountId, slots] of taken) for (const slot of slots) void ask(LOCK, accountId, slot);
    },
  };
}

const KEY = `hashtextextended('event stream ' || $1, $2)`;
const LOCK = `SELECT pg_try_advisory_lock(${KEY}) AS done`;
const UNLOCK = `SELECT pg_advisory_unlock(${KEY}) AS done`;
