import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';

/**
 * Connections that the kernel has made and the process has not accepted yet. Node's 511 are fewer than the clients that come at once when
 * another process has died; one above it connects again after a second, then two, four. The kernel's own limit holds as well
 * (`net.core.somaxconn`, 4096 by default).
 */
const BACKLOG = 4096;

/**
 * Starts listening.
 * @param port 0: any free one
 * @returns the URL with the actual port
 * @throws Error that names host and port
 */
export async function listen(server: Server, { host, port }: { host: string; port: number }): Promise<string> {
  try {
    await once(server.listen({ port, host, backlog: BACKLOG }), 'listening');
  } catch (cause) {
    throw new Error(`can't listen on ${host}:${port}`, { cause });
  }
  const { address, port: chosen } = server.address() as AddressInfo;
  return `http://${address.includes(':') ? `[${address}]` : address}:${chosen}`;
}
