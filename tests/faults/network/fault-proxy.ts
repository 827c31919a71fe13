import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AppliedLinkFault, LinkFault } from './link-fault.ts';

const LOOPBACK = '127.0.0.1';
/** Time for a forwarded request to arrive before its connection is reset, ms. */
const ARRIVES_AFTER_MS = 30;
const SECOND_MS = 1_000;

/** A TCP proxy in front of one part, with at most one fault at a time. */
export interface FaultProxy {
  readonly port: number;
  apply(fault: LinkFault): AppliedLinkFault;
  /** Open connections. */
  connections(): number;
  close(): Promise<void>;
}

interface ActiveFault {
  readonly fault: LinkFault;
  affected: number;
}

interface Connection {
  readonly client: Socket;
  readonly server: Socket;
  /** Bytes of it were swallowed, so its stream is damaged for good. */
  isDamaged: boolean;
}

/** Waits until a socket accepts more bytes, or has ended. */
async function drained(socket: Socket): Promise<void> {
  const over = new AbortController();
  const { signal } = over;
  await Promise.race([once(socket, 'drain', { signal }), once(socket, 'close', { signal })]);
  over.abort();
}

/** @param target port on the loopback interface */
export async function startFaultProxy(target: number): Promise<FaultProxy> {
  const open = new Set<Connection>();
  let active: ActiveFault | undefined;

  const reset = ({ client, server }: Connection): void => {
    client.resetAndDestroy();
    server.resetAndDestroy();
  };

  /** Passes one chunk on, or what the fault makes of it. */
  async function pass(connection: Connection, direction: 'request' | 'reply', chunk: Buffer): Promise<void> {
    const current = active;
    const { client, server } = connection;
    const destination = direction === 'request' ? server : client;
    switch (current?.fault.kind) {
      case 'half_open':
        if (!connection.isDamaged) current.affected += 1;
        connection.isDamaged = true;
        return;
      case 'latency':
        current.affected += 1;
        await sleep(current.fault.delayMs);
        break;
      case 'bandwidth':
        current.affected += 1;
        await sleep((chunk.length / current.fault.bytesPerSecond) * SECOND_MS);
        break;
      case 'reset_after_request':
        if (direction === 'reply' || !current.fault.isNext()) break;
        current.affected += 1;
        client.pause();
        server.removeAllListeners('data').resume();
        server.write(chunk);
        await sleep(ARRIVES_AFTER_MS);
        client.resetAndDestroy();
        server.end();
        return;
      default:
    }
    // Bytes that waited while the connection was damaged must not arrive behind a gap.
    if (connection.isDamaged || destination.destroyed || destination.writableEnded) return;
    if (!destination.write(chunk)) await drained(destination);
  }

  function relay(connection: Connection, direction: 'request' | 'reply'): void {
    const [from, to] =
      direction === 'request' ? [connection.client, connection.server] : [connection.server, connection.client];
    let passing: Promise<unknown> = Promise.resolve();
    from.on('data', (chunk: Buffer) => {
      from.pause();
      passing = passing.then(() => pass(connection, direction, chunk)).catch(() => to.destroy());
      void passing.then(() => from.resume());
    });
    from.on('end', () => void passing.then(() => (connection.isDamaged ? undefined : to.end())));
    from.on('error', () => reset(connection));
    from.on('close', () => {
      // Until then, the other side waits to be reset: for a fault that swallowed the end of this one, or at the latest by close().
      if (to.closed) open.delete(connection);
      // A fault that swallows bytes also swallows the end of a connection.
      if (!connection.isDamaged) void passing.then(() => to.destroy());
    });
  }

  const listener = createServer({ allowHalfOpen: true }, (client) => {
    client.setNoDelay(true);
    if (active?.fault.kind === 'cut') {
      active.affected += 1;
      client.on('error', () => undefined).resetAndDestroy();
      return;
    }
    const server = connect({ port: target, host: LOOPBACK, allowHalfOpen: true, noDelay: true });
    const connection: Connection = { client, server, isDamaged: false };
    open.add(connection);
    relay(connection, 'request');
    relay(connection, 'reply');
  });
  listener.listen(0, LOOPBACK);
  await once(listener, 'listening');

  return {
    port: (listener.address() as AddressInfo).port,
    connections: () => open.size,
    apply(fault) {
      const own: ActiveFault = { fault, affected: 0 };
      active = own;
      if (fault.kind === 'cut') {
        own.affected += open.size;
        for (const connection of open) reset(connection);
      }
      return {
        heal() {
          if (active === own) active = undefined;
          for (const connection of open) if (connection.isDamaged) reset(connection);
          return own.affected;
        },
      };
    },
    async close() {
      for (const connection of open) reset(connection);
      listener.close();
      await once(listener, 'close');
    },
  };
}
