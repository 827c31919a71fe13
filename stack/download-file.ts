import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export interface DownloadOptions {
  readonly url: string;
  readonly sha256: string;
  /** Kept when the download is interrupted, so that the next start continues it. */
  readonly path: string;
  readonly signal: AbortSignal;
  /** @param total bytes of the whole file, if the host says so */
  onBytes(received: number, total: number | undefined): void;
}

/** Firewalls often drop packets instead of rejecting them: without a timeout, the start would hang for minutes. */
const ANSWER_TIMEOUT_MS = 3_000;
/** Without any byte for this long, a download counts as interrupted. */
const STALL_TIMEOUT_MS = 30_000;
const PARTIAL_CONTENT = 206;

/**
 * Downloads a file whose hash is known. A host has 3 s to answer.
 *
 * @throws Error when the host does not answer, refuses or stalls, or when the file is not the expected one, which is then removed.
 */
export async function downloadFile(options: DownloadOptions): Promise<void> {
  const { path, sha256, url } = options;
  if ((await sizeOf(path)) > 0 && (await hashOf(path)) === sha256) return;
  await receive(options);
  const actual = await hashOf(path);
  if (actual === sha256) return;
  await rm(path, { force: true });
  throw new Error(`${url} is not the pinned file: its SHA-256 is ${actual}`);
}

async function receive({ url, path, signal, onBytes }: DownloadOptions): Promise<void> {
  const { host } = new URL(url);
  const stalled = new AbortController();
  let timer = setTimeout(() => stalled.abort(new Error(`${host} did not answer within 3 s`)), ANSWER_TIMEOUT_MS);
  const aborted = AbortSignal.any([signal, stalled.signal]);
  try {
    const present = await sizeOf(path);
    const headers: HeadersInit = present > 0 ? { range: `bytes=${present}-` } : {};
    const response = await fetch(url, { headers, signal: aborted });
    const isContinued = response.status === PARTIAL_CONTENT;
    if (!response.ok || response.body === null) {
      // A range that is refused must not be asked for again.
      await rm(path, { force: true });
      throw new Error(`${host} answered ${response.status}`);
    }
    let received = isContinued ? present : 0;
    const length = Number(response.headers.get('content-length') ?? Number.NaN);
    const total = Number.isFinite(length) ? received + length : undefined;
    const count = async function* (chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      for await (const chunk of chunks) {
        timer.refresh();
        onBytes((received += chunk.byteLength), total);
        yield chunk;
      }
    };
    clearTimeout(timer);
    timer = setTimeout(() => stalled.abort(new Error(`${host} sent nothing for 30 s`)), STALL_TIMEOUT_MS);
    const file = createWriteStream(path, { flags: isContinued ? 'a' : 'w' });
    await pipeline(Readable.fromWeb(response.body as never), count, file, { signal: aborted });
  } catch (error) {
    signal.throwIfAborted();
    if (stalled.signal.aborted) throw stalled.signal.reason;
    throw new Error(`${host} can't be reached: ${causeOf(error)}`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

function causeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.size ?? 0;
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
