import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { type Call, type CallFault, type FaultScript, faultSchema } from './fault.ts';
import type { FaultQueue } from './fault-queue.ts';
import { actsFirst, fail, readBody, type Reply, send } from './wire.ts';

export interface Incoming {
  /** Scheme, host and port the caller used. */
  readonly origin: string;
  readonly query: URLSearchParams;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

export interface FakeRoute {
  readonly call: Call;
  /** Needs no authorization, like a file on a delivery host. */
  readonly isPublic?: boolean;
  readonly act: (incoming: Incoming) => Reply | Promise<Reply>;
}

/** A service's HTTP interface: its routes, its authorization and its error replies. */
export interface FakeService {
  readonly faults: FaultQueue;
  /** The required Authorization header. */
  readonly authorization: string;
  readonly unauthenticated: Reply;
  readonly notFound: Reply;
  faultReply(fault: CallFault): Reply;
  routeOf(method: string, path: string): FakeRoute | undefined;
  /** Everything that would be billed. */
  ledger(): object[];
  reset(): void;
}

export interface FakeServer {
  readonly origin: string;
  /** How often each call was made, faults included, by name: `create`, `get` … */
  calls(): Readonly<Partial<Record<Call, number>>>;
  script(...faults: FaultScript[]): void;
  reset(): void;
  stop(): Promise<void>;
}

/**
 * Serves a fake service on a loopback port, with faults on demand. Other processes control it through `/__fake/script`,
 * `/__fake/ledger`, `/__fake/calls` and `/__fake/reset`.
 */
export async function serveFaulty(service: FakeService, port = 0): Promise<FakeServer> {
  const counts = new Map<Call, number>();

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const origin = `http://${request.headers.host ?? '127.0.0.1'}`;
    const url = new URL(request.url ?? '/', origin);
    const body = await readBody(request);
    if (url.pathname.startsWith('/__fake/')) return control(url.pathname, body, response);
    const route = service.routeOf(request.method ?? 'GET', url.pathname);
    if (route === undefined) return send(response, service.notFound);
    counts.set(route.call, (counts.get(route.call) ?? 0) + 1);
    if (route.isPublic !== true && request.headers.authorization !== service.authorization)
      return send(response, service.unauthenticated);

    const fault = service.faults.shiftForCall(route.call, body);
    if (fault?.fault === 'slow') await sleep(fault.ms);
    const failing = fault?.fault === 'slow' ? undefined : fault;
    if (failing && !actsFirst(failing)) return fail(failing, request, response, service.faultReply(failing));
    const reply = await route.act({ origin, query: url.searchParams, headers: request.headers, body });
    return failing ? fail(failing, request, response, service.faultReply(failing), reply) : send(response, reply);
  }

  function reset(): void {
    service.faults.clear();
    service.reset();
    counts.clear();
  }

  function control(path: string, body: string, response: ServerResponse): void {
    if (path === '/__fake/script') service.faults.add(z.array(faultSchema).parse(JSON.parse(body)));
    if (path === '/__fake/reset') reset();
    send(response, { status: 200, body: path === '/__fake/calls' ? Object.fromEntries(counts) : service.ledger() });
  }

  const server = createServer((request, response) => {
    // A client that disconnects, or an invalid script, must not end the fake.
    handle(request, response).catch(
      (error: unknown) => response.headersSent || send(response, { status: 500, body: { error: String(error) } }),
    );
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', () => resolve()));

  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: () => Object.fromEntries(counts),
    script: (...scripts) => service.faults.add(scripts),
    reset,
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
