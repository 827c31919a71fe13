import { drizzle } from '#drizzle/orm.ts';
import type { Client } from 'pg';
import type { Database } from '#drizzle/connection/database.ts';
import { PoolExhausted } from '#drizzle/connection/pool-exhausted.ts';

/** A database that becomes unavailable at a chosen statement, only for callers that use this instance. */
export interface LossyDatabase extends Database {
  /** Becomes unavailable right after this statement: `answered` returns its result; `lost` throws although the statement was applied. */
  goAwayAt(statement: string, answer: 'answered' | 'lost'): void;
  goAway(): void;
  /** Becomes unavailable before the statement after `count` more. */
  goAwayAfter(count: number): void;
  readonly isAway: boolean;
  comeBack(): void;
}

export function createLossyDatabase(real: Database): LossyDatabase {
  const unavailable = unreachable();
  let current = real;
  let statementsLeft = Infinity;
  let fatal: { readonly statement: string; readonly answer: 'answered' | 'lost' } | undefined;

  /** Counts a statement before it is sent. */
  function next(): Database {
    if (statementsLeft === 0) current = unavailable;
    else statementsLeft -= 1;
    return current;
  }

  const calling =
    (how: 'call' | 'callOnce'): Database['call'] =>
    async (name, text, values) => {
      const last = fatal?.statement === name ? fatal : undefined;
      const rows = await next()[how]<never>(name, text, values);
      if (last === undefined) return rows;
      current = unavailable;
      if (last.answer === 'lost') throw new Error('Connection terminated unexpectedly');
      return rows;
    };

  return {
    get db() {
      return next().db;
    },
    get isAway() {
      return current === unavailable;
    },
    call: calling('call'),
    callOnce: calling('callOnce'),
    ping: () => current.ping(),
    load: () => current.load(),
    close: async () => undefined,
    goAwayAt(statement, answer) {
      fatal = { statement, answer };
    },
    goAway() {
      current = unavailable;
    },
    goAwayAfter(count) {
      statementsLeft = count;
    },
    comeBack() {
      statementsLeft = Infinity;
      fatal = undefined;
      current = real;
    },
  };
}

/** Fails every statement at once, as if the pool were exhausted, so that tests need not wait for retries. */
function unreachable(): Database {
  const refuse = async (): Promise<never> => {
    throw new PoolExhausted('The test made the database unavailable');
  };
  return {
    db: drizzle({ client: { query: refuse } as unknown as Client }),
    call: refuse,
    callOnce: refuse,
    ping: refuse,
    load: () => ({ total: 0, idle: 0, waiting: 0 }),
    close: async () => undefined,
  };
}
