import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A load balancer of TCP connections, as in front of several processes. */
export interface TcpBalancer {
  readonly address: string;
  /** The servers from now on, such as `http://127.0.0.1:8080`; open connections stay where they are. */
  setServers(addresses: readonly string[]): void;
  close(): void;
}

/**
 * Starts a balancer that sends each connection to the next server. A connection that a server refuses goes to the one after it;
 * nothing else is tried again, because a request may have arrived.
 */
export async function startTcpBalancer(): Promise<TcpBalancer> {
  let servers: readonly URL[] = [];
  let next = 0;
  const clients = new Set<Socket>();

  async function forward(client: Socket): Promise<void> {
    for (let tried = 0; tried < servers.length; tried += 1) {
      next = (next + 1) % servers.length;
      const { hostname, port } = servers[next]!;
      const upstream = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
      try {
        await once(upstream, 'connect');
      } catch {
        continue;
      }
      upstream.on('error', () => client.resetAndDestroy());
      client.on('error', () => upstream.resetAndDestroy());
      client.pipe(upstream);
      upstream.pipe(client);
      return;
    }
    client.resetAndDestroy();
  }

  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (client) => {
    clients.add(client);
    client.once('close', () => clients.delete(client));
    client.on('error', () => undefined);
    void forward(client);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    setServers(addresses) {
      servers = addresses.map((address) => new URL(address));
    },
    close() {
      server.close();
      for (const client of clients) client.destroy();
    },
  };
}
