import type { Response } from 'express';

/** A client with more unread data than this is disconnected; it reconnects and gets a snapshot, so nothing is lost. */
const MAX_BUFFERED_BYTES = 1024 * 1024;
/** Clients reconnect after about this delay, with jitter so that they don't all reconnect at once. */
const RETRY_MS = 1_000;
const RETRY_SPREAD_MS = 4_000;

export interface EventStream {
  readonly closed: boolean;
  /** @param data JSON, serialized once for all streams */
  send(name: string, data: string): void;
  heartbeat(): void;
  /** Ends the response with a reconnect delay. */
  end(): void;
}

export interface EventStreamOptions {
  /** Prefix of the events' ids. */
  readonly id: string;
  /** Called when a client that reads too slowly is disconnected. */
  readonly onDropped: () => void;
}

/** Sends server-sent events over one response, starting with the headers. */
export function openEventStream(res: Response, { id, onDropped }: EventStreamOptions): EventStream {
  let sequence = 0;
  // The client may have disconnected while the first snapshot was read.
  if (res.closed) return { closed: true, send: noop, heartbeat: noop, end: noop };
  res.status(200).set({
    'Content-Type': 'text/event-stream; charset=utf-8',
    // Caches and proxies must neither buffer nor compress the stream.
    'Cache-Control': 'no-cache, no-transform',
    'X-Accel-Buffering': 'no',
  });
  res.socket?.setNoDelay(true);
  res.write(retryHint());

  function write(text: string): void {
    if (res.closed || res.writableEnded) return;
    if (res.writableLength > MAX_BUFFERED_BYTES) {
      onDropped();
      res.destroy();
      return;
    }
    res.write(text);
  }

  return {
    get closed() {
      return res.closed || res.writableEnded;
    },
    send(name, data) {
      sequence += 1;
      write(`id: ${id}-${sequence}\nevent: ${name}\ndata: ${data}\n\n`);
    },
    heartbeat() {
      write(': still here\n\n');
    },
    end() {
      if (!res.closed && !res.writableEnded) res.end(retryHint());
    },
  };
}

function noop(): void {}

function retryHint(): string {
  return `retry: ${Math.round(RETRY_MS + Math.random() * RETRY_SPREAD_MS)}\n\n`;
}
