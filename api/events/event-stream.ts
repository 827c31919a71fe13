import { OutgoingMessage } from 'node:http';
import type { Request, Response } from 'express';

/** A client with more unread data than this is disconnected; it reconnects and gets a snapshot, so nothing is lost. */
const MAX_BUFFERED_BYTES = 1024 * 1024;
/** Clients reconnect after about this delay, with jitter so that they don't all reconnect at once. */
const RETRY_MS = 1_000;
const RETRY_SPREAD_MS = 4_000;
const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  // Caches and proxies must neither buffer nor compress the stream.
  'Cache-Control': 'no-cache, no-transform',
  'X-Accel-Buffering': 'no',
};

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
  // The client may have disconnected while the first snapshot was read.
  if (res.closed) return CLOSED;
  // Not flushed by itself: head, delay and snapshot are one write to the socket.
  res.status(200).set(HEADERS).write(retryHint());
  releaseHead(res);
  releaseRequest(res.req);
  return new ResponseStream(res, id, onDropped);
}

/** Where Node has a response's headers: a table with an array for each. */
const OUT_HEADERS = Object.getOwnPropertySymbols(new OutgoingMessage()).find(
  ({ description }) => description === 'kOutHeaders',
);

/**
 * Drops the head that was sent. Node would hold it until the end, as that table and as a string of sixty parts: together, as much as
 * everything else of a stream. From now on, it only asks whether there is one.
 */
function releaseHead(res: Response): void {
  Object.assign(res, { _header: 'sent' });
  if (OUT_HEADERS !== undefined) Object.assign(res, { [OUT_HEADERS]: null });
}

/**
 * Drops what a request holds and nothing will ask for again. A stream may be open for hours, and there may be ten thousand: its token,
 * its headers and the routers that it passed through are half of what it takes.
 */
function releaseRequest(req: Request | undefined): void {
  if (req === undefined) return;
  const nothing = {};
  Object.assign(req, { headers: nothing, headersDistinct: nothing, rawHeaders: [], params: nothing });
  Object.assign(req, { next: undefined, route: undefined, _parsedUrl: undefined });
}

/** Methods instead of closures, as in the watcher. */
class ResponseStream implements EventStream {
  readonly #res: Response;
  readonly #id: string;
  readonly #onDropped: () => void;
  #sequence = 0;

  constructor(res: Response, id: string, onDropped: () => void) {
    this.#res = res;
    this.#id = id;
    this.#onDropped = onDropped;
  }

  get closed(): boolean {
    return this.#res.closed || this.#res.writableEnded;
  }

  send(name: string, data: string): void {
    this.#sequence += 1;
    this.#write(`id: ${this.#id}-${this.#sequence}\nevent: ${name}\ndata: ${data}\n\n`);
  }

  heartbeat(): void {
    this.#write(': still here\n\n');
  }

  end(): void {
    if (!this.closed) this.#res.end(retryHint());
  }

  #write(text: string): void {
    if (this.closed) return;
    if (this.#res.writableLength > MAX_BUFFERED_BYTES) {
      this.#onDropped();
      this.#res.destroy();
      return;
    }
    this.#res.write(text);
  }
}

const CLOSED: EventStream = { closed: true, send: noop, heartbeat: noop, end: noop };

function noop(): void {}

function retryHint(): string {
  return `retry: ${Math.round(RETRY_MS + Math.random() * RETRY_SPREAD_MS)}\n\n`;
}
