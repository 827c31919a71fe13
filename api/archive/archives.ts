import { once } from 'node:events';
import type { Response } from 'express';
import { makeZip } from 'client-zip';
import { ApiProblem } from '../problem.ts';

/** One file of an archive, whole in memory. */
export interface ArchiveEntry {
  readonly name: string;
  readonly lastModified: Date;
  readonly input: Buffer | string | AsyncIterable<string>;
}

/** At once in this process. Each holds one image, a few MiB, however many it sends. */
const AT_ONCE = 16;
const BUSY_RETRY_SECONDS = 5;
/** A reader that takes nothing for this long, ms, has gone. */
const STALLED_MS = 60_000;

export interface Archives {
  /**
   * Sends a zip of entries as they come: the next one is made when the reader has taken the last. What fails before the first byte is
   * thrown; after it the connection is cut, so that nobody takes half an archive for a whole one.
   * @throws ApiProblem unavailable when too many are sent already
   */
  send(res: Response, fileName: string, entries: AsyncGenerator<ArchiveEntry>): Promise<void>;
}

export function createArchives(): Archives {
  let sending = 0;
  return {
    async send(res, fileName, entries) {
      if (sending >= AT_ONCE) {
        throw new ApiProblem('unavailable', {
          detail: 'Too many archives are being sent at the moment',
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
  const gone = new AbortController();
  const leave = () => gone.abort();
  res.once('close', leave);
  const zip = makeZip(entries).getReader();
  try {
    let { done, value } = await zip.read();
    res.set({
      'Content-Type': 'application/zip',
      'Content-Disposition': `attachment; filename="${fileName}"`,
      'Cache-Control': 'private, no-store',
    });
    res.setTimeout(STALLED_MS, () => res.destroy());
    while (!done && !gone.signal.aborted) {
      if (!res.write(value)) await once(res, 'drain', { signal: gone.signal });
      ({ done, value } = await zip.read());
    }
    res.end();
  } catch (error) {
    if (!gone.signal.aborted) throw error;
  } finally {
    res.off('close', leave);
    res.setTimeout(0);
    // Whatever made the entries ends here; it is told by an error of its own making.
    await zip.cancel(new Error('nobody reads on')).catch(() => undefined);
  }
}
