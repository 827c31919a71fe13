import { drizzle, type NodePgDatabase } from '../orm.ts';
import pg from 'pg';
import { traced } from '#process/tracing/spans.ts';
import { PoolExhausted } from './pool-exhausted.ts';
import { assertWritable } from './read-only-server.ts';
import { isOutdated, isReadOnly, retrying, serverError } from './transient.ts';

/** To get a connection from the pool or the server, ms. */
const CONNECT_TIMEOUT_MS = 3_000;
/** The server cancels a statement after this, ms: below the 5 s that admission has in all. */
const STATEMENT_TIMEOUT_MS = 4_000;
/** The server cancels waiting for a lock after this, ms: a longer wait means that the lock's holder is broken. */
const LOCK_TIMEOUT_MS = 3_000;
/** The server ends an idle transaction after this, ms. */
const IDLE_IN_TRANSACTION_MS = 10_000;
/** The client times out this much later than the server, ms, so that the server's own error arrives first. */
const CLIENT_GRACE_MS = 1_000;
const IDLE_CONNECTION_MS = 30_000;
const TCP_PROBE_AFTER_MS = 10_000;
const DEFAULT_POOL_SIZE = 10;
/** Statements take about 1 ms, so a queue of this length is short-lived; a longer one means that waiting is useless. */
const MAX_WAITING_PER_CONNECTION = 50;
/** pg-pool's message, which has no code, when no connection was released in time. */
const POOL_TIMEOUT_MESSAGE = 'timeout exceeded when trying to connect';

export interface DatabaseOptions {
  readonly url: string;
  readonly poolSize?: number;
  /** For a standby: its sessions may be read-only. */
  readonly readOnly?: boolean;
  /** To get a connection, ms; {@link CONNECT_TIMEOUT_MS} by default. */
  readonly connectTimeoutMs?: number;
  /** The server cancels a statement after this, ms; {@link STATEMENT_TIMEOUT_MS} by default. */
  readonly statementTimeoutMs?: number;
  /** Shown in pg_stat_activity. */
  readonly applicationName: string;
  /** Called for connections that died while idle; the pool replaces them. */
  readonly log?: (message: string, error: Error) => void;
}

/** Statements without transactions: what must be atomic is one statement or one database function. */
type Statements = Omit<NodePgDatabase, 'transaction' | '$client'>;

/** A connection pool with limits on connections, waiting callers and time. */
export interface Database {
  readonly db: Statements;
  /**
   * Runs one prepared, idempotent statement; retries it after transient errors.
   * @param name unique per text; the server prepares it once per connection
   * @throws pg.DatabaseError when the server refuses it
   */
  call<Row extends pg.QueryResultRow>(name: string, text: string, values: readonly unknown[]): Promise<Row[]>;
  /** The same without retries: for statements that are useless when late, or harmful when run twice. */
  callOnce<Row extends pg.QueryResultRow>(name: string, text: string, values: readonly unknown[]): Promise<Row[]>;
  /** @throws within seconds when the server can't be reached, or is read-only and the pool is not */
  ping(): Promise<void>;
  /** Connections in use and waiting callers, for metrics. */
  load(): { readonly total: number; readonly idle: number; readonly waiting: number };
  close(): Promise<void>;
}

const SPAN_ATTRIBUTES = { 'db.system.name': 'postgresql' };

/** A statement's name, or its first word: never its text or its values. Includes the wait for a connection. */
function spanName({ name, text }: pg.QueryConfig): string {
  return `SQL ${name ?? /^\s*\w+/u.exec(text)?.[0].trim().toUpperCase() ?? 'statement'}`;
}

/** Creates a pool; it connects on demand. */
export function createDatabase(options: DatabaseOptions): Database {
  const { poolSize: size = DEFAULT_POOL_SIZE, readOnly = false, statementTimeoutMs = STATEMENT_TIMEOUT_MS } = options;
  const pool = new pg.Pool({
    connectionString: options.url,
    application_name: options.applicationName,
    max: size,
    connectionTimeoutMillis: options.connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
    statement_timeout: statementTimeoutMs,
    lock_timeout: LOCK_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    query_timeout: statementTimeoutMs + CLIENT_GRACE_MS,
    idleTimeoutMillis: IDLE_CONNECTION_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: TCP_PROBE_AFTER_MS,
    onConnect: readOnly ? undefined : assertWritable,
  });
  const report = (error: Error) => options.log?.('A database connection was lost', error);
  pool.on('error', report);
  /** Incremented when a session proves useless: sessions of the same epoch are no better and are discarded. */
  let epoch = 0;
  const epochOf = new WeakMap<pg.PoolClient, number>();
  pool.on('connect', (client) => {
    epochOf.set(client, epoch);
    // The pool handles errors of idle connections only; one that dies in use emits a second error, which nothing else handles.
    client.on('error', () => undefined);
  });

  const borrow = async (): Promise<pg.PoolClient> => {
    if (pool.waitingCount >= size * MAX_WAITING_PER_CONNECTION)
      throw new PoolExhausted('Too many callers wait for a connection');
    try {
      for (;;) {
        const client = await pool.connect();
        if (epochOf.get(client) === epoch) return client;
        client.release(true);
      }
    } catch (error) {
      if ((error as Error).message !== POOL_TIMEOUT_MESSAGE) throw error;
      throw new PoolExhausted('No connection was released in time', { cause: error });
    }
  };

  /** A read-only session stays read-only even after its server was promoted, and the pool would keep handing it out. */
  const isUseless = (error: unknown) => isOutdated(error) || (!readOnly && isReadOnly(error));

  const inSession = async <Result>(work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> => {
    const client = await borrow();
    let broken: Error | undefined;
    try {
      return await work(client);
    } catch (error) {
      // An SQL error leaves the connection healthy (pool.query would discard it after every failed CHECK); anything worse ends it.
      if (isUseless(error) || serverError(error)?.severity !== 'ERROR') broken = error as Error;
      if (isUseless(error) && epochOf.get(client) === epoch) epoch += 1;
      throw error;
    } finally {
      client.release(broken);
    }
  };

  const query = (config: pg.QueryConfig, values?: unknown[]): Promise<pg.QueryResult> => {
    const send = () =>
      traced(spanName(config), SPAN_ATTRIBUTES, () =>
        inSession((client) => client.query<pg.QueryResultRow>(config, values)),
      );
    return send().catch((error: unknown) => {
      // The session caused the error and the statement did nothing: send it once more, in a new session.
      if (serverError(error) === undefined || !isUseless(error)) throw error;
      return send();
    });
  };

  const callOnce: Database['callOnce'] = async (name, text, values) =>
    (await query({ name, text, values: [...values] })).rows;

  return {
    db: drizzle({ client: { query } as unknown as pg.Client }),
    call: (name, text, values) => retrying(() => callOnce(name, text, values)),
    callOnce,
    ping: () =>
      inSession(async (client) => void (await (readOnly ? client.query('SELECT 1') : assertWritable(client)))),
    load: () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    close: () => pool.end(),
  };
}
