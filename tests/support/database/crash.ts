import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { until } from '../until.ts';
import type { Database } from '#drizzle/connection/database.ts';

/** How a caller crashes: `before_commit` leaves an open transaction; after `reply_lost`, the statement may or may not be applied. */
export type Crash = { readonly at: 'before_commit' } | { readonly at: 'reply_lost'; readonly afterMs: number };

export class Crashed extends Error {
  override readonly name = 'Crashed';
}

/**
 * The database of a caller that crashes in its first call: the socket is closed without a retry or a result. The call returns once the
 * server has ended the session, so that the crashed caller changes nothing afterwards.
 */
export function crashing(database: Database, url: string, crash: Crash): Database {
  return {
    ...database,
    async call(_name, text, values) {
      const client = new pg.Client({ connectionString: url, application_name: 'crashing' });
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
      await until(async () => (await database.call('crash.alive', ALIVE, [pid])).length === 0, {
        what: 'the end of the session',
      });
      throw new Crashed(`crashed ${crash.at}`);
    },
  };
}

const ALIVE = 'SELECT 1 FROM pg_stat_activity WHERE pid = $1';
