import type { IncomingMessage, ServerResponse } from 'node:http';

export interface LingeringCloseLimits {
  /** Maximum time to read from a client that is still sending, ms. */
  readonly totalMs: number;
  /** Maximum silence of a client that has not closed the connection, ms. */
  readonly silenceMs: number;
  /** Maximum bytes to discard. */
  readonly maxBytes: number;
}

/** The times of nginx's lingering close, and the largest plausible accidental upload. */
const LIMITS: LingeringCloseLimits = { totalMs: 30_000, silenceMs: 5_000, maxBytes: 256 * 1024 * 1024 };
/** Reading a body of this size to its end is cheaper than a new connection, bytes. */
const DRAIN_MAX_BYTES = 1024 * 1024;

/**
 * Sends a response that is ready before the request's body has been read, then reads and discards the rest of the body, within
 * limits, before the connection is reused or closed. Closing it at once would reset it: the client, still sending, would lose the
 * response and see a network error.
 */
export function enableLingeringClose(request: IncomingMessage, response: ServerResponse, limits = LIMITS): void {
  if (!hasBody(request)) return;
  const end = response.end.bind(response) as (...given: unknown[]) => ServerResponse;
  let ended = false;
  async function endLater(callback: unknown): Promise<void> {
    await discard(request, limits);
    end(callback);
    // Where the next request would begin is unknown.
    if (!request.complete) request.socket.destroySoon();
  }
  response.end = ((...given: unknown[]) => {
    if (ended || request.complete || request.destroyed) return end(...given);
    ended = true;
    const callback = given.find((argument) => typeof argument === 'function');
    const [chunk, encoding] = given;
    if (!response.headersSent) {
      if (!isSmall(request)) response.setHeader('Connection', 'close');
      // Lets the client recognize the complete response before the connection ends.
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

/** A chunked body is not small, since its size is unknown. */
function isSmall({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] === undefined && Number(headers['content-length']) <= DRAIN_MAX_BYTES;
}

/** @returns when the body has ended, the client has disconnected, or a limit is reached */
function discard(request: IncomingMessage, { totalMs, silenceMs, maxBytes }: LingeringCloseLimits): Promise<void> {
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
