import type { FaultScript } from '../faults/fault.ts';
import { createFaultQueue } from '../faults/fault-queue.ts';
import { type FakeRoute, type FakeServer, serveFaulty } from '../faults/serve-faulty.ts';
import { cancel, file, history, submit, result, status } from './api-calls.ts';
import { faultReply, NOT_FOUND, UNAUTHENTICATED } from './replies.ts';
import { createRequestBook, type LedgerEntry } from './request-store.ts';

export interface FakeFalOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  readonly key?: string;
  /** How long an ordinary request runs, milliseconds. */
  readonly runsMs?: number;
  /** The service lists at most 100 a page; tests of paging take less. */
  readonly pageSize?: number;
  /** Milliseconds; a test may turn the clock itself. */
  readonly now?: () => number;
}

export interface FakeFal extends Pick<FakeServer, 'calls' | 'reset' | 'stop'> {
  /** What FAL_QUEUE_URL takes. */
  readonly queueUrl: string;
  /** What FAL_API_URL takes. */
  readonly apiUrl: string;
  readonly key: string;
  /** Every request that was accepted, oldest first: what would be on the bill. */
  ledger(): LedgerEntry[];
  script(...faults: FaultScript[]): void;
}

const RUNS_MS = 150;
const PAGE_SIZE = 100;

/** fal's published queue and history on a loopback port, as far as they are used here, with faults on demand. */
export async function createFakeFal(options: FakeFalOptions = {}): Promise<FakeFal> {
  const { port, key = 'fal_fake:secret', runsMs = RUNS_MS, pageSize = PAGE_SIZE, now = Date.now } = options;
  const faults = createFaultQueue();
  const book = createRequestBook({ now, runsMs });
  const context = { book, faults, pageSize };

  function routeOf(method: string, path: string): FakeRoute | undefined {
    if (method === 'GET' && path === '/v1/models/requests/by-endpoint')
      return { call: 'list', act: (incoming) => history(context, incoming) };
    const [, work, suffix] = /^\/[\w.-]+\/[\w.-]+\/requests\/([\w-]+)(?:\/(status|cancel))?$/.exec(path) ?? [];
    if (work !== undefined) return routeOfWork(method, work, suffix);
    const [, image] = /^\/files\/([\w-]+)\.png$/.exec(path) ?? [];
    if (image !== undefined) return { call: 'output', isPublic: true, act: () => file(context, image) };
    return method === 'POST'
      ? { call: 'create', act: (incoming) => submit(context, path.slice(1), incoming) }
      : undefined;
  }

  function routeOfWork(method: string, id: string, suffix: string | undefined): FakeRoute | undefined {
    if (suffix === 'cancel') return method === 'PUT' ? { call: 'cancel', act: () => cancel(context, id) } : undefined;
    if (method !== 'GET') return undefined;
    const act = suffix === 'status' ? status : result;
    return { call: suffix === 'status' ? 'get' : 'result', act: (incoming) => act(context, id, incoming) };
  }

  const server = await serveFaulty(
    {
      faults,
      authorization: `Key ${key}`,
      unauthenticated: UNAUTHENTICATED,
      notFound: NOT_FOUND,
      faultReply,
      routeOf,
      ledger: book.ledger,
      reset: book.clear,
    },
    port,
  );
  const { calls, reset, script, stop, origin } = server;
  return { queueUrl: origin, apiUrl: `${origin}/v1`, key, calls, reset, script, stop, ledger: book.ledger };
}
