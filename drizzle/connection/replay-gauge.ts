import type { Database } from './database.ts';

/** A replica that is further behind, ms, answers nothing. */
const MAX_STALENESS_MS = 10_000;
/** How far it is, is asked again after this, ms, and whenever it was not far enough. */
const ASK_AGAIN_AFTER_MS = 1_000;

/** How far a replica has followed its primary. */
export interface ReplayGauge {
  /**
   * @param needed the place in the primary's log that must be there
   * @param flushed where the primary is at this moment
   * @returns false also when the replica has fallen behind altogether
   * @throws when the replica can't be asked
   */
  hasReached(needed: bigint, flushed: bigint): Promise<boolean>;
}

export function createReplayGauge(replica: Database, now: () => number = () => performance.now()): ReplayGauge {
  let replayed = 0n;
  /** The replica shows everything up to this time. */
  let freshAt = -Infinity;
  /** Where the primary was once; when the replica gets there, it is as fresh as that. */
  let milestone: { readonly lsn: bigint; readonly at: number } | undefined;
  let asking: Promise<void> | undefined;

  async function ask(flushed: bigint): Promise<void> {
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
      if (replayed < needed || now() - freshAt > ASK_AGAIN_AFTER_MS) {
        asking ??= ask(flushed).finally(() => {
          asking = undefined;
        });
        await asking;
      }
      return replayed >= needed && now() - freshAt <= MAX_STALENESS_MS;
    },
  };
}

/** A server that replays nothing is no standby: it has everything. */
const REPLAYED = `SELECT (coalesce(pg_last_wal_replay_lsn(), 'FFFFFFFF/FFFFFFFF') - '0/0')::text AS lsn`;
