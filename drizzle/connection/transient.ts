import { setTimeout as sleep } from 'node:timers/promises';
import { DrizzleQueryError } from 'drizzle-orm';
import pg from 'pg';
import { PoolExhausted } from './pool-exhausted.ts';
import { ReadOnlyServer } from './read-only-server.ts';

/** Tries of one statement. */
const ATTEMPTS = 6;
/** Before the second try, ms; doubles each time, with jitter. */
const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 1_000;
/** No further try begins after this, ms: callers with more patience (activities) have their own retries. */
const BUDGET_MS = 5_000;

/** Who may run the same again: whoever sent the `statement`, at once; its activity or caller, `later`; or nobody: refused for good. */
type Repetition = 'statement' | 'later' | 'never';

/**
 * SQLSTATEs by code, else by class. One that is not listed is repeated later: waiting in vain costs minutes, giving up costs a
 * paid image. Of a class in which most is refused for good, only what passes is listed.
 */
const REPETITION: Readonly<Record<string, Repetition>> = {
  '08': 'statement', // connection exceptions
  '40001': 'statement', // serialization
  '40P01': 'statement', // deadlock
  '53300': 'statement', // too many connections
  '57P01': 'statement', // the server goes away or comes: ended by an administrator,
  '57P02': 'statement', // … by a crash,
  '57P03': 'statement', // … starting up,
  '57P05': 'statement', // … ended as idle
  '26000': 'statement', // a prepared statement that the session has forgotten
  XX000: 'statement', // multixact trouble (PostgreSQL 18.4)
  '25': 'later', // a read-only transaction (a demoted primary), a transaction's own time-outs
  '53': 'later', // disk, memory
  '55': 'later', // a lock that was not to be had in time
  '57': 'later', // cancelled: our statement time-out, or an operator
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
/** In which the server notices that a prepared statement's result has changed; its code alone says "not supported". */
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
]);
/** What node-postgres says without a code when a connection is lost or not to be had in time. */
const LOST_CONNECTION =
  /Connection terminated|Client has encountered a connection error|Client was closed|timeout exceeded when trying to connect|Query read timeout|timeout expired/;

/**
 * The driver's own error. Drizzle wraps it in one whose message carries every parameter, prompts and names included, and
 * that must reach no log.
 */
export function driverError(error: unknown): unknown {
  return error instanceof DrizzleQueryError ? (error.cause ?? new Error('A statement failed')) : error;
}

/** SQLSTATE and constraint of an error that the server itself answered with. */
export function serverError(error: unknown): pg.DatabaseError | undefined {
  const inner = driverError(error);
  return inner instanceof pg.DatabaseError ? inner : undefined;
}

/** True when the same statement may simply be run again: it was not applied, or nobody knows whether it was. */
export function isTransient(error: unknown): boolean {
  const inner = driverError(error);
  if (inner instanceof PoolExhausted || inner instanceof ReadOnlyServer) return true;
  if (!(inner instanceof Error)) return false;
  if (inner instanceof pg.DatabaseError) return repetitionOf(inner) === 'statement';
  if (inner instanceof AggregateError) return inner.errors.some(isTransient);
  const code = (inner as NodeJS.ErrnoException).code;
  return (code !== undefined && SOCKET_CODES.has(code)) || LOST_CONNECTION.test(inner.message);
}

/** True when the database itself said no and would say so again: a constraint, a privilege, a text it does not understand. */
export function isRefused(error: unknown): boolean {
  const refused = serverError(error);
  return refused !== undefined && repetitionOf(refused) === 'never';
}

/** True for trouble with the database that is over some time: what was wanted may be tried again, now or later. */
export function isPassing(error: unknown): boolean {
  return isTransient(error) || (serverError(error) !== undefined && !isRefused(error));
}

/** True when the session may not write: its server was demoted, or it began while sessions were read-only by default. */
export function isReadOnly(error: unknown): boolean {
  return driverError(error) instanceof ReadOnlyServer || serverError(error)?.code === READ_ONLY;
}

/** True when the session's prepared statements are out of date: after DDL, or where a pooler has mixed them up. */
export function isOutdated(error: unknown): boolean {
  const refused = serverError(error);
  return refused?.routine === PLAN_CHECK || refused?.code === '26000';
}

function repetitionOf(error: pg.DatabaseError): Repetition {
  if (error.routine === PLAN_CHECK) return 'statement';
  const code = error.code ?? '';
  return REPETITION[code] ?? REPETITION[code.slice(0, 2)] ?? 'later';
}

/**
 * Runs an idempotent statement until it is answered, a few times and for a few seconds.
 * @throws the driver's own error: the last one, or the first that no repetition helps
 */
export async function retrying<Result>(statement: () => Promise<Result>): Promise<Result> {
  const startedAt = performance.now();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await statement();
    } catch (error) {
      const spent = performance.now() - startedAt;
      const useless = !isTransient(error) || driverError(error) instanceof PoolExhausted;
      if (useless || attempt === ATTEMPTS || spent > BUDGET_MS) throw driverError(error);
      const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS);
      await sleep(pauseMs * (0.5 + Math.random()));
    }
  }
}

/**
 * The same for what must not get lost, such as what was bought just now: it goes on through locks and a server that is away.
 * @param forMs no further try begins after this
 */
export async function waitingOut<Result>(forMs: number, statement: () => Promise<Result>): Promise<Result> {
  const end = performance.now() + forMs;
  for (;;) {
    try {
      return await statement();
    } catch (error) {
      if (!isPassing(error) || performance.now() > end) throw error;
      await sleep(LONGEST_PAUSE_MS * (0.5 + Math.random() / 2));
    }
  }
}
