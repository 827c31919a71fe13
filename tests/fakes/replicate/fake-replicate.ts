import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { createCallBack } from './send-webhook.ts';
import { type FaultScript, faultSchema } from '../faults/fault.ts';
import { createFaultQueue } from '../faults/fault-queue.ts';
import { readBody, send } from '../faults/wire.ts';
import { handleCall } from './handle-call.ts';
import { createPredictionBook, type LedgerEntry } from './prediction-store.ts';

export interface FakeReplicateOptions {
  /** 0, the default, takes a free one. */
  port?: number;
  token?: string;
  /** With it, whoever orders with a `webhook` is called back. */
  webhookSecret?: string;
  /** How long an ordinary prediction runs, milliseconds. */
  runsMs?: number;
  retentionMs?: number;
  /** The service lists 100 a page; tests of paging take less. */
  pageSize?: number;
  /** Milliseconds; a test may turn the clock itself. */
  now?: () => number;
}

export interface FakeReplicate {
  /** With the API's version: what REPLICATE_BASE_URL takes. */
  readonly url: string;
  readonly token: string;
  /** Every prediction that was accepted, oldest first: what would be on the bill. */
  ledger(): LedgerEntry[];
  /** How often each call was made, faults included; keys are `GET /v1/predictions/…` with ids left out. */
  calls(): Readonly<Record<string, number>>;
  /** Orders that came before a Retry-After was over, by the fake's own clock. */
  early(): number;
  /** Adds faults to come; each befalls the first `times` calls or predictions it fits. */
  script(...faults: FaultScript[]): void;
  /** Forgets predictions, calls and faults. */
  reset(): void;
  stop(): Promise<void>;
}

const RUNS_MS = 150;
const RETENTION_MS = 60 * 60_000;
const PAGE_SIZE = 100;

/**
 * Replicate's published HTTP API on a loopback port, as far as it is used here, with faults on demand. The same control is
 * served at `/__fake/script`, `/__fake/ledger`, `/__fake/calls` and `/__fake/reset` for drivers in other processes.
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
  const faults = createFaultQueue();
  const book = createPredictionBook({ now, runsMs, retentionMs });
  const counts = new Map<string, number>();
  const callBack = options.webhookSecret === undefined ? undefined : createCallBack(book, options.webhookSecret);
  const rateLimit = { untilMs: 0, early: 0 };
  const context = { book, faults, pageSize, now, callBack, rateLimit };

  function count(request: IncomingMessage): void {
    const path = (request.url ?? '').replace(/\?.*/, '').replace(/\/[0-9a-z]{26}(?=\/|$)/, '/:id');
    const key = `${request.method} ${path}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }

  function reset(): void {
    faults.clear();
    book.clear();
    counts.clear();
    Object.assign(rateLimit, { untilMs: 0, early: 0 });
  }

  async function control(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    if (path === '/__fake/script') faults.add(z.array(faultSchema).parse(JSON.parse(body)));
    if (path === '/__fake/reset') reset();
    send(response, { status: 200, body: path === '/__fake/calls' ? Object.fromEntries(counts) : book.ledger() });
  }

  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    const handling = path.startsWith('/__fake/')
      ? control(path, request, response)
      : (count(request), handleCall(context, token, request, response));
    // A client that hangs up or a script that makes no sense must not end the fake.
    handling.catch(
      (error: unknown) => response.headersSent || send(response, { status: 500, body: { error: String(error) } }),
    );
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', () => resolve()));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    token,
    ledger: () => book.ledger(),
    calls: () => Object.fromEntries(counts),
    early: () => rateLimit.early,
    script: (...scripts) => faults.add(scripts),
    reset,
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
