import type { IncomingMessage, ServerResponse } from 'node:http';

export interface LingerBounds {
  /** A client that is still sending gets this long to stop, ms. */
  readonly totalMs: number;
  /** One that has stopped without closing is not waited for longer, ms. */
  readonly silenceMs: number;
  /** What is thrown away at most, bytes. */
  readonly maxBytes: number;
}

/** As long as nginx lingers; and the largest upload that somebody may try by mistake. */
const BOUNDS: LingerBounds = { totalMs: 30_000, silenceMs: 5_000, maxBytes: 256 * 1024 * 1024 };
/** Reading a body of this size to its end is cheaper than a new connection, bytes. */
const DRAIN_MAX_BYTES = 1024 * 1024;

/**
 * An answer that is ready before the request's body has been read goes out at once, and the rest of the body is read and thrown away,
 * within bounds, before the connection goes on or ends. Closing it at once would reset it: the client, still sending, would lose the
 * answer and see a network fault.
 */
export function lingerAfterEarlyAnswer(request: IncomingMessage, response: ServerResponse, bounds = BOUNDS): void {
  const end = response.end.bind(response) as (...given: unknown[]) => ServerResponse;
  let ended = false;
  async function endLater(callback: unknown): Promise<void> {
    await discard(request, bounds);
    end(callback);
    // Nobody knows where the next request would begin.
    if (!request.complete) request.socket.destroySoon();
  }
  response.end = ((...given: unknown[]) => {
    if (ended || request.complete || request.destroyed || !hasBody(request)) return end(...given);
    ended = true;
    const callback = given.find((one) => typeof one === 'function');
    const [chunk, encoding] = given;
    if (!response.headersSent) {
      if (!isSmall(request)) response.setHeader('Connection', 'close');
      // The client knows by it that the answer is whole, before the connection ends.
      if (isChunk(chunk)) response.setHeader('Content-Length', Buffer.byteLength(chunk));
      response.flushHeaders();
    }
    if (isChunk(chunk)) response.write(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8');
    void endLater(callback);
    return response;
  }) as typeof response.end;
}

function isChunk(chunk: unknown): chunk is string | Uint8Array {
  return typeof chunk === 'string' || chunk instanceof Uint8Array;
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** Of a body in chunks nobody knows how much it is. */
function isSmall({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] === undefined && Number(headers['content-length']) <= DRAIN_MAX_BYTES;
}

/** @returns when the body is over, its sender is gone, or it is enough */
function discard(request: IncomingMessage, { totalMs, silenceMs, maxBytes }: LingerBounds): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let discardedBytes = 0;
  let silence = setTimeout(resolve, silenceMs);
  const linger = setTimeout(resolve, totalMs);
  request.unpipe();
  request.on('data', (chunk: Buffer) => {
    clearTimeout(silence);
    silence = setTimeout(resolve, silenceMs);
    discardedBytes += chunk.length;
    if (discardedBytes > maxBytes) resolve();
  });
  for (const over of ['end', 'close', 'error']) request.once(over, () => resolve());
  request.resume();
  return promise.finally(() => {
    clearTimeout(silence);
    clearTimeout(linger);
  });
}
