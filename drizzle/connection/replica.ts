import { AsyncLocalStorage } from 'node:async_hooks';
import { LRUCache } from 'lru-cache';
import type { Database } from './database.ts';
import { createReplayGauge } from './replay-gauge.ts';
import { isReadOnly, isTransient } from './transient.ts';

/** A replica that failed is left alone this long, ms, so that not every read finds out anew. */
const AWAY_MS = 5_000;
/** Accounts whose last change was heard of; the others' is in the table, or so old that every replica has it. */
const HEARD_MAX = 10_000;

/** A place in the primary's log that a replica must have reached; undefined: not looked up yet. */
interface Mark {
  lsn: bigint | undefined;
}

/** Reads that a replica may answer, without anybody missing what they did themselves. */
export interface Replicated {
  /** Statements go to the replica inside {@link Replicated.read}, to the primary everywhere else. */
  readonly database: Database;
  /**
   * Runs a read on the replica if it has everything the account has done or was told of, else on the primary; also when the replica
   * fails in the middle.
   * @param accountId undefined for what concerns nobody in particular: it may be some seconds old
   * @param work has no effects, as it may run twice
   */
  read<Result>(accountId: string | undefined, work: () => Promise<Result>): Promise<Result>;
  /** To be awaited after a write and before its answer: later reads of the account, by any process, see it. */
  wrote(accountId: string): Promise<void>;
  /** A change of the account was announced. */
  heard(accountId: string): void;
  /** Announcements may have been missed. */
  missedSome(): void;
}

export interface ReplicaDeps {
  readonly primary: Database;
  /** Undefined: the primary answers everything. */
  readonly replica: Database | undefined;
  /** Told when the replica failed. */
  readonly log: (error: unknown) => void;
}

export function createReplicated({ primary, replica, log }: ReplicaDeps): Replicated {
  return replica === undefined ? alone(primary) : together({ primary, replica, log });
}

function alone(primary: Database): Replicated {
  return {
    database: primary,
    read: (_accountId, work) => work(),
    wrote: async () => undefined,
    heard: () => undefined,
    missedSome: () => undefined,
  };
}

function together({ primary, replica, log }: ReplicaDeps & { readonly replica: Database }): Replicated {
  const where = new AsyncLocalStorage<Database>();
  const current = () => where.getStore() ?? primary;
  const gauge = createReplayGauge(replica);
  /** What each account was told of. */
  const told = new LRUCache<string, Mark>({ max: HEARD_MAX });
  /** What everybody may have been told of; at the start nobody knows. */
  let floor: Mark = { lsn: undefined };
  let awayUntil = 0;

  /** @returns false also when the replica can't be asked */
  async function hasAll(accountId: string | undefined): Promise<boolean> {
    if (performance.now() < awayUntil) return false;
    // Taken before the primary is asked: what is announced in between needs a later place than this answer.
    const marks = [floor, ...(accountId === undefined ? [] : [told.get(accountId) ?? []])].flat();
    const { flushed, wrote } = await placesOf(primary, accountId);
    for (const mark of marks) mark.lsn ??= flushed;
    const needed = marks.reduce((most, { lsn = 0n }) => (lsn > most ? lsn : most), wrote);
    try {
      return await gauge.hasReached(needed, flushed);
    } catch (error) {
      leaveAlone(error);
      return false;
    }
  }

  function heard(accountId: string): void {
    told.set(accountId, { lsn: undefined });
  }

  function leaveAlone(error: unknown): void {
    awayUntil = performance.now() + AWAY_MS;
    log(error);
  }

  return {
    database: {
      get db() {
        return current().db;
      },
      call: (...statement) => current().call(...statement),
      callOnce: (...statement) => current().callOnce(...statement),
      ping: () => primary.ping(),
      load: () => primary.load(),
      close: () => primary.close(),
    },
    async read(accountId, work) {
      if (!(await hasAll(accountId))) return work();
      try {
        return await where.run(replica, work);
      } catch (error) {
        // A standby refuses to write, which a read should not have tried.
        if (!isTransient(error) && !isReadOnly(error)) throw error;
        leaveAlone(error);
        return work();
      }
    },
    async wrote(accountId) {
      try {
        await primary.callOnce('replica.wrote', MARK_WRITE, [accountId]);
      } catch (error) {
        // The write itself is done and must be answered; at least this process knows.
        log(error);
        heard(accountId);
      }
    },
    heard,
    missedSome() {
      floor = { lsn: undefined };
    },
  };
}

const MARK_WRITE = `INSERT INTO account_writes AS w (account_id, lsn) VALUES ($1, pg_current_wal_insert_lsn())
  ON CONFLICT (account_id) DO UPDATE SET lsn = greatest(w.lsn, excluded.lsn)`;
/** What is flushed is committed and on its way; distances from zero are numbers that can be compared. */
const READ_MARKS = `SELECT (pg_current_wal_flush_lsn() - '0/0')::text AS flushed,
  (SELECT (lsn - '0/0')::text FROM account_writes WHERE account_id = $1) AS wrote`;

async function placesOf(primary: Database, accountId: string | undefined): Promise<{ flushed: bigint; wrote: bigint }> {
  const [row] = await primary.call<{ flushed: string; wrote: string | null }>('replica.marks', READ_MARKS, [
    accountId ?? null,
  ]);
  return { flushed: BigInt(row?.flushed ?? 0), wrote: BigInt(row?.wrote ?? 0) };
}
