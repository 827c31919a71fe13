import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { until } from '../until.ts';
import type { Database } from '#drizzle/connection/database.ts';

/** A caller that dies: `before_commit` leaves an open transaction, `reply_lost` may or may not have been applied. */
export type Crash = { readonly at: 'before_commit' } | { readonly at: 'reply_lost'; readonly afterMs: number };

export class Crashed extends Error {
  override readonly name = 'Crashed';
}

/**
 * The database as seen by a caller that dies in its first call: the socket is cut, nothing is repeated, nothing comes back.
 * The call returns when the server has noticed, so that the dead caller changes nothing after that.
 */
export function crashing(database: Database, url: string, crash: Crash): Database {
  return {
    ...database,
    async call(_name, text, values) {
      const client = new pg.Client({ connectionString: url, application_name: 'doomed' });
      client.on('error', () => undefined);
      await client.connect();
      const { processID: pid, connection } = client as unknown as {
        processID: number;
        connection: { stream: { destroy(): void } };
      };
      if (crash.at === 'before_commit') {
        await client.query('BEGIN');
        await client.query(text, [...values]).catch(() => undefined);
      } else {
        void client.query(text, [...values]).catch(() => undefined);
        await sleep(crash.afterMs);
      }
      connection.stream.destroy();
      await until(async () => (await database.call('crash.alive', ALIVE, [pid])).length === 0, { what: 'its end' });
      throw new Crashed(`died ${crash.at}`);
    },
  };
}

const ALIVE = 'SELECT 1 FROM pg_stat_activity WHERE pid = $1';
