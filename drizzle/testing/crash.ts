import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Database } from '../database.ts';

/** A caller that dies: `before_commit` leaves an open transaction, `reply_lost` may or may not have been applied. */
export type Crash = { readonly at: 'before_commit' } | { readonly at: 'reply_lost'; readonly afterMs: number };

export class Crashed extends Error {
  override readonly name = 'Crashed';
}

/** A database whose every call ends in the caller's death: the socket is cut, nothing is repeated, nothing comes back. */
export function crashing(url: string, crash: Crash): Pick<Database, 'call'> {
  return {
    async call(_name, text, values) {
      const client = new pg.Client({ connectionString: url, application_name: 'doomed' });
      client.on('error', () => undefined);
      await client.connect();
      const cut = () =>
        (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
      try {
        if (crash.at === 'before_commit') {
          await client.query('BEGIN');
          await client.query(text, [...values]);
        } else {
          const lost = client.query(text, [...values]).catch(() => undefined);
          await sleep(crash.afterMs);
          cut();
          await lost;
        }
      } finally {
        cut();
      }
      throw new Crashed(`died ${crash.at}`);
    },
  };
}
