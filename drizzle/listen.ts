import { Client } from 'pg';
import type { Logger } from 'pino';

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
  close(): Promise<void>;
}

/** Hears what is NOTIFYed on the channels for as long as the process lives; reconnects by itself, for ever. */
export function listen(deps: ListenDeps): Listening {
  const { livenessMs = LIVENESS_MS } = deps;
  let current: Client | undefined;
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
      deps.onLost?.();
      void client.end().catch(() => undefined);
      if (!closed) reconnectLater(reason);
    };
    client.on('error', lost).on('end', lost);
    client.on('notification', ({ channel, payload }) => deps.onNotification(channel, payload));
    try {
      await client.connect();
      await client.query(deps.channels.map((channel) => `LISTEN ${channel}`).join('; '));
      if (closed) return lost();
      failures = 0;
      deps.log.info('listening for changes');
      deps.onConnected();
      timer = setTimeout(() => void checkLiveness(client, lost), livenessMs);
    } catch (error) {
      lost(error);
    }
  }

  async function checkLiveness(client: Client, lost: (reason: unknown) => void): Promise<void> {
    try {
      await client.query('SELECT 1');
    } catch (error) {
      return lost(error);
    }
    if (current === client) timer = setTimeout(() => void checkLiveness(client, lost), livenessMs);
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
    async close() {
      closed = true;
      clearTimeout(timer);
      await current?.end().catch(() => undefined);
    },
  };
}
