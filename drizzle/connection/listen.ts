import { Client, DatabaseError, type QueryResultRow } from 'pg';
import type { Logger } from 'pino';
import { assertWritable } from './read-only-server.ts';
import { isReadOnly } from './transient.ts';

/** Timeout of connecting and of each statement, ms. */
const STATEMENT_TIMEOUT_MS = 5_000;
/** Interval of liveness checks, ms: a connection that was cut without a FIN would go unnoticed for minutes. */
const LIVENESS_MS = 20_000;
const FIRST_BACKOFF_MS = 100;
const MAX_BACKOFF_MS = 5_000;

export interface ListenDeps {
  /** A direct connection: poolers don't support LISTEN. */
  readonly connectionString: string;
  /** Shown in pg_stat_activity. */
  readonly applicationName: string;
  readonly channels: readonly string[];
  readonly log: Logger;
  readonly onNotification: (channel: string, payload: string | undefined) => void;
  /** Called after every (re)connect: earlier notifications may have been missed. */
  readonly onConnected: () => void;
  readonly onLost?: (() => void) | undefined;
  /** {@link LIVENESS_MS} by default; tests set less. */
  readonly livenessMs?: number | undefined;
}

export interface Listening {
  /**
   * Runs a query in the listening session, such as one that takes a session-level lock.
   * @returns undefined while there is no session
   */
  query<Row extends QueryResultRow>(text: string, values: readonly unknown[]): Promise<Row[] | undefined>;
  close(): Promise<void>;
}

/** Listens on the channels until it is closed; reconnects with a backoff, without a limit. */
export function listen(deps: ListenDeps): Listening {
  const { livenessMs = LIVENESS_MS } = deps;
  let current: Client | undefined;
  /** The current client once it listens, and the callback for when it stops responding. */
  let ready: { readonly client: Client; readonly lost: (reason: unknown) => void } | undefined;
  let lastQuery: Promise<unknown> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let failures = 0;
  let closed = false;

  async function connect(): Promise<void> {
    const client = new Client({
      connectionString: deps.connectionString,
      application_name: deps.applicationName,
      connectionTimeoutMillis: STATEMENT_TIMEOUT_MS,
      query_timeout: STATEMENT_TIMEOUT_MS,
      keepAlive: true,
    });
    current = client;
    const lost = (reason?: unknown) => {
      if (current !== client) return;
      current = undefined;
      ready = undefined;
      deps.onLost?.();
      void client.end().catch(() => undefined);
      if (!closed) reconnectLater(reason);
    };
    client.on('error', lost).on('end', lost);
    client.on('notification', ({ channel, payload }) => deps.onNotification(channel, payload));
    try {
      await client.connect();
      await assertWritable(client);
      await client.query(deps.channels.map((channel) => `LISTEN ${channel}`).join('; '));
      if (closed) return lost();
      failures = 0;
      ready = { client, lost };
      deps.log.info('listening for changes');
      deps.onConnected();
      timer = setTimeout(() => void checkLiveness(client, lost), livenessMs);
    } catch (error) {
      lost(error);
    }
  }

  async function checkLiveness(client: Client, lost: (reason: unknown) => void): Promise<void> {
    try {
      await inTurn(client, () => assertWritable(client));
    } catch (error) {
      return lost(error);
    }
    if (current === client) timer = setTimeout(() => void checkLiveness(client, lost), livenessMs);
  }

  /** Runs queries one after the other: a connection accepts one statement at a time. */
  function inTurn<Result>(client: Client, work: () => Promise<Result>): Promise<Result> {
    const result = lastQuery.then(() => {
      if (current !== client) throw new Error('The listening session has ended');
      return work();
    });
    lastQuery = result.catch(() => undefined);
    return result;
  }

  function reconnectLater(error: unknown): void {
    clearTimeout(timer);
    const backoffMs = Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** failures) * (0.5 + Math.random() / 2);
    failures += 1;
    deps.log.warn({ err: error, backoffMs: Math.round(backoffMs) }, 'the listening connection is lost');
    timer = setTimeout(() => void connect(), backoffMs);
  }

  void connect();
  return {
    async query<Row extends QueryResultRow>(text: string, values: readonly unknown[]) {
      if (ready === undefined) return undefined;
      const { client, lost } = ready;
      try {
        return (await inTurn(client, () => client.query<Row>(text, [...values]))).rows;
      } catch (error) {
        // The server did not respond, or was demoted: fail now, so that queued queries don't each wait for the timeout.
        if (!(error instanceof DatabaseError) || isReadOnly(error)) lost(error);
        throw error;
      }
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      await current?.end().catch(() => undefined);
    },
  };
}
