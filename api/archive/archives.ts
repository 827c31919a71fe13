import { once } from 'node:events';
import type { Response } from 'express';
import { makeZip } from 'client-zip';
import { ApiProblem } from '../problem.ts';
import { ownTurn } from '../turn.ts';

/** One file of an archive. */
export interface ArchiveEntry {
  readonly name: string;
  readonly lastModified: Date;
  readonly input: Buffer | string | AsyncIterable<string>;
}

/** Concurrent archives in this process. Each holds one image in memory (a few MiB), however many it sends. */
const CONCURRENCY_MAX = 16;
const BUSY_RETRY_SECONDS = 5;
/** Of these, one account has at most this many. */
const CONCURRENCY_MAX_PER_ACCOUNT = 2;
const PIECE_BYTES = 256 * 1024;
/** A client may keep us waiting for a minute, and longer by the time that what was sent takes at 32 KB a second. */
const SLOWEST: SlowestClient = { waitedMs: 60_000, bytesPerMs: 32 };

export interface Archives {
  /**
   * Streams a zip. The next entry is produced once the client has read the previous one. An error before the first byte is thrown;
   * a later one destroys the connection, so that a truncated archive can't be mistaken for a complete one.
   * @throws ApiProblem rate_limited when too many are being sent to this account already, unavailable when too many to all
   */
  send(res: Response, archive: Archive): Promise<void>;
}

interface Archive {
  readonly accountId: string;
  readonly fileName: string;
  readonly entries: AsyncGenerator<ArchiveEntry>;
}

interface SlowestClient {
  /** How long a client that reads nothing is waited for, ms. */
  readonly waitedMs: number;
  /** The least speed of one that reads, bytes a millisecond. */
  readonly bytesPerMs: number;
}

export function createArchives(slowest = SLOWEST): Archives {
  const sending = new Map<string, number>();
  const count = () => [...sending.values()].reduce((sum, each) => sum + each, 0);
  return {
    async send(res, { accountId, ...archive }) {
      const own = sending.get(accountId) ?? 0;
      if (own >= CONCURRENCY_MAX_PER_ACCOUNT) {
        throw new ApiProblem('rate_limited', {
          detail: `At most ${CONCURRENCY_MAX_PER_ACCOUNT} archives are sent to you at once. Wait until one is complete`,
          retryAfterSeconds: BUSY_RETRY_SECONDS,
        });
      }
      if (count() >= CONCURRENCY_MAX) {
        throw new ApiProblem('unavailable', {
          detail: 'Too many archives are being sent right now. Try again in a few seconds',
          retryAfterSeconds: BUSY_RETRY_SECONDS,
        });
      }
      sending.set(accountId, own + 1);
      try {
        await stream(res, archive, slowest);
      } finally {
        const left = (sending.get(accountId) ?? 1) - 1;
        if (left === 0) sending.delete(accountId);
        else sending.set(accountId, left);
      }
    },
  };
}

/** Waits for slow clients, but not for those that only hold a slot: trickling readers are cut like silent ones. */
function createWaiting(slowest: SlowestClient) {
  let waitedMs = 0;
  let sentBytes = 0;
  return {
    sent(bytes: number) {
      sentBytes += bytes;
    },
    /** @returns false when the client has been waited for too long */
    async forDrain(res: Response, disconnected: AbortSignal): Promise<boolean> {
      const leftMs = slowest.waitedMs + sentBytes / slowest.bytesPerMs - waitedMs;
      const impatient = AbortSignal.timeout(Math.max(0, Math.round(leftMs)));
      const startedAt = performance.now();
      await once(res, 'drain', { signal: AbortSignal.any([disconnected, impatient]) }).catch((error: unknown) => {
        if (!impatient.aborted) throw error;
      });
      waitedMs += performance.now() - startedAt;
      return !impatient.aborted;
    },
  };
}

/** A checksum of megabytes would hold up the event loop; between two pieces, the client is waited for. */
async function* inPieces(entries: AsyncIterable<ArchiveEntry>) {
  for await (const entry of entries) {
    yield Buffer.isBuffer(entry.input) ? { ...entry, input: piecesOf(entry.input) } : entry;
  }
}

async function* piecesOf(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    await ownTurn();
    yield bytes.subarray(at, at + PIECE_BYTES);
  }
}

async function stream(
  res: Response,
  { fileName, entries }: Omit<Archive, 'accountId'>,
  slowest: SlowestClient,
): Promise<void> {
  const disconnected = new AbortController();
  const waiting = createWaiting(slowest);
  const onClose = () => disconnected.abort();
  res.once('close', onClose);
  const zip = makeZip(inPieces(entries)).getReader();
  try {
    let { done, value } = await zip.read();
    res.set({
      'Content-Type': 'application/zip',
      'Content-Disposition': `attachment; filename="${fileName}"`,
      'Cache-Control': 'private, no-store',
    });
    while (!done && !disconnected.signal.aborted) {
      waiting.sent(value?.length ?? 0);
      if (!res.write(value) && !(await waiting.forDrain(res, disconnected.signal))) return void res.destroy();
      ({ done, value } = await zip.read());
    }
    res.end();
  } catch (error) {
    if (!disconnected.signal.aborted) throw error;
  } finally {
    res.off('close', onClose);
    // Ends the generator that produces the entries.
    await zip.cancel(new Error('The archive is no longer read')).catch(() => undefined);
  }
}
