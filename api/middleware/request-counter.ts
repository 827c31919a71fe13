import {
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRes,
  type RateLimiterAbstract,
} from 'rate-limiter-flexible';
import type { Database } from '#drizzle/connection/database.ts';
import { PoolExhausted } from '#drizzle/connection/pool-exhausted.ts';

/** After a failure the store is not used for this long, so that not every request waits for it. */
const STORE_PAUSE_MS = 2_000;
const TABLE = 'rate_limits';

interface Counted {
  readonly allowed: boolean;
  readonly left: number;
  /** Until the window ends, rounded up. */
  readonly resetSeconds: number;
}

export interface Counter {
  readonly limit: number;
  /** @throws PoolExhausted: a request that gets no connection to be counted would get none for its work either */
  count(key: string, requests?: number): Promise<Counted>;
  /** The requests that are left, without counting one. */
  left(key: string): Promise<number>;
}

/** @param name separates the counter from others */
export type CreateCounter = (name: string, limit: number, windowSeconds: number) => Counter;

export interface RequestCounterDeps {
  readonly database: Pick<Database, 'callOnce'>;
  /** Called when the database fails to count. */
  readonly log: (error: unknown) => void;
}

/**
 * Counters in Postgres, one row and one statement per request, exact across all processes. While Postgres is unavailable each process
 * counts by itself, so that an outage of the limiter refuses nobody. A key that has used up its window is refused from memory.
 */
export function createRequestCounters({ database, log }: RequestCounterDeps): CreateCounter {
  let pausedUntil = 0;
  let hasCleanup = false;
  const storeClient = {
    async query({ name, text, values }: { name: string; text: string; values: unknown[] }) {
      const rows = await database.callOnce(name, text, values);
      return { rows, rowCount: rows.length };
    },
  };

  return (name, limit, windowSeconds) => {
    const options = { keyPrefix: name, points: limit, duration: windowSeconds };
    const memory = new RateLimiterMemory(options);
    const store = new RateLimiterPostgres({
      ...options,
      storeClient,
      storeType: 'client',
      tableName: TABLE,
      tableCreated: true,
      inMemoryBlockOnConsumed: limit,
      // All counters share a table: one of them deletes expired rows, every five minutes and one hour after they expire.
      clearExpiredByTimeout: !hasCleanup,
    });
    hasCleanup = true;

    async function inStore(key: string, requests: number): Promise<RateLimiterRes | undefined> {
      if (performance.now() < pausedUntil) return undefined;
      try {
        return await consume(store, key, requests);
      } catch (error) {
        if (error instanceof PoolExhausted) throw error;
        pausedUntil = performance.now() + STORE_PAUSE_MS;
        log(error);
        return undefined;
      }
    }

    return {
      limit,
      async count(key, requests = 1) {
        const result = (await inStore(key, requests)) ?? (await consume(memory, key, requests));
        const allowed = !(result instanceof Refused);
        const resetSeconds = Math.ceil(result.msBeforeNext / 1000);
        return { allowed, left: allowed ? result.remainingPoints : 0, resetSeconds };
      },
      async left(key) {
        const counted = await store.get(key).catch(() => memory.get(key));
        return Math.max(0, counted?.remainingPoints ?? limit);
      },
    };
  };
}

/** The library throws its result when nothing is left. */
class Refused extends RateLimiterRes {}

async function consume(limiter: RateLimiterAbstract, key: string, requests: number): Promise<RateLimiterRes> {
  try {
    return await limiter.consume(key, requests);
  } catch (refused) {
    if (refused instanceof RateLimiterRes) return new Refused(0, refused.msBeforeNext);
    throw refused;
  }
}
