import type { Listening } from '#drizzle/connection/listen.ts';
import { MAX_STREAMS_PER_ACCOUNT } from './watchers.ts';

/** Limits an account's event streams across all API processes. */
export interface StreamSlots {
  /** @returns a function that releases the slot; undefined when all slots are taken, in this process or another */
  acquire(accountId: string): Promise<(() => void) | undefined>;
  /** Call when the database session was replaced: acquires the slots of open streams again, as far as possible. */
  reacquire(): void;
}

/**
 * Each slot is an advisory lock of the session that listens for changes: there is no row to renew or clean up, and the slots of a
 * process that dies are free at once. While there is no session, each process counts for itself.
 */
export function createStreamSlots(session: Pick<Listening, 'query'>): StreamSlots {
  const held = new Map<string, Set<number>>();

  /** @returns undefined when the database can't be reached */
  async function runLockQuery(statement: string, accountId: string, slot: number): Promise<boolean | undefined> {
    const rows = await session.query<{ done: boolean }>(statement, [accountId, slot]).catch(() => undefined);
    return rows?.[0]?.done;
  }

  function forget(accountId: string, slot: number): void {
    const slots = held.get(accountId);
    slots?.delete(slot);
    if (slots?.size === 0) held.delete(accountId);
  }

  return {
    async acquire(accountId) {
      for (let slot = 1; slot <= MAX_STREAMS_PER_ACCOUNT; slot += 1) {
        const slots = held.get(accountId) ?? new Set();
        if (slots.has(slot)) continue;
        // Marked before the query: a session may hold the same lock twice, so two streams of this process would both succeed.
        held.set(accountId, slots.add(slot));
        if ((await runLockQuery(LOCK, accountId, slot)) !== false) {
          return () => {
            forget(accountId, slot);
            void runLockQuery(UNLOCK, accountId, slot);
          };
        }
        forget(accountId, slot);
      }
      return undefined;
    },
    reacquire() {
      for (const [accountId, slots] of held) for (const slot of slots) void runLockQuery(LOCK, accountId, slot);
    },
  };
}

const KEY = `hashtextextended('event stream ' || $1, $2)`;
const LOCK = `SELECT pg_try_advisory_lock(${KEY}) AS done`;
const UNLOCK = `SELECT pg_advisory_unlock(${KEY}) AS done`;
