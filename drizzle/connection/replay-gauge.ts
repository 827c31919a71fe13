import type { Database } from './database.ts';

/** A replica that is further behind, ms, is not used. */
const MAX_STALENESS_MS = 10_000;
/** The replay position is read again after this, ms, and whenever it was not sufficient. */
const REFRESH_AFTER_MS = 1_000;

/** Tracks how much of its primary's WAL a replica has replayed. */
export interface ReplayGauge {
  /**
   * @param needed the WAL position that must be replayed
   * @param flushed the primary's current WAL position
   * @returns false also when the replica is more than {@link MAX_STALENESS_MS} behind
   * @throws when the replica can't be queried
   */
  hasReached(needed: bigint, flushed: bigint): Promise<boolean>;
}

export function createReplayGauge(replica: Database, now: () => number = () => performance.now()): ReplayGauge {
  let replayed = 0n;
  /** The replica has everything that was committed up to this time. */
  let freshAt = -Infinity;
  /** A past position of the primary: a replica that has replayed it is as fresh as its time. */
  let milestone: { readonly lsn: bigint; readonly at: number } | undefined;
  let refreshing: Promise<void> | undefined;

  async function refresh(flushed: bigint): Promise<void> {
    const at = now();
    const [row] = await replica.callOnce<{ lsn: string }>('replica.replayed', REPLAYED, []);
    replayed = BigInt(row?.lsn ?? 0);
    if (milestone !== undefined && replayed >= milestone.lsn) {
      freshAt = milestone.at;
      milestone = undefined;
    }
    if (replayed >= flushed) freshAt = at;
    else milestone ??= { lsn: flushed, at };
  }

  return {
    async hasReached(needed, flushed) {
      if (replayed < needed || now() - freshAt > REFRESH_AFTER_MS) {
        refreshing ??= refresh(flushed).finally(() => {
          refreshing = undefined;
        });
        await refreshing;
      }
      return replayed >= needed && now() - freshAt <= MAX_STALENESS_MS;
    },
  };
}

/** A server that replays nothing is not a standby and has everything. */
const REPLAYED = `SELECT (coalesce(pg_last_wal_replay_lsn(), 'FFFFFFFF/FFFFFFFF') - '0/0')::text AS lsn`;
