import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';

/**
 * Opens a server.
 * @param port 0: any free one
 * @returns its address, with the port it has
 * @throws Error that names host and port
 */
export async function listen(server: Server, { host, port }: { host: string; port: number }): Promise<string> {
  try {
    await once(server.listen(port, host), 'listening');
  } catch (cause) {
    throw new Error(`can't listen on ${host}:${port}`, { cause });
  }
  const { address, port: chosen } = server.address() as AddressInfo;
  return `http://${address.includes(':') ? `[${address}]` : address}:${chosen}`;
}
