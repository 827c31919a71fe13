import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { PoolExhausted } from './pool-exhausted.ts';
import { assertWritable } from './read-only-server.ts';
import { isOutdated, isReadOnly, retrying, serverError } from './transient.ts';

/** Getting a connection, ms: from the pool or from the server. */
const CONNECT_TIMEOUT_MS = 3_000;
/** The server gives a statement up, ms: below the 5 s that admission has in all. */
const STATEMENT_TIMEOUT_MS = 4_000;
/** The server gives waiting for a lock up, ms: a statement that waits longer stands behind something broken. */
const LOCK_TIMEOUT_MS = 3_000;
/** A transaction that somebody forgot is ended, ms. */
const IDLE_IN_TRANSACTION_MS = 10_000;
/** The client gives a silent server up this much later, ms: the server's own answer comes first. */
const SILENCE_MS = 1_000;
const IDLE_CONNECTION_MS = 30_000;
const KEEP_ALIVE_AFTER_MS = 10_000;
const DEFAULT_POOL_SIZE = 10;
/** Statements take about a millisecond, so a line this long for each connection is over in a blink, or it is no use to stand in it. */
const MAX_WAITING_PER_CONNECTION = 50;
/** What pg-pool says, without a code, when nobody gave a connection back in time. */
const WAITED_IN_VAIN = 'timeout exceeded when trying to connect';

export interface DatabaseOptions {
  readonly url: string;
  readonly poolSize?: number;
  /** A standby's: its sessions need not be able to write. */
  readonly readOnly?: boolean;
  /** Getting a connection, ms; {@link CONNECT_TIMEOUT_MS} when left out. */
  readonly connectTimeoutMs?: number;
  /** The server gives one statement up, ms; {@link STATEMENT_TIMEOUT_MS} when left out. */
  readonly statementTimeoutMs?: number;
  /** Shown in pg_stat_activity. */
  readonly applicationName: string;
  /** Told about connections that died while idle; they are replaced by themselves. */
  readonly log?: (message: string, error: Error) => void;
}

/** Statements without transactions: what must happen together is one statement or one function of the database. */
type Statements = Omit<NodePgDatabase, 'transaction' | '$client'>;

/** A pool of connections, bounded in number and time. */
export interface Database {
  readonly db: Statements;
  /**
   * Runs one prepared, idempotent statement; repeated while it fails for a reason that passes.
   * @param name unique per text; the server prepares it once per connection
   * @throws pg.DatabaseError when the server refuses it
   */
  call<Row extends pg.QueryResultRow>(name: string, text: string, values: readonly unknown[]): Promise<Row[]>;
  /** The same, in one try: for what is no use late, or would do harm twice. */
  callOnce<Row extends pg.QueryResultRow>(name: string, text: string, values: readonly unknown[]): Promise<Row[]>;
  /** Answers, or throws within seconds; also where the server takes no writes, unless the pool is for reading. */
  ping(): Promise<void>;
  /** Connections in use and waiting callers, for metrics. */
  load(): { readonly total: number; readonly idle: number; readonly waiting: number };
  close(): Promise<void>;
}

/** Opens a pool; connections are made when they are needed. */
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
    query_timeout: statementTimeoutMs + SILENCE_MS,
    idleTimeoutMillis: IDLE_CONNECTION_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
    onConnect: readOnly ? undefined : assertWritable,
  });
  const report = (error: Error) => options.log?.('A database connection was lost', error);
  pool.on('error', report);
  /** Raised when a session turns out to be of no use: the others of its time are no better, and are not used again. */
  let epoch = 0;
  const epochOf = new WeakMap<pg.PoolClient, number>();
  pool.on('connect', (client) => {
    epochOf.set(client, epoch);
    // The pool listens only while a connection is idle; one that dies in use says so twice, and the second time to nobody.
    client.on('error', () => undefined);
  });

  const borrow = async (): Promise<pg.PoolClient> => {
    if (pool.waitingCount >= size * MAX_WAITING_PER_CONNECTION)
      throw new PoolExhausted('Too many wait for a connection');
    try {
      for (;;) {
        const client = await pool.connect();
        if (epochOf.get(client) === epoch) return client;
        client.release(true);
      }
    } catch (error) {
      if ((error as Error).message !== WAITED_IN_VAIN) throw error;
      throw new PoolExhausted('No connection became free in time', { cause: error });
    }
  };

  /** A read-only session would stay so after its server, and be given out again and again. */
  const isUseless = (error: unknown) => isOutdated(error) || (!readOnly && isReadOnly(error));

  const inSession = async <Result>(work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> => {
    const client = await borrow();
    let broken: Error | undefined;
    try {
      return await work(client);
    } catch (error) {
      // A refusal leaves the connection healthy (pool.query would throw it away with every unmet CHECK); anything worse ends it.
      if (isUseless(error) || serverError(error)?.severity !== 'ERROR') broken = error as Error;
      if (isUseless(error) && epochOf.get(client) === epoch) epoch += 1;
      throw error;
    } finally {
      client.release(broken);
    }
  };

  const query = (config: pg.QueryConfig, values?: unknown[]): Promise<pg.QueryResult> => {
    const ask = () => inSession((client) => client.query<pg.QueryResultRow>(config, values));
    return ask().catch((error: unknown) => {
      // The session was to blame, and nothing was done in it: once more in a fresh one.
      if (serverError(error) === undefined || !isUseless(error)) throw error;
      return ask();
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
