import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { createSendWebhook } from './send-webhook.ts';
import { type FaultScript, faultSchema } from '../faults/fault.ts';
import { createFaultQueue, type FaultQueue } from '../faults/fault-queue.ts';
import { readBody, send } from '../faults/wire.ts';
import { handleCall } from './handle-call.ts';
import { createPredictionStore, type LedgerEntry } from './prediction-store.ts';

export interface FakeReplicateOptions {
  /** 0, the default, uses a free port. */
  port?: number;
  token?: string;
  /** When set, the fake calls a prediction's `webhook`. */
  webhookSecret?: string;
  /** How long a prediction runs without a fault, milliseconds. */
  runsMs?: number;
  retentionMs?: number;
  /** 100 at the service; tests of paging use less. */
  pageSize?: number;
  /** Milliseconds since 1970; lets a test control the clock. */
  now?: () => number;
  /** Instead of scripted faults. */
  faults?: FaultQueue;
}

export interface FakeReplicate {
  /** For REPLICATE_BASE_URL, with the API's version. */
  readonly url: string;
  readonly token: string;
  /** All accepted predictions, oldest first: what would be billed. */
  ledger(): LedgerEntry[];
  /** How often each call was made, faults included, by method and path, such as `GET /v1/predictions/:id`. */
  calls(): Readonly<Record<string, number>>;
  /** The `traceparent` headers of all calls. */
  traceparents(): readonly string[];
  /** Predictions that were requested before a Retry-After had ended, by the fake's clock. */
  callsIgnoringRetryAfter(): number;
  /** Adds faults; each affects the first `times` calls or predictions that match. */
  script(...faults: FaultScript[]): void;
  /** Deletes predictions, calls and faults. */
  reset(): void;
  stop(): Promise<void>;
}

const RUNS_MS = 150;
const RETENTION_MS = 60 * 60_000;
const PAGE_SIZE = 100;

/**
 * Serves the parts of Replicate's published HTTP API that we use on a loopback port, with faults on demand. Other processes control
 * it through `/__fake/script`, `/__fake/ledger`, `/__fake/calls` and `/__fake/reset`.
 */
export async function createFakeReplicate(options: FakeReplicateOptions = {}): Promise<FakeReplicate> {
  const {
    port = 0,
    token = 'r8_fake',
    runsMs = RUNS_MS,
    retentionMs = RETENTION_MS,
    pageSize = PAGE_SIZE,
    now = Date.now,
  } = options;
  const { faults = createFaultQueue() } = options;
  const store = createPredictionStore({ now, runsMs, retentionMs });
  const counts = new Map<string, number>();
  const traceparents: string[] = [];
  const sendWebhook =
    options.webhookSecret === undefined ? undefined : createSendWebhook(store, faults, options.webhookSecret);
  const retryAfter = { untilMs: 0, ignoredCalls: 0 };
  const context = { store, faults, pageSize, now, sendWebhook, retryAfter };

  function count(request: IncomingMessage): void {
    const path = (request.url ?? '').replace(/\?.*/, '').replace(/\/[0-9a-z]{26}(?=\/|$)/, '/:id');
    const key = `${request.method} ${path}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
    const { traceparent } = request.headers;
    if (typeof traceparent === 'string') traceparents.push(traceparent);
  }

  function reset(): void {
    faults.clear();
    store.clear();
    counts.clear();
    Object.assign(retryAfter, { untilMs: 0, ignoredCalls: 0 });
  }

  async function control(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    if (path === '/__fake/script') faults.add(z.array(faultSchema).parse(JSON.parse(body)));
    if (path === '/__fake/reset') reset();
    send(response, { status: 200, body: path === '/__fake/calls' ? Object.fromEntries(counts) : store.ledger() });
  }

  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    const handling = path.startsWith('/__fake/')
      ? control(path, request, response)
      : (count(request), handleCall(context, token, request, response));
    // A client that disconnects, or an invalid script, must not end the fake.
    handling.catch(
      (error: unknown) => response.headersSent || send(response, { status: 500, body: { error: String(error) } }),
    );
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', () => resolve()));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    token,
    ledger: () => store.ledger(),
    calls: () => Object.fromEntries(counts),
    traceparents: () => traceparents,
    callsIgnoringRetryAfter: () => retryAfter.ignoredCalls,
    script: (...scripts) => faults.add(scripts),
    reset,
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
