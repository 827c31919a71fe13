import type { Response } from 'express';

/** A reader who lets this much pile up is cut off; its reconnect begins with a snapshot, so nothing is lost. */
const MAX_BUFFERED_BYTES = 1024 * 1024;
/** Readers come back after about this, spread so that they do not all come at once. */
const RETRY_MS = 1_000;
const RETRY_SPREAD_MS = 4_000;

export interface EventStream {
  readonly closed: boolean;
  /** @param data as JSON text, so that one text can serve many streams */
  send(name: string, data: string): void;
  heartbeat(): void;
  /** Ends it properly. */
  end(): void;
}

export interface EventStreamOptions {
  /** Prefix of the events' ids. */
  readonly id: string;
  /** Told when the reader was too slow and is cut off. */
  readonly onDropped: () => void;
}

/** Server-sent events over one response. The first call of any kind sends the headers. */
export function openEventStream(res: Response, { id, onDropped }: EventStreamOptions): EventStream {
  let sequence = 0;
  // The reader may have left while the first snapshot was read.
  if (res.closed) return { closed: true, send: nothing, heartbeat: nothing, end: nothing };
  res.status(200).set({
    'Content-Type': 'text/event-stream; charset=utf-8',
    // Neither caches nor proxies may hold back or squeeze what must arrive now.
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

function nothing(): void {}

function retryHint(): string {
  return `retry: ${Math.round(RETRY_MS + Math.random() * RETRY_SPREAD_MS)}\n\n`;
}
