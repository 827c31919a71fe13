import { drizzle } from 'drizzle-orm/node-postgres';
import type { Client } from 'pg';
import type { Database } from '#drizzle/connection/database.ts';
import { PoolExhausted } from '#drizzle/connection/pool-exhausted.ts';

/** A database that goes away at a chosen statement, for whoever has it from here; everybody else keeps it. */
export interface LossyDatabase extends Database {
  /** Goes away right after this statement: with its answer, or with the answer lost although it is done. */
  goAwayAt(statement: string, answer: 'answered' | 'lost'): void;
  goAway(): void;
  comeBack(): void;
}

export function createLossyDatabase(real: Database): LossyDatabase {
  const gone = unreachable();
  let current = real;
  let fatal: { readonly statement: string; readonly answer: 'answered' | 'lost' } | undefined;

  const calling =
    (how: 'call' | 'callOnce'): Database['call'] =>
    async (name, text, values) => {
      const last = fatal?.statement === name ? fatal : undefined;
      const rows = await current[how]<never>(name, text, values);
      if (last === undefined) return rows;
      current = gone;
      if (last.answer === 'lost') throw new Error('Connection terminated unexpectedly');
      return rows;
    };

  return {
    get db() {
      return current.db;
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
      current = gone;
    },
    comeBack() {
      fatal = undefined;
      current = real;
    },
  };
}

/** Gives every statement up at once, as when nobody gets a connection; so that tests need not wait for repetitions. */
function unreachable(): Database {
  const refuse = async (): Promise<never> => {
    throw new PoolExhausted('gone, as the test says');
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
