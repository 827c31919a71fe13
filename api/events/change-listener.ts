import { Client, type Notification } from 'pg';
import type { Logger } from 'pino';
import { z } from 'zod';

const CHANNELS = ['generation', 'credits', 'notification', 'account', 'gallery'] as const;

/** Connecting and each statement are given up after this. */
const STATEMENT_TIMEOUT_MS = 5_000;
/** A silent connection is asked this often whether it still stands: a cut without a FIN would go unnoticed for minutes. */
const LIVENESS_MS = 20_000;
const FIRST_BACKOFF_MS = 100;
const MAX_BACKOFF_MS = 5_000;

const change = z.discriminatedUnion('channel', [
  z.object({ channel: z.enum(['generation', 'notification']), accountId: z.string(), id: z.string() }),
  z.object({ channel: z.literal('credits'), accountId: z.string() }),
  // Its person was erased.
  z.object({ channel: z.literal('account'), accountId: z.string() }),
  // The public presets.
  z.object({ channel: z.literal('gallery') }),
]);
/** Ids only; what changed is read. */
export type Change = z.infer<typeof change>;
/** What event streams tell. */
export type StreamedChange = Exclude<Change, { channel: 'account' | 'gallery' }>;

export interface ChangeListenerDeps {
  /** Direct, not through a pooler: a pooler loses LISTEN. */
  readonly connectionString: string;
  readonly log: Logger;
  readonly onChange: (change: Change) => void;
  /** After every (re)connect: whatever was said before is unheard. */
  readonly onConnected: () => void;
  readonly onLost: () => void;
  /** Tests have less patience than {@link LIVENESS_MS}. */
  readonly livenessMs?: number;
}

export interface ChangeListener {
  close(): Promise<void>;
}

/** Hears every change of a generation or a balance, for as long as the process lives; reconnects by itself, for ever. */
export function listenForChanges(deps: ChangeListenerDeps): ChangeListener {
  const { livenessMs = LIVENESS_MS } = deps;
  let current: Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let failures = 0;
  let closed = false;

  async function connect(): Promise<void> {
    const client = new Client({
      connectionString: deps.connectionString,
      application_name: 'avatar-studio api listener',
      connectionTimeoutMillis: STATEMENT_TIMEOUT_MS,
      query_timeout: STATEMENT_TIMEOUT_MS,
      keepAlive: true,
    });
    current = client;
    const lost = (reason?: unknown) => {
      if (current !== client) return;
      current = undefined;
      deps.onLost();
      void client.end().catch(() => undefined);
      if (!closed) reconnectLater(reason);
    };
    client.on('error', lost).on('end', lost);
    client.on('notification', (message) => hear(message));
    try {
      await client.connect();
      await client.query(CHANNELS.map((channel) => `LISTEN ${channel}`).join('; '));
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

  function hear({ channel, payload }: Notification): void {
    const heard = parseChange(channel, payload);
    if (heard) deps.onChange(heard);
    else deps.log.warn({ channel }, 'a notification of unknown form');
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

/** @returns undefined for what is not ours or not whole */
export function parseChange(channel: string, payload: string | undefined): Change | undefined {
  try {
    return change.safeParse({ ...JSON.parse(payload ?? ''), channel }).data;
  } catch {
    return undefined;
  }
}
