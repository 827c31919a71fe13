import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A proxy that can stop forwarding: connections stay open but no data passes, as in a broken network. */
export async function silentProxy(targetUrl: string): Promise<{
  readonly url: string;
  fallSilent(): void;
  /** Ends the silence: connections that lived through it break, as their bytes are lost, and new ones work. */
  recover(): void;
  close(): Promise<void>;
}> {
  const target = new URL(targetUrl);
  const sockets = new Set<Socket>();
  let silent = false;
  const server = createServer((inner) => {
    const outer = connect(Number(target.port), target.hostname);
    for (const [from, to] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      sockets.add(from);
      from.on('data', (bytes) => silent || to.write(bytes));
      from.on('error', () => to.destroy());
      from.on('close', () => to.destroy());
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(targetUrl);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as { port: number }).port);
  return {
    url: url.href,
    fallSilent: () => {
      silent = true;
    },
    recover() {
      silent = false;
      for (const socket of sockets) socket.destroy();
      sockets.clear();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
