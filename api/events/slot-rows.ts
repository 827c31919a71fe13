import type { Listening } from '#drizzle/connection/listen.ts';

/** Rows of processes that died long ago; more of them are removed when the next session begins. */
const SWEEP_MAX = 50_000;

export interface SlotRow {
  readonly accountId: string;
  /** From 1. */
  readonly slot: number;
}

/** A slot that was free when the statement began. */
export interface FreeSlot extends SlotRow {
  /** Whether it is this session's now; otherwise another process was faster. */
  readonly acquired: boolean;
}

/** The table `stream_slots`: a row counts while the session that inserted it is connected, and holds the lock that the row names. */
export interface SlotRows {
  /**
   * Locks the key for the session, and removes the rows of sessions that have ended.
   * @param endedKeys of this process's earlier sessions: the server may not know yet that they have ended
   * @returns whether rows with this key count from now on
   */
  begin(key: string, endedKeys: readonly string[]): Promise<boolean>;
  /**
   * @param wanted how many slots, by account
   * @param limit slots of an account
   * @returns the free ones, as many as were wanted at most; undefined when the database can't be reached
   */
  acquire(key: string, wanted: ReadonlyMap<string, number>, limit: number): Promise<readonly FreeSlot[] | undefined>;
  /** @returns undefined when the database can't be reached */
  release(key: string, slots: readonly SlotRow[]): Promise<unknown>;
}

/** @param session in which the rows' lock is held */
export function createSlotRows(session: Pick<Listening, 'query'>): SlotRows {
  async function query<Row extends object>(text: string, values: readonly unknown[]): Promise<Row[] | undefined> {
    return session.query<Row & Record<string, unknown>>(text, values).catch(() => undefined);
  }

  return {
    async begin(key, endedKeys) {
      const rows = await query<{ locked: boolean }>('SELECT pg_try_advisory_lock($1) AS locked', [key]);
      if (rows?.[0]?.locked !== true) return false;
      // Only tidies up: rows of ended sessions count no more.
      await query(SWEEP, [endedKeys, SWEEP_MAX]);
      return true;
    },
    acquire: (key, wanted, limit) => query(ACQUIRE, [key, [...wanted.keys()], [...wanted.values()], limit]),
    release: (key, slots) =>
      query(RELEASE, [key, slots.map(({ accountId }) => accountId), slots.map(({ slot }) => slot)]),
  };
}

// The shared lock of a key can be had once the session that holds it exclusively has ended. Whoever tries holds it until the statement
// ends, which disturbs nobody: no session uses a key of another. As an array, the ended sessions are found once, whatever Postgres
// expects of the table; joined to it, they were found again for each of its rows.
const SWEEP = `DELETE FROM stream_slots WHERE ctid = ANY (ARRAY(
  SELECT ctid FROM stream_slots WHERE session = ANY (ARRAY(
    SELECT session FROM (SELECT DISTINCT session FROM stream_slots) AS sessions
    WHERE session = ANY ($1::bigint[]) OR pg_try_advisory_xact_lock_shared(session)))
  LIMIT $2 FOR UPDATE SKIP LOCKED))`;

// Rows are locked in the order of their key, here and in RELEASE, so that two processes never wait for each other.
const ACQUIRE = `WITH free AS MATERIALIZED (
    SELECT account_id, slot FROM unnest($2::uuid[], $3::int[]) AS wanted (account_id, slots)
      CROSS JOIN LATERAL (
        SELECT slot FROM generate_series(1, $4::int) AS numbers (slot)
        WHERE NOT EXISTS (
          SELECT FROM stream_slots AS held WHERE held.account_id = wanted.account_id AND held.slot = numbers.slot
            AND (held.session = $1::bigint OR NOT pg_try_advisory_xact_lock_shared(held.session)))
        ORDER BY slot LIMIT wanted.slots) AS free_slot),
  acquired AS (
    INSERT INTO stream_slots AS held (account_id, slot, session)
      SELECT account_id, slot, $1::bigint FROM free ORDER BY account_id, slot
      ON CONFLICT (account_id, slot) DO UPDATE SET session = excluded.session
        WHERE held.session <> excluded.session AND pg_try_advisory_xact_lock_shared(held.session)
      RETURNING account_id, slot)
  SELECT account_id AS "accountId", slot, acquired.slot IS NOT NULL AS acquired
    FROM free LEFT JOIN acquired USING (account_id, slot) ORDER BY account_id, slot`;

const RELEASE = `DELETE FROM stream_slots WHERE ctid = ANY (ARRAY(
  SELECT held.ctid FROM stream_slots AS held JOIN unnest($2::uuid[], $3::int[]) AS released (account_id, slot) USING (account_id, slot)
  WHERE held.session = $1 ORDER BY account_id, slot FOR UPDATE OF held))`;
