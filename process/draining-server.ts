import { once } from 'node:events';
import { createServer, type RequestListener, type Server, type ServerOptions, type ServerResponse } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { lingerAfterEarlyAnswer } from './early-answer.ts';

/** A request that is on its way arrives within this, also on a busy machine: a connection that is silent for so long is idle. */
const IDLE_AFTER_MS = 500;
/** Before the listener closes, requests under way may be answered within this, */
const LULL_WITHIN_MS = 1_000;
/** and a client that was just answered connects anew within this. */
const CONNECT_AGAIN_MS = 100;
const POLL_EVERY_MS = 5;

interface DrainOptions {
  /** The listener stays open for this long, so that balancers see the 503 and look elsewhere before it closes. */
  readonly drainMs: number;
  /** After that, requests under way may take this long. */
  readonly finishMs: number;
  /** From now on the process says that it is not ready. */
  readonly onDrain: () => void;
}

export interface DrainingServer {
  readonly server: Server;
  /**
   * Ends the server without cutting a request: every answer says `Connection: close`, event streams end, and a connection is closed
   * when it has been silent for a moment.
   * @returns the number of connections that were cut because they took too long
   */
  drain(options: DrainOptions): Promise<number>;
}

interface Connection {
  /** Requests that are not answered yet. */
  busy: number;
  /** What had come in when it was last seen without a request. */
  idleAtBytes: number | undefined;
}

export function createDrainingServer(options: ServerOptions, handle: RequestListener): DrainingServer {
  const connections = new Map<Socket, Connection>();
  const answers = new Set<ServerResponse>();
  let draining = false;
  /** Requests wait here while the listener closes. */
  let waiting: (() => void)[] | undefined;

  const server = createServer(options, (request, answer) => {
    const connection = connections.get(request.socket);
    if (connection !== undefined) connection.busy += 1;
    announceIn(answer);
    lingerAfterEarlyAnswer(request, answer);
    answer.once('close', () => {
      if (connection !== undefined) connection.busy -= 1;
      answers.delete(answer);
    });
    const begin = () => {
      answers.add(answer);
      handle(request, answer);
    };
    if (waiting === undefined) begin();
    else waiting.push(begin);
  });
  server.on('connection', (socket) => {
    connections.set(socket, { busy: 0, idleAtBytes: undefined });
    socket.once('close', () => connections.delete(socket));
  });

  /** Headers are written late, and a proxy's are somebody else's: this is the last moment to add one. */
  function announceIn(answer: ServerResponse): void {
    const writeHead = answer.writeHead.bind(answer) as (...given: unknown[]) => ServerResponse;
    answer.writeHead = (...given: unknown[]) => {
      if (draining) answer.setHeader('Connection', 'close');
      return writeHead(...given);
    };
  }

  function endEventStreams(): void {
    for (const answer of answers) if (isEventStream(answer)) answer.end();
  }

  function closeIdle(): void {
    for (const [socket, connection] of connections) {
      if (connection.busy === 0 && connection.idleAtBytes === socket.bytesRead) socket.destroySoon();
      connection.idleAtBytes = connection.busy === 0 ? socket.bytesRead : undefined;
    }
  }

  /**
   * Closing a listener resets connections that the kernel has made and Node not yet accepted. Clients connect when they were answered:
   * so for a moment nobody is, and when nobody connects any more the listener closes.
   */
  async function closeListener(): Promise<void> {
    waiting = [];
    const latest = performance.now() + LULL_WITHIN_MS;
    while (answers.size > 0 && performance.now() < latest) {
      endEventStreams();
      await sleep(POLL_EVERY_MS);
    }
    if (connections.size > 0) await sleep(CONNECT_AGAIN_MS);
    // The HTTP server's own close() would cut idle connections at once, while a request may be on its way to them.
    NetServer.prototype.close.call(server);
    for (const begin of waiting) begin();
    waiting = undefined;
  }

  return {
    server,
    async drain({ drainMs, finishMs, onDrain }) {
      draining = true;
      onDrain();
      endEventStreams();
      await sleep(drainMs);
      const closed = once(server, 'close').then(() => true);
      await closeListener();
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

function isEventStream(answer: ServerResponse): boolean {
  return String(answer.getHeader('Content-Type')).startsWith('text/event-stream');
}
