import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { createDemoTokens } from '#api/auth/demo-tokens.ts';
import { createDatabase, type Database } from '#drizzle/connection/database.ts';
import { openServiceEnvironment } from '../processes/service-environment.ts';
import type { RunningProgram } from '../support/processes.ts';
import { sharedStack } from '../support/stack.ts';
import type { Gauge } from './preload-gauge.ts';
import type { Report, Request } from './stream-clients.ts';

const GAUGE = fileURLToPath(new URL('preload-gauge.ts', import.meta.url));
const CLIENTS = fileURLToPath(new URL('stream-clients.ts', import.meta.url));
const READY = /"address":"http:\/\/127\.0\.0\.1:(\d+)"/u;
/** Of a process, besides its streams. */
const OTHER_FILES = 500;

/** An API process under measurement. */
export interface MeasuredApi extends RunningProgram {
  readonly port: number;
  /** After a garbage collection. @param request `begin` also begins to measure stretches of the event loop */
  gauge(request?: 'begin' | 'read'): Promise<Gauge>;
}

/** Many clients in a process of their own. */
export interface Clients {
  /** Resolves when each has its snapshot. */
  open(api: Pick<MeasuredApi, 'port'>, tokens: readonly string[], perSecond: number): Promise<void>;
  /** Where lost streams reconnect from now on. */
  move(api: Pick<MeasuredApi, 'port'>): Promise<void>;
  record(): Promise<void>;
  report(): Promise<Report>;
}

export interface StreamStudio {
  /** Superuser's, outside of the API. */
  readonly database: Database;
  readonly tokens: readonly string[];
  startApi(): Promise<MeasuredApi>;
  startClients(): Clients;
  /** The accounts of the tokens, once each has had a request. */
  readAccountIds(): Promise<string[]>;
  /** Slots of streams whose process is connected, and how many such processes there are. */
  readLiveSlots(): Promise<{ readonly sessions: number; readonly slots: number }>;
  /** The result's first row, from a session in another database, which so does not count itself. */
  observe<Row extends object>(text: string, values: readonly unknown[]): Promise<Row>;
  readonly databaseName: string;
  close(): Promise<void>;
}

/** @throws Error when a process may not open as many files as it has streams */
export async function openStreamStudio(accounts: number, streamsOfAProcess: number): Promise<StreamStudio> {
  assertFilesAllowed(streamsOfAProcess);
  const service = await openServiceEnvironment();
  const database = createDatabase({ url: service.databaseOwnerUrl, applicationName: 'streams test', poolSize: 4 });
  const databaseName = new URL(service.databaseOwnerUrl).pathname.slice(1);
  const observer = new Client({ connectionString: sharedStack().databaseAdminUrl });
  await observer.connect();
  const signer = createDemoTokens(service.signingKey);
  const subjects = Array.from({ length: accounts }, (_, index) => `streams|${index}`);
  const tokens = await Promise.all(subjects.map((sub) => signer.forUser({ sub, tier: 'pro' })));
  return {
    database,
    databaseName,
    tokens,
    async startApi() {
      const api = service.run(['--import', GAUGE, 'api/server.ts'], {}, { messages: true });
      const port = Number(READY.exec(await api.waitForOutput(READY))![1]);
      return { ...api, port, gauge: (request = 'read') => exchange<Gauge>(api, request) };
    },
    startClients() {
      const clients = service.run([CLIENTS], {}, { messages: true });
      const send = <Answer>(request: Request) => exchange<Answer>(clients, request);
      return {
        open: ({ port }, opening, perSecond) => send({ do: 'open', port, tokens: opening, perSecond }),
        move: ({ port }) => send({ do: 'move', port }),
        record: () => send({ do: 'record' }),
        report: () => send({ do: 'report' }),
      };
    },
    async readAccountIds() {
      const rows = await database.call<{ id: string; subject: string }>(
        'streams.accounts',
        'SELECT id, subject FROM accounts',
        [],
      );
      const ids = new Map(rows.map(({ subject, id }) => [subject, id]));
      return subjects.map((subject) => ids.get(subject)!);
    },
    async readLiveSlots() {
      const [live] = await database.call<{ sessions: number; slots: number }>(
        'streams.slots',
        `SELECT count(DISTINCT session)::int AS sessions, count(*)::int AS slots FROM stream_slots
           WHERE NOT pg_try_advisory_xact_lock_shared(session)`,
        [],
      );
      return live!;
    },
    async observe<Row extends object>(text: string, values: readonly unknown[]) {
      const { rows } = await observer.query<Row & Record<string, unknown>>(text, [...values]);
      return rows[0]!;
    },
    async close() {
      await observer.end();
      await database.close();
      await service.close();
    },
  };
}

async function exchange<Answer>({ child }: RunningProgram, request: string | Request): Promise<Answer> {
  const message = once(child, 'message');
  child.send(request);
  return (await message)[0] as Answer;
}

/** Node raises its own limit up to this one. */
function assertFilesAllowed(streams: number): void {
  const limit = execFileSync('sh', ['-c', 'ulimit -Hn']).toString().trim();
  if (limit === 'unlimited' || Number(limit) >= streams + OTHER_FILES) return;
  throw new Error(`${streams} streams of a process need as many open files; the hard limit is ${limit} (ulimit -Hn)`);
}
