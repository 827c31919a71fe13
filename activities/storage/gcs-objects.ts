import { createHash } from 'node:crypto';
import { z } from 'zod';
import { Hiccup, type RetryLimits, withRetries } from './bounded-retry.ts';
import { multipartUpload } from './multipart-upload.ts';
import { type StoredObject, StorageFailure } from './port.ts';

/** Nothing we store comes near; more would be held in memory. */
const READ_MAX_BYTES = 32 * 1024 * 1024;
const LIST_PAGE = 1000;
/** A sweep takes what it gets and comes again. */
const LIST_MAX = 50_000;
const PASSING: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);

const resource = z.object({ name: z.string(), size: z.coerce.number(), md5Hash: z.string() });
const page = z.object({ items: z.array(resource).default([]), nextPageToken: z.string().optional() });

export interface GcsObjectsDeps {
  readonly bucket: string;
  /** Scheme and host, no path. */
  readonly endpoint: string;
  /** The Authorization header for a call; empty for an emulator. */
  readonly authorise: () => Promise<Record<string, string>>;
  readonly fetch: typeof fetch;
  readonly limits: RetryLimits;
}

/**
 * The five calls of the Cloud Storage JSON API that we make (cloud.google.com/storage/docs/json_api/v1). They are made here
 * and not through @google-cloud/storage, which keeps credentials and signing, because version 8 hands its `timeout` to a
 * node-fetch that ignores it and takes no signal: against a silent server its calls never end.
 */
export function createGcsObjects(deps: GcsObjectsDeps) {
  const objects = `${deps.endpoint}/storage/v1/b/${encodeURIComponent(deps.bucket)}/o`;
  const address = (name: string) => `${objects}/${encodeURIComponent(name)}`;

  /** One call with retries. Statuses in `expected` come back, passing ones are tried again, the rest is a failure. */
  async function call<Result>(
    url: string,
    init: RequestInit,
    expected: readonly number[],
    read: (reply: Response) => Promise<Result>,
  ): Promise<Result> {
    try {
      return await withRetries(deps.limits, async (signal) => {
        const headers = { ...(await unless(signal, deps.authorise())), ...(init.headers as Record<string, string>) };
        const reply = await deps.fetch(url, { ...init, headers, signal }).catch((cause: unknown) => {
          throw new Hiccup('No reply', { cause });
        });
        if (expected.includes(reply.status)) return await read(reply);
        await reply.body?.cancel();
        if (PASSING.has(reply.status)) throw new Hiccup(`Answered ${reply.status}`);
        throw new StorageFailure('unavailable', `Cloud Storage answered ${reply.status}`);
      });
    } catch (error) {
      if (error instanceof StorageFailure) throw error;
      throw new StorageFailure('unavailable', 'Cloud Storage could not be reached', error);
    }
  }

  async function stat(name: string): Promise<StoredObject | undefined> {
    return call(address(name), {}, [200, 404], async (reply) =>
      reply.ok ? stored(await reply.json()) : discard(reply),
    );
  }

  return {
    stat,
    /** Writes if nothing is there. @returns undefined when something is */
    async create(name: string, bytes: Buffer, metadata: { contentType: string; cacheControl: string }) {
      const query = new URLSearchParams({ uploadType: 'multipart', name, ifGenerationMatch: '0' });
      const url = `${objects.replace('/storage/v1/', '/upload/storage/v1/')}?${query}`;
      const md5 = md5Of(bytes);
      // With md5Hash in the metadata the server refuses bytes that were damaged on the way.
      const upload = multipartUpload({ ...metadata, name, md5Hash: md5 }, metadata.contentType, bytes);
      const init = { method: 'POST', headers: { 'content-type': upload.contentType }, body: upload.body };
      return call(url, init, [200, 412], async (reply) => {
        if (!reply.ok) return discard(reply);
        const object = stored(await reply.json());
        if (object.md5 !== md5) throw new Hiccup('The stored bytes differ from those sent');
        return object;
      });
    },
    /** @returns undefined when there is no such object */
    read: (name: string): Promise<Buffer | undefined> =>
      call(`${address(name)}?alt=media`, {}, [200, 404], async (reply) => {
        if (!reply.ok) return discard(reply);
        const bytes = await readBounded(reply);
        const md5 = /md5=([\w+/=]+)/.exec(reply.headers.get('x-goog-hash') ?? '')?.[1];
        if (md5 !== undefined && md5 !== md5Of(bytes)) throw new Hiccup('The bytes arrived damaged');
        return bytes;
      }),
    remove: (name: string): Promise<undefined> => call(address(name), { method: 'DELETE' }, [200, 204, 404], discard),
    async list(prefix: string, max = LIST_MAX): Promise<StoredObject[]> {
      const found: StoredObject[] = [];
      let pageToken: string | undefined;
      do {
        const maxResults = String(Math.min(max, LIST_PAGE));
        const query = new URLSearchParams({ prefix, maxResults, ...(pageToken && { pageToken }) });
        const next: z.infer<typeof page> = await call(`${objects}?${query}`, {}, [200], async (reply) =>
          page.parse(await reply.json()),
        );
        found.push(...next.items.map(toStoredObject));
        pageToken = next.nextPageToken;
      } while (pageToken !== undefined && found.length < max);
      return found;
    },
  };
}

export function md5Of(bytes: Buffer): string {
  return createHash('md5').update(bytes).digest('base64');
}

function stored(body: unknown): StoredObject {
  return toStoredObject(resource.parse(body));
}

function toStoredObject({ name, size, md5Hash }: z.infer<typeof resource>): StoredObject {
  return { name, sizeBytes: size, md5: md5Hash };
}

async function discard(reply: Response): Promise<undefined> {
  await reply.body?.cancel();
  return undefined;
}

async function readBounded(reply: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of reply.body ?? []) {
    sizeBytes += chunk.length;
    if (sizeBytes > READ_MAX_BYTES) throw new StorageFailure('unavailable', `Larger than ${READ_MAX_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The library's token request takes no signal; ours ends the waiting. */
function unless<Result>(signal: AbortSignal, work: Promise<Result>): Promise<Result> {
  const { promise, reject } = Promise.withResolvers<never>();
  signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  return Promise.race([work, promise]);
}
