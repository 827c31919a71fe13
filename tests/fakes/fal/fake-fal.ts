import type { FaultScript } from '../faults/fault.ts';
import { createFaultQueue, type FaultQueue } from '../faults/fault-queue.ts';
import { type FakeRoute, type FakeServer, serveFaulty } from '../faults/serve-faulty.ts';
import { cancel, create, file, history, result, status } from './api-calls.ts';
import { faultReply, NOT_FOUND, UNAUTHENTICATED } from './replies.ts';
import { createFalSigner, createSendWebhook, type FalSigner } from './send-webhook.ts';
import { createRequestStore, type LedgerEntry } from './request-store.ts';

export interface FakeFalOptions {
  /** 0, the default, uses a free port. */
  readonly port?: number;
  readonly key?: string;
  /** In the signature of its callbacks. */
  readonly userId?: string;
  /** How long a request runs without a fault, milliseconds. */
  readonly runsMs?: number;
  /** At most 100 at the service; tests of paging use less. */
  readonly pageSize?: number;
  /** Milliseconds since 1970; lets a test control the clock. */
  readonly now?: () => number;
  /** Instead of scripted faults. */
  readonly faults?: FaultQueue;
}

export interface FakeFal extends Pick<FakeServer, 'calls' | 'reset' | 'stop'> {
  /** For FAL_QUEUE_URL. */
  readonly queueUrl: string;
  /** For FAL_API_URL. */
  readonly apiUrl: string;
  readonly key: string;
  /** For FAL_JWKS_URL. */
  readonly keysUrl: string;
  readonly userId: string;
  readonly signer: FalSigner;
  /** All accepted requests, oldest first: what would be billed. */
  ledger(): LedgerEntry[];
  script(...faults: FaultScript[]): void;
}

const RUNS_MS = 150;
const PAGE_SIZE = 100;
const KEYS_PATH = '/.well-known/jwks.json';

/** Serves the parts of fal's published queue and history API that we use on a loopback port, with faults on demand. */
export async function createFakeFal(options: FakeFalOptions = {}): Promise<FakeFal> {
  const {
    port,
    key = 'fal_fake:secret',
    userId = 'fal-user',
    runsMs = RUNS_MS,
    pageSize = PAGE_SIZE,
    now = Date.now,
    faults = createFaultQueue(),
  } = options;
  const store = createRequestStore({ now, runsMs });
  const signer = createFalSigner(userId);
  const context = { store, faults, pageSize, sendWebhook: createSendWebhook(store, faults, signer) };

  function routeOf(method: string, path: string): FakeRoute | undefined {
    if (method === 'GET' && path === '/v1/models/requests/by-endpoint')
      return { call: 'list', act: (incoming) => history(context, incoming) };
    if (method === 'GET' && path === KEYS_PATH) return { call: 'keys', isPublic: true, act: () => signer.keys() };
    const [, requestId, action] = /^\/[\w.-]+\/[\w.-]+\/requests\/([\w-]+)(?:\/(status|cancel))?$/.exec(path) ?? [];
    if (requestId !== undefined) return requestRoute(method, requestId, action);
    const [, image] = /^\/files\/([\w-]+)\.png$/.exec(path) ?? [];
    if (image !== undefined) return { call: 'output', isPublic: true, act: () => file(context, image) };
    return method === 'POST'
      ? { call: 'create', act: (incoming) => create(context, path.slice(1), incoming) }
      : undefined;
  }

  function requestRoute(method: string, id: string, action: string | undefined): FakeRoute | undefined {
    if (action === 'cancel') return method === 'PUT' ? { call: 'cancel', act: () => cancel(context, id) } : undefined;
    if (method !== 'GET') return undefined;
    const act = action === 'status' ? status : result;
    return { call: action === 'status' ? 'get' : 'result', act: (incoming) => act(context, id, incoming) };
  }

  const server = await serveFaulty(
    {
      faults,
      authorization: `Key ${key}`,
      unauthenticated: UNAUTHENTICATED,
      notFound: NOT_FOUND,
      faultReply,
      routeOf,
      ledger: store.ledger,
      reset: store.clear,
    },
    port,
  );
  const { calls, reset, script, stop, origin } = server;
  return {
    queueUrl: origin,
    apiUrl: `${origin}/v1`,
    keysUrl: `${origin}${KEYS_PATH}`,
    key,
    userId,
    signer,
    calls,
    reset,
    script,
    stop,
    ledger: store.ledger,
  };
}
