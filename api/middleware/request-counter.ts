import {
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRes,
  type RateLimiterAbstract,
} from 'rate-limiter-flexible';
import type { Database } from '#drizzle/connection/database.ts';
import { PoolExhausted } from '#drizzle/connection/pool-exhausted.ts';

/** A store that failed is left alone this long, ms, so that not every request waits for it. */
const STORE_AWAY_MS = 2_000;
const TABLE = 'rate_limits';

interface Counted {
  readonly allowed: boolean;
  readonly left: number;
  /** Until everything is allowed again, rounded up. */
  readonly resetSeconds: number;
}

export interface Counter {
  readonly limit: number;
  /** @throws PoolExhausted: whoever can't be counted for want of a connection would get none for their work either */
  count(who: string): Promise<Counted>;
  /** How many are left, without counting one. */
  left(who: string): Promise<number>;
}

/** @param name keeps counters apart */
export type CreateCounter = (name: string, limit: number, windowSeconds: number) => Counter;

export interface RequestCounterDeps {
  readonly database: Pick<Database, 'callOnce'>;
  /** Told when the database does not count. */
  readonly log: (error: unknown) => void;
}

/**
 * Counters in Postgres, one row and one statement a request, exact over all processes. While Postgres is away each process counts
 * for itself: a limit against accidents and greed must not shut everybody out. Who has used up a window is turned away from memory.
 */
export function createRequestCounters({ database, log }: RequestCounterDeps): CreateCounter {
  let awayUntil = 0;
  let tidies = false;
  const storeClient = {
    async query({ name, text, values }: { name: string; text: string; values: unknown[] }) {
      const rows = await database.callOnce(name, text, values);
      return { rows, rowCount: rows.length };
    },
  };

  return (name, limit, windowSeconds) => {
    const options = { keyPrefix: name, points: limit, duration: windowSeconds };
    const here = new RateLimiterMemory(options);
    const store = new RateLimiterPostgres({
      ...options,
      storeClient,
      storeType: 'client',
      tableName: TABLE,
      tableCreated: true,
      inMemoryBlockOnConsumed: limit,
      // All counters share a table; one of them removes what expired an hour ago, every five minutes.
      clearExpiredByTimeout: !tidies,
    });
    tidies = true;

    async function inStore(who: string): Promise<RateLimiterRes | undefined> {
      if (performance.now() < awayUntil) return undefined;
      try {
        return await consume(store, who);
      } catch (error) {
        if (error instanceof PoolExhausted) throw error;
        awayUntil = performance.now() + STORE_AWAY_MS;
        log(error);
        return undefined;
      }
    }

    return {
      limit,
      async count(who) {
        const result = (await inStore(who)) ?? (await consume(here, who));
        const allowed = !(result instanceof Refused);
        const resetSeconds = Math.ceil(result.msBeforeNext / 1000);
        return { allowed, left: allowed ? result.remainingPoints : 0, resetSeconds };
      },
      async left(who) {
        const known = await store.get(who).catch(() => here.get(who));
        return Math.max(0, known?.remainingPoints ?? limit);
      },
    };
  };
}

/** The library throws its own result when nothing is left. */
class Refused extends RateLimiterRes {}

async function consume(limiter: RateLimiterAbstract, who: string): Promise<RateLimiterRes> {
  try {
    return await limiter.consume(who);
  } catch (refused) {
    if (refused instanceof RateLimiterRes) return new Refused(0, refused.msBeforeNext);
    throw refused;
  }
}
