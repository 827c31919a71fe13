import { createServer } from 'node:net';
import { randomInt } from 'node:crypto';

/** Everything embedded listens on the loopback interface only. */
export const LOOPBACK = '127.0.0.1';

/**
 * An address for a server that is reached through a proxy of ours only. No website can guess it: the whole of 127.0.0.0/8 is loopback,
 * except on macOS, where only the port is random.
 */
export function hiddenLoopback(platform = process.platform): string {
  if (platform === 'darwin') return LOOPBACK;
  return ['127', randomInt(1, 255), randomInt(256), randomInt(1, 255)].join('.');
}

/**
 * Free ports are chosen below Linux's ephemeral range (32768-60999): outgoing connections never use these, so a port
 * found free is still free when its server starts, and again when the server is restarted on it.
 */
const FREE_PORT_FROM = 20_000;
const FREE_PORT_BELOW = 32_000;
/** One or two attempts usually suffice; after a hundred something else is wrong. */
const MAX_TRIES = 100;

/** Whether a server could listen on this loopback port now. */
export async function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: LOOPBACK, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** Chooses ports and never gives the same one twice, even before its server listens. */
export interface PortChooser {
  /** `preferred` if it is free, else another port, which is logged; 0 means any port. */
  choose(what: string, preferred: number): Promise<number>;
}

/** @param log receives one message for each preferred port that is in use. */
export function createPortChooser(log: (message: string) => void): PortChooser {
  const given = new Set<number>();

  async function anyFree(): Promise<number> {
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const port = randomInt(FREE_PORT_FROM, FREE_PORT_BELOW);
      if (given.has(port)) continue;
      given.add(port);
      if (await isPortFree(port)) return port;
    }
    throw new Error(`no free port found between ${FREE_PORT_FROM} and ${FREE_PORT_BELOW} on ${LOOPBACK}`);
  }

  return {
    async choose(what, preferred) {
      if (preferred === 0) return anyFree();
      const reserved = given.has(preferred);
      given.add(preferred);
      if (!reserved && (await isPortFree(preferred))) return preferred;
      const other = await anyFree();
      log(`Port ${preferred} for ${what} is in use by another program; using ${other} instead`);
      return other;
    },
  };
}
