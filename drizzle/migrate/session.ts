import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { serverError } from '../connection/transient.ts';

/** One lock key for the whole project, so that concurrent processes migrate one after the other. */
const ADVISORY_LOCK = 4_820_711;
/** How long a process waits for another one to finish, ms. */
const ADVISORY_LOCK_WAIT_MS = 120_000;
const ADVISORY_LOCK_POLL_MS = 100;
/**
 * How long a statement waits for a lock on a table, ms. All later statements on the table wait behind it, so this is also how long
 * a migration can stop traffic at a time.
 */
const LOCK_TIMEOUT_MS = 2_000;
/** Pauses between attempts, ms: traffic flows meanwhile. The sum, four minutes, exceeds any statement of the application. */
const PAUSES_MS = [500, 1_000, 2_000, 4_000, 8_000, ...Array.from({ length: 15 }, () => 15_000)];
/** Timeout of one statement of a migration, ms: an index on a large table takes minutes. */
const STATEMENT_TIMEOUT_MS = 600_000;
const CONNECT_TIMEOUT_MS = 10_000;
/** lock_not_available, deadlock_detected */
const LOCK_FAILURES: ReadonlySet<string | undefined> = new Set(['55P03', '40P01']);

/** The only connection that migrates at a time. */
export interface Session {
  readonly client: pg.Client;
  /** Receives a sentence about anything that takes long or is left out. */
  readonly log: (message: string) => void;
}

/** Runs `work` while no other process migrates. @throws Error when another one does so for two minutes */
export async function withMigrationSession<Result>(
  ownerUrl: string,
  log: Session['log'],
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({
    connectionString: ownerUrl,
    application_name: 'avatar-studio migrate',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
  });
  await client.connect();
  try {
    await lockMigrations(client);
    return await work({ client, log });
  } finally {
    await client.end();
  }
}

/**
 * Takes the lock, which is released with the connection, also when this process dies. Asks for it again and again: a statement that
 * waits holds a snapshot, and CREATE INDEX CONCURRENTLY of the process that migrates would wait for its end: a deadlock.
 */
async function lockMigrations(client: pg.Client): Promise<void> {
  const untilMs = performance.now() + ADVISORY_LOCK_WAIT_MS;
  for (;;) {
    const { rows } = await client.query<{ locked: boolean }>('SELECT pg_try_advisory_lock($1) AS locked', [
      ADVISORY_LOCK,
    ]);
    if (rows[0]?.locked) return;
    if (performance.now() > untilMs) throw new Error('Another process has been migrating for two minutes');
    await sleep(ADVISORY_LOCK_POLL_MS);
  }
}

/**
 * Runs `work` in a transaction that waits two seconds at most for any lock, again and again while it doesn't get one.
 * @throws Error when it got none for several minutes
 */
export async function inTransaction(session: Session, what: string, work: () => Promise<void>): Promise<void> {
  const { client, log } = session;
  for (let attempt = 0; ; attempt += 1) {
    await client.query('BEGIN');
    try {
      await client.query(`SET LOCAL lock_timeout = ${LOCK_TIMEOUT_MS}`);
      await work();
      await client.query('COMMIT');
      return;
    } catch (error) {
      await client.query('ROLLBACK');
      const pause = PAUSES_MS[attempt];
      if (!LOCK_FAILURES.has(serverError(error)?.code)) throw error;
      if (pause === undefined) {
        throw new Error(`${what}: a table stayed locked; look for long transactions in pg_stat_activity`, {
          cause: error,
        });
      }
      log(`${what}: a table is locked; the next attempt is in ${pause / 1_000} s`);
      await sleep(pause);
    }
  }
}
