import { once } from 'node:events';
import type { Response } from 'express';
import { makeZip } from 'client-zip';
import { ApiProblem } from '../problem.ts';

/** One file of an archive. */
export interface ArchiveEntry {
  readonly name: string;
  readonly lastModified: Date;
  readonly input: Buffer | string | AsyncIterable<string>;
}

/** Concurrent archives in this process. Each holds one image in memory (a few MiB), however many it sends. */
const CONCURRENCY_MAX = 16;
const BUSY_RETRY_SECONDS = 5;
/** A client that reads nothing for this long, ms, is disconnected. */
const STALLED_MS = 60_000;

export interface Archives {
  /**
   * Streams a zip. The next entry is produced once the client has read the previous one. An error before the first byte is thrown;
   * a later one destroys the connection, so that a truncated archive can't be mistaken for a complete one.
   * @throws ApiProblem unavailable when too many archives are being sent already
   */
  send(res: Response, fileName: string, entries: AsyncGenerator<ArchiveEntry>): Promise<void>;
}

export function createArchives(): Archives {
  let sending = 0;
  return {
    async send(res, fileName, entries) {
      if (sending >= CONCURRENCY_MAX) {
        throw new ApiProblem('unavailable', {
          detail: 'Too many archives are being sent right now. Try again in a few seconds',
          retryAfterSeconds: BUSY_RETRY_SECONDS,
        });
      }
      sending += 1;
      try {
        await stream(res, fileName, entries);
      } finally {
        sending -= 1;
      }
    },
  };
}

async function stream(res: Response, fileName: string, entries: AsyncGenerator<ArchiveEntry>): Promise<void> {
  const disconnected = new AbortController();
  const onClose = () => disconnected.abort();
  res.once('close', onClose);
  const zip = makeZip(entries).getReader();
  try {
    let { done, value } = await zip.read();
    res.set({
      'Content-Type': 'application/zip',
      'Content-Disposition': `attachment; filename="${fileName}"`,
      'Cache-Control': 'private, no-store',
    });
    res.setTimeout(STALLED_MS, () => res.destroy());
    while (!done && !disconnected.signal.aborted) {
      if (!res.write(value)) await once(res, 'drain', { signal: disconnected.signal });
      ({ done, value } = await zip.read());
    }
    res.end();
  } catch (error) {
    if (!disconnected.signal.aborted) throw error;
  } finally {
    res.off('close', onClose);
    res.setTimeout(0);
    // Ends the generator that produces the entries.
    await zip.cancel(new Error('The archive is no longer read')).catch(() => undefined);
  }
}
