import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A proxy that repeatedly cuts all connections to a server, in the middle of their data. */
export interface FlakyProxy {
  readonly url: string;
  cuts(): number;
  close(): Promise<void>;
}

/** Growing intervals let answers through between two cuts on any machine. */
const INTERVAL_GROWTH = 1.1;

/** @param everyMs interval before the first cut; each further one is a tenth longer */
export async function startFlakyProxy(target: string, everyMs: number): Promise<FlakyProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let cuts = 0;
  const server = createServer((inner) => {
    const outer = connect(Number(port), hostname);
    for (const [from, to] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      sockets.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
      from.pipe(to);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  let nextMs = everyMs;
  let timer = setTimeout(cut, nextMs);
  function cut(): void {
    cuts += sockets.size > 0 ? 1 : 0;
    for (const socket of sockets) socket.destroy();
    nextMs *= INTERVAL_GROWTH;
    timer = setTimeout(cut, nextMs);
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cuts: () => cuts,
    async close() {
      clearTimeout(timer);
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
