import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';

/**
 * Starts listening.
 * @param port 0: any free one
 * @returns the URL with the actual port
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
