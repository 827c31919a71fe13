import type { Server } from 'node:http';
import type { Logger } from 'pino';

/** Requests under way may finish within this; a POST waits at most 3 s for its verdict. */
const DRAIN_MS = 10_000;
const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

export interface ShutdownDeps {
  readonly server: Server;
  readonly log: Logger;
  /** Says "not ready" and ends the streams. */
  readonly drain: () => void;
}

/**
 * On SIGTERM or SIGINT: takes no new connection, ends streams, lets requests finish, then `close` gives back what is held and the
 * process ends. A second signal ends it at once.
 */
export function shutDownGracefully({ server, log, drain }: ShutdownDeps, close: () => Promise<void>): void {
  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) process.exit(1);
    stopping = true;
    log.info({ signal }, 'shutting down');
    const timer = setTimeout(() => server.closeAllConnections(), DRAIN_MS).unref();
    const closed = new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
    drain();
    server.closeIdleConnections();
    await closed;
    clearTimeout(timer);
    await close();
    process.exit(0);
  };
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      stop(signal).catch((error: unknown) => {
        log.error({ err: error }, 'shutting down failed');
        process.exit(1);
      });
    });
  }
}
