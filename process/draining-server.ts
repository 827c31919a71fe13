import { once } from 'node:events';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';
import { setImmediate as afterPoll, setTimeout as sleep } from 'node:timers/promises';
import type { ClientLimits } from './client-limits.ts';
import { enableLingeringClose } from './lingering-close.ts';

/** A connection without traffic for this long is idle: a request in transit arrives sooner, even on a busy machine. */
const IDLE_AFTER_MS = 500;
/** Before the listener closes, open requests are given this time to finish. */
const FINISH_OPEN_REQUESTS_MS = 1_000;
/** A client reconnects within this time after its last response. */
const RECONNECT_MS = 100;
/** Before the listener closes, clients may still connect for this long; those that come later may be reset. */
const RECONNECT_MAX_MS = 1_000;
const POLL_EVERY_MS = 5;

interface DrainOptions {
  /** The listener stays open for this long, so that load balancers see the 503 and stop routing to it before it closes. */
  readonly drainMs: number;
  /** After that, time for open requests to finish. */
  readonly finishMs: number;
  /** Called at the start: the process reports that it is not ready. */
  readonly onDrain: () => void;
}

export interface DrainingServer {
  readonly server: Server;
  /**
   * Closes the server without aborting a request: every response has `Connection: close`, event streams end, and idle connections
   * are closed.
   * @returns the number of connections that were aborted at the time limit
   */
  drain(options: DrainOptions): Promise<number>;
}

interface Connection {
  /** Open requests. */
  busy: number;
  /** Bytes received when it was last seen without an open request. */
  idleAtBytes: number | undefined;
}

/** @param limits Node's own, by default */
export function createDrainingServer(limits: Partial<ClientLimits>, handle: RequestListener): DrainingServer {
  const connections = new Map<Socket, Connection>();
  const responses = new Set<ServerResponse>();
  /** One function for all sockets: a closure would be held by each connection. */
  function forget(this: Socket): void {
    connections.delete(this);
  }
  let [draining, accepted] = [false, 0];
  /** Requests that arrive while the listener closes. */
  let waiting: (() => void)[] | undefined;

  const { silenceTimeout, ...options } = limits;
  const server = createServer(options, (request, response) => {
    const connection = connections.get(request.socket);
    if (connection !== undefined) connection.busy += 1;
    addCloseHeader(response);
    enableLingeringClose(request, response);
    response.on('close', () => {
      if (connection !== undefined) connection.busy -= 1;
      responses.delete(response);
    });
    const begin = () => {
      responses.add(response);
      handle(request, response);
    };
    if (waiting === undefined) begin();
    else waiting.push(begin);
  });
  if (silenceTimeout !== undefined) server.timeout = silenceTimeout;
  server.on('connection', (socket) => {
    accepted += 1;
    connections.set(socket, { busy: 0, idleAtBytes: undefined });
    socket.on('close', forget);
  });

  /** Adds the header in writeHead: handlers write their headers late, and a proxy passes on those of another server. */
  function addCloseHeader(response: ServerResponse): void {
    const { writeHead } = response;
    response.writeHead = (...args: unknown[]) => {
      // This function would be held as long as a stream is open.
      response.writeHead = writeHead;
      if (draining) response.setHeader('Connection', 'close');
      return (writeHead as (...given: unknown[]) => ServerResponse).apply(response, args);
    };
  }

  function endEventStreams(): void {
    for (const response of responses) if (isEventStream(response)) response.end();
  }

  function closeIdle(): void {
    for (const [socket, connection] of connections) {
      if (connection.busy === 0 && connection.idleAtBytes === socket.bytesRead) socket.destroySoon();
      connection.idleAtBytes = connection.busy === 0 ? socket.bytesRead : undefined;
    }
  }

  /**
   * Closing a listener resets connections that the kernel has accepted but Node has not. Clients reconnect after a response, so new
   * requests are held back for a moment, and the listener closes when no client connects any more.
   */
  async function closeListener(hadClients: boolean): Promise<void> {
    waiting = [];
    const latest = performance.now() + FINISH_OPEN_REQUESTS_MS;
    while (responses.size > 0 && performance.now() < latest) {
      endEventStreams();
      await sleep(POLL_EVERY_MS);
    }
    if (hadClients) await untilNobodyConnects();
    // The HTTP server's own close() would abort idle connections at once, while a request may be in transit on them.
    NetServer.prototype.close.call(server);
    for (const begin of waiting) begin();
    waiting = undefined;
  }

  /** Ends in the phase of the event loop that follows the accepting of connections, so that the kernel has none that would be reset. */
  async function untilNobodyConnects(): Promise<void> {
    const latest = performance.now() + RECONNECT_MAX_MS;
    let before: number;
    do {
      before = accepted;
      await sleep(RECONNECT_MS);
      // After a pause of this process, a timer is due before what came meanwhile has been accepted.
      await afterPoll();
    } while (accepted > before && performance.now() < latest);
  }

  return {
    server,
    async drain({ drainMs, finishMs, onDrain }) {
      draining = true;
      const [open, before] = [connections.size, accepted];
      onDrain();
      endEventStreams();
      await sleep(drainMs);
      const closed = once(server, 'close').then(() => true);
      // Between a response that closes its connection and the next request, a client has none.
      await closeListener(open > 0 || accepted > before);
      const latest = performance.now() + finishMs;
      while (performance.now() < latest) {
        endEventStreams();
        closeIdle();
        if (await Promise.race([closed, sleep(IDLE_AFTER_MS, false)])) return 0;
      }
      const cut = connections.size;
      server.closeAllConnections();
      return cut;
    },
  };
}

function isEventStream(response: ServerResponse): boolean {
  return String(response.getHeader('Content-Type')).startsWith('text/event-stream');
}
