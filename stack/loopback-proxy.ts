import { Agent, createServer, request as send, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { pipeline } from 'node:stream';
import { listen } from '#process/listen.ts';
import { LOOPBACK } from './ports.ts';

/** A server that websites must not reach on their own: it checks neither who asks nor under which name. */
export interface GuardedServer {
  readonly host: string;
  readonly port: number;
}

/** What happens to a request. */
export type Ruling =
  | { readonly refuse: number; readonly reason: string }
  | {
      /** Path and query for the server behind. */
      readonly path: string;
      /** Request headers that are replaced. */
      readonly headers?: OutgoingHttpHeaders;
      /** Replaces the server's CORS headers. */
      readonly cors?: OutgoingHttpHeaders;
    };

export interface LoopbackProxy {
  /** @throws Error when the port is in use. */
  open(): Promise<void>;
  /** Ends running transfers. Safe to repeat. */
  close(): Promise<void>;
}

const HOP_BY_HOP = ['connection', 'keep-alive', 'proxy-connection', 'upgrade'];

/**
 * A streaming proxy, in front of a server that is reached only through it.
 * @param host the loopback interface; a container's port is published there
 */
export function createLoopbackProxy(
  port: number,
  server: GuardedServer,
  rule: (request: IncomingMessage) => Ruling,
  host = LOOPBACK,
): LoopbackProxy {
  const agent = new Agent({ keepAlive: true });
  const open = () =>
    createServer((request, response) => {
      const ruling = rule(request);
      if ('refuse' in ruling) {
        response.writeHead(ruling.refuse, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' });
        response.end(`${ruling.reason}\n`);
        request.resume();
        return;
      }
      const { method } = request;
      const headers = { ...without(request.headers, HOP_BY_HOP), ...ruling.headers };
      const forwarded = send({ ...server, agent, method, path: ruling.path, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, { ...ownHeaders(answer), ...ruling.cors });
        pipeline(answer, response, () => undefined);
      });
      // A client that leaves ends its transfer; a server that is away is reported to the client, which may try again.
      response.once('close', () => forwarded.destroy());
      pipeline(request, forwarded, (error) => {
        if (error && !response.headersSent)
          response.writeHead(502, { 'content-type': 'text/plain' }).end('unreachable\n');
        else if (error) response.destroy();
      });
    });

  let listening: ReturnType<typeof open> | undefined;
  return {
    async open() {
      if (listening !== undefined) return;
      const created = open();
      await listen(created, { host, port });
      listening = created;
    },
    async close() {
      const closing = listening;
      listening = undefined;
      agent.destroy();
      closing?.closeAllConnections();
      await new Promise<void>((resolve) => (closing === undefined ? resolve() : closing.close(() => resolve())));
    },
  };
}

/** The server's own decide nothing here. */
function ownHeaders({ headers }: IncomingMessage): OutgoingHttpHeaders {
  const cors = Object.keys(headers).filter((name) => name.startsWith('access-control-'));
  return without(headers, [...cors, ...HOP_BY_HOP]);
}

function without(headers: OutgoingHttpHeaders, names: readonly string[]): OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));
}
