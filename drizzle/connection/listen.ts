import { Client, DatabaseError, type QueryResultRow } from 'pg';
import type { Logger } from 'pino';
import { assertWritable } from './read-only-server.ts';
import { isReadOnly } from './transient.ts';

/** Connecting and each statement are given up after this. */
const STATEMENT_TIMEOUT_MS = 5_000;
/** A silent connection is asked this often whether it still stands: a cut without a FIN would go unnoticed for minutes. */
const LIVENESS_MS = 20_000;
const FIRST_BACKOFF_MS = 100;
const MAX_BACKOFF_MS = 5_000;

export interface ListenDeps {
  /** Direct, not through a pooler: a pooler loses LISTEN. */
  readonly connectionString: string;
  /** Shown in pg_stat_activity. */
  readonly applicationName: string;
  readonly channels: readonly string[];
  readonly log: Logger;
  readonly onNotification: (channel: string, payload: string | undefined) => void;
  /** After every (re)connect: whatever was said before is unheard. */
  readonly onConnected: () => void;
  readonly onLost?: (() => void) | undefined;
  /** Tests have less patience than {@link LIVENESS_MS}. */
  readonly livenessMs?: number | undefined;
}

export interface Listening {
  /**
   * Asks something in the listening session, such as for a lock that is to last as long as it does.
   * @returns undefined while there is no session
   */
  query<Row extends QueryResultRow>(text: string, values: readonly unknown[]): Promise<Row[] | undefined>;
  close(): Promise<void>;
}

/** Hears what is NOTIFYed on the channels for as long as the process lives; reconnects by itself, for ever. */
export function listen(deps: ListenDeps): Listening {
  const { livenessMs = LIVENESS_MS } = deps;
  let current: Client | undefined;
  /** The current one, once it listens, and what to do when it does not answer. */
  let ready: { readonly client: Client; readonly lost: (reason: unknown) => void } | undefined;
  let turn: Promise<unknown> = Promise.resolve();
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

  /** A connection takes one statement at a time. */
  function inTurn<Result>(client: Client, work: () => Promise<Result>): Promise<Result> {
    const mine = turn.then(() => {
      if (current !== client) throw new Error('The listening session is over');
      return work();
    });
    turn = mine.catch(() => undefined);
    return mine;
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
        // Not an answer of the server, or of one that was demoted: whoever waits behind this one must not find that out by waiting, too.
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
