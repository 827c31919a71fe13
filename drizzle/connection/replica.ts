import { AsyncLocalStorage } from 'node:async_hooks';
import { LRUCache } from 'lru-cache';
import type { Database } from './database.ts';
import { createReplayGauge } from './replay-gauge.ts';
import { isReadOnly, isTransient } from './transient.ts';

/** A replica that failed is not used for this long, ms, so that not every read runs into the failure. */
const FAILED_FOR_MS = 5_000;
/** Accounts whose announced changes are tracked. The others' are in the table, or so old that every replica has them. */
const TRACKED_ACCOUNTS_MAX = 10_000;

/** A WAL position that a replica must have replayed; undefined: not read yet. */
interface Mark {
  lsn: bigint | undefined;
}

/** Reads from a replica that still see the account's own writes. */
export interface Replicated {
  /** Sends statements to the replica inside {@link Replicated.read}, to the primary everywhere else. */
  readonly database: Database;
  /**
   * Runs a read on the replica if that has everything the account wrote or was notified of, else on the primary. Falls back to the
   * primary when the replica fails.
   * @param accountId undefined for data of no particular account, which may be some seconds old
   * @param work must have no side effects, because it may run twice
   */
  read<Result>(accountId: string | undefined, work: () => Promise<Result>): Promise<Result>;
  /** Await this after a write and before its response: then later reads of the account, by any process, see the write. */
  accountWritten(accountId: string): Promise<void>;
  /** Call this when a change of the account was announced. */
  accountChanged(accountId: string): void;
  /** Call this when announcements may have been missed. */
  changesMissed(): void;
}

export interface ReplicaDeps {
  readonly primary: Database;
  /** Undefined: the primary serves all reads. */
  readonly replica: Database | undefined;
  /** Called when the replica failed. */
  readonly log: (error: unknown) => void;
}

export function createReplicated({ primary, replica, log }: ReplicaDeps): Replicated {
  return replica === undefined ? withoutReplica(primary) : withReplica({ primary, replica, log });
}

function withoutReplica(primary: Database): Replicated {
  return {
    database: primary,
    read: (_accountId, work) => work(),
    accountWritten: async () => undefined,
    accountChanged: () => undefined,
    changesMissed: () => undefined,
  };
}

function withReplica({ primary, replica, log }: ReplicaDeps & { readonly replica: Database }): Replicated {
  const target = new AsyncLocalStorage<Database>();
  const current = () => target.getStore() ?? primary;
  const gauge = createReplayGauge(replica);
  /** What must be replayed for each account with announced changes. */
  const marks = new LRUCache<string, Mark>({ max: TRACKED_ACCOUNTS_MAX });
  /** What must be replayed for every account; at the start it is unknown which changes were announced. */
  let commonMark: Mark = { lsn: undefined };
  let failedUntil = 0;

  /** @returns false also when the replica can't be queried */
  async function hasAll(accountId: string | undefined): Promise<boolean> {
    if (performance.now() < failedUntil) return false;
    // Collected before the primary is queried: a change announced in between needs a later position than this one.
    const required = [commonMark, ...(accountId === undefined ? [] : [marks.get(accountId) ?? []])].flat();
    const { flushed, written } = await readPositions(primary, accountId);
    for (const mark of required) mark.lsn ??= flushed;
    const needed = required.reduce((most, { lsn = 0n }) => (lsn > most ? lsn : most), written);
    try {
      return await gauge.hasReached(needed, flushed);
    } catch (error) {
      markFailed(error);
      return false;
    }
  }

  function accountChanged(accountId: string): void {
    marks.set(accountId, { lsn: undefined });
  }

  function markFailed(error: unknown): void {
    failedUntil = performance.now() + FAILED_FOR_MS;
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
        return await target.run(replica, work);
      } catch (error) {
        // isReadOnly: the work tried to write, which a read should not.
        if (!isTransient(error) && !isReadOnly(error)) throw error;
        markFailed(error);
        return work();
      }
    },
    async accountWritten(accountId) {
      try {
        await primary.callOnce('replica.markWrite', MARK_WRITE, [accountId]);
      } catch (error) {
        // The write is committed and its response must be sent; at least this process takes it into account.
        log(error);
        accountChanged(accountId);
      }
    },
    accountChanged,
    changesMissed() {
      commonMark = { lsn: undefined };
    },
  };
}

const MARK_WRITE = `INSERT INTO account_writes AS w (account_id, lsn) VALUES ($1, pg_current_wal_insert_lsn())
  ON CONFLICT (account_id) DO UPDATE SET lsn = greatest(w.lsn, excluded.lsn)`;
/** What is flushed is committed and being replicated. Distances from zero are comparable numbers. */
const READ_POSITIONS = `SELECT (pg_current_wal_flush_lsn() - '0/0')::text AS flushed,
  (SELECT (lsn - '0/0')::text FROM account_writes WHERE account_id = $1) AS written`;

async function readPositions(
  primary: Database,
  accountId: string | undefined,
): Promise<{ flushed: bigint; written: bigint }> {
  const [row] = await primary.call<{ flushed: string; written: string | null }>('replica.positions', READ_POSITIONS, [
    accountId ?? null,
  ]);
  return { flushed: BigInt(row?.flushed ?? 0), written: BigInt(row?.written ?? 0) };
}
