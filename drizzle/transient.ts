import { setTimeout as sleep } from 'node:timers/promises';
import { DrizzleQueryError } from 'drizzle-orm';
import pg from 'pg';
import { PoolExhausted } from './pool-exhausted.ts';

/** Tries of one statement. */
const ATTEMPTS = 6;
/** Before the second try, ms; doubles each time, with jitter. */
const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 1_000;
/** No further try begins after this, ms: callers with more patience (activities) have their own retries. */
const BUDGET_MS = 5_000;

/** Deadlock, serialization, multixact trouble (PostgreSQL 18.4), too many connections, and a server going away or coming. */
const TRANSIENT_STATES = new Set(['40P01', '40001', 'XX000', '53300', '57P01', '57P02', '57P03']);
/** Class 08: connection exceptions. */
const CONNECTION_CLASS = '08';
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
  if (inner instanceof PoolExhausted) return true;
  if (!(inner instanceof Error)) return false;
  const code = (inner as NodeJS.ErrnoException).code;
  if (inner instanceof pg.DatabaseError) {
    return code !== undefined && (TRANSIENT_STATES.has(code) || code.startsWith(CONNECTION_CLASS));
  }
  if (inner instanceof AggregateError) return inner.errors.some(isTransient);
  return (code !== undefined && SOCKET_CODES.has(code)) || LOST_CONNECTION.test(inner.message);
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
