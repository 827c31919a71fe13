import { setTimeout as sleep } from 'node:timers/promises';
import { DrizzleQueryError } from '../orm.ts';
import pg from 'pg';
import { PoolExhausted } from './pool-exhausted.ts';
import { ReadOnlyServer } from './read-only-server.ts';

/** Attempts for one statement. */
const ATTEMPTS = 6;
/** Before the second attempt, ms; doubles each time, with jitter. */
const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 1_000;
/** No further attempt starts after this, ms. Callers that can wait longer (activities) have their own retries. */
const BUDGET_MS = 5_000;

/** When the same statement may be run again: `at_once`; `later`, by the activity or caller; or `never`, because it is refused. */
type Retry = 'at_once' | 'later' | 'never';

/**
 * By SQLSTATE, else by its class. A code that is not listed is retried later: a useless retry costs minutes, giving up costs a
 * paid image. Of a class that is mostly refused, only the temporary codes are listed.
 */
const RETRIES: Readonly<Record<string, Retry>> = {
  '08': 'at_once', // connection exceptions
  '40001': 'at_once', // serialization
  '40P01': 'at_once', // deadlock
  '53300': 'at_once', // too many connections
  '57P01': 'at_once', // the server stops or starts: terminated by an administrator,
  '57P02': 'at_once', // … by a crash,
  '57P03': 'at_once', // … starting up,
  '57P05': 'at_once', // … ended as idle
  '26000': 'at_once', // a prepared statement that the session does not have
  XX000: 'at_once', // multixact errors (PostgreSQL 18.4)
  '25': 'later', // a read-only transaction (a demoted primary), a transaction's own timeouts
  '53': 'later', // disk, memory
  '55': 'later', // a lock that was not available in time
  '57': 'later', // cancelled: our statement timeout, or an operator
  '58': 'later', // the system under the server: its files
  '0A': 'never', // not supported
  '20': 'never', // no such case
  '21': 'never', // more than one row
  '22': 'never', // data
  '23': 'never', // constraints
  '27': 'never', // triggers
  '2F': 'never', // routines
  '38': 'never',
  '39': 'never',
  '42': 'never', // syntax, names, privileges
  '44': 'never', // a view's check
  '54': 'never', // too large for the server
  P0: 'never', // raised by a function of ours
};
/** The routine in which the server finds that a prepared statement's result type has changed; the code alone means "not supported". */
const PLAN_CHECK = 'RevalidateCachedQuery';
const READ_ONLY = '25006';

const SOCKET_CODES = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'ECONNABORTED',
  // Written to a socket that was closed a moment ago.
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_WRITE_AFTER_END',
  // This machine has no free port, file descriptor or buffer for a new connection.
  'EADDRNOTAVAIL',
  'EMFILE',
  'ENFILE',
  'ENOBUFS',
]);
/** Messages of node-postgres, without a code, when a connection is lost or not available in time. */
const LOST_CONNECTION =
  /Connection terminated|Client has encountered a connection error|Client was closed|timeout exceeded when trying to connect|Query read timeout|timeout expired/;

/**
 * The driver's own error. Drizzle wraps it in an error whose message contains every parameter, prompts and names included; that
 * message must not be logged.
 */
export function driverError(error: unknown): unknown {
  return error instanceof DrizzleQueryError ? (error.cause ?? new Error('A statement failed')) : error;
}

/** The error, with SQLSTATE and constraint, if the server itself returned it. */
export function serverError(error: unknown): pg.DatabaseError | undefined {
  const inner = driverError(error);
  return inner instanceof pg.DatabaseError ? inner : undefined;
}

/** True when the same idempotent statement may be run again at once: it was not applied, or it is unknown whether it was. */
export function isTransient(error: unknown): boolean {
  const inner = driverError(error);
  if (inner instanceof PoolExhausted || inner instanceof ReadOnlyServer) return true;
  if (!(inner instanceof Error)) return false;
  if (inner instanceof pg.DatabaseError) return retryOf(inner) === 'at_once';
  if (inner instanceof AggregateError) return inner.errors.some(isTransient);
  const code = (inner as NodeJS.ErrnoException).code;
  return (code !== undefined && SOCKET_CODES.has(code)) || LOST_CONNECTION.test(inner.message);
}

/** True when the database refused the statement and would refuse it again: a constraint, a privilege, a syntax error. */
export function isRefused(error: unknown): boolean {
  const refused = serverError(error);
  return refused !== undefined && retryOf(refused) === 'never';
}

/** True for a temporary problem of the database: the operation may be tried again, at once or later. */
export function isTemporary(error: unknown): boolean {
  return isTransient(error) || (serverError(error) !== undefined && !isRefused(error));
}

/** True when the session is read-only: its server was demoted, or it was opened while sessions were read-only by default. */
export function isReadOnly(error: unknown): boolean {
  return driverError(error) instanceof ReadOnlyServer || serverError(error)?.code === READ_ONLY;
}

/** True when the session's prepared statements are outdated: after DDL, or because a pooler mixed up sessions. */
export function isOutdated(error: unknown): boolean {
  const refused = serverError(error);
  return refused?.routine === PLAN_CHECK || refused?.code === '26000';
}

function retryOf(error: pg.DatabaseError): Retry {
  if (error.routine === PLAN_CHECK) return 'at_once';
  const code = error.code ?? '';
  return RETRIES[code] ?? RETRIES[code.slice(0, 2)] ?? 'later';
}

/**
 * Runs an idempotent statement and retries it after transient errors, at most {@link ATTEMPTS} times and for {@link BUDGET_MS}.
 * @throws the driver's own error: the last one, or the first that is not transient
 */
export async function retrying<Result>(statement: () => Promise<Result>): Promise<Result> {
  const startedAt = performance.now();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await statement();
    } catch (error) {
      const spent = performance.now() - startedAt;
      const final = !isTransient(error) || driverError(error) instanceof PoolExhausted;
      if (final || attempt === ATTEMPTS || spent > BUDGET_MS) throw driverError(error);
      const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS);
      await sleep(pauseMs * (0.5 + Math.random()));
    }
  }
}

/**
 * The same for what must not be lost, such as a purchase that was just made: retries through locks and outages, too.
 * @param forMs no further attempt starts after this
 */
export async function retryingFor<Result>(forMs: number, statement: () => Promise<Result>): Promise<Result> {
  const end = performance.now() + forMs;
  for (;;) {
    try {
      return await statement();
    } catch (error) {
      if (!isTemporary(error) || performance.now() > end) throw error;
      await sleep(LONGEST_PAUSE_MS * (0.5 + Math.random() / 2));
    }
  }
}
