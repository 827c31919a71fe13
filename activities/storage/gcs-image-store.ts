import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { ApiError, type FileMetadata, Storage } from '@google-cloud/storage';
import { GoogleAuth, JWT } from 'google-auth-library';
import { LRUCache } from 'lru-cache';
import { CALL_LIMITS, type CallLimits, createBoundedCall } from './bounded-call.ts';
import { type CdnKey, signCdnUrl } from './cdn-url.ts';
import { type ImageStore, StorageFailure, type StoredObject } from './port.ts';
import { signingWindow } from './signing-window.ts';

/**
 * A name is written once, so a year. `private`, because a signed address is one person's; Cloud CDN caches answers to its own
 * signed addresses whatever this says.
 */
const IMMUTABLE = 'private, max-age=31536000, immutable';
const PASSING_THROUGH = 'private, no-store';
/** Some 8 MB: the images of 500 gallery pages. Signing one takes a millisecond of CPU, or a call where no key is at hand. */
const SIGNED_URLS_KEPT = 10_000;
/** The library's own, rightly more than Node's 10, of which it would warn at every download (google-cloud-node #9185). */
const RESPONSE_LISTENERS = 20;
const LIST_PAGE = 1000;
/** A sweep takes what it gets and comes again. */
const LIST_MAX = 50_000;
const PASSING: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);
const OBJECTS_SCOPE = 'https://www.googleapis.com/auth/devstorage.read_write';

interface GcsCredentials {
  readonly clientEmail: string;
  /** PEM. */
  readonly privateKey: string;
}

export interface GcsImageStoreOptions {
  readonly bucket: string;
  /** An emulator, as scheme and host; it is spoken to without a token. */
  readonly endpoint?: string | undefined;
  /** The emulator's address as browsers reach it, where that differs. */
  readonly publicEndpoint?: string | undefined;
  /** A service account's key; without it the machine's own credentials are used. */
  readonly credentials?: GcsCredentials | undefined;
  /** Cloud CDN in front of the bucket. */
  readonly cdn?: { readonly baseUrl: string; readonly key: CdnKey } | undefined;
  readonly limits?: CallLimits;
  readonly now?: () => Date;
}

/** Images in a private Cloud Storage bucket: names written once, read by addresses that are signed for a while. */
export function createGcsImageStore(options: GcsImageStoreOptions): ImageStore {
  const { bucket, endpoint, credentials, cdn, now = () => new Date() } = options;
  const storage = new Storage({
    ...(endpoint === undefined ? {} : { apiEndpoint: endpoint }),
    ...(credentials === undefined ? {} : { authClient: serviceAccount(credentials) }),
    // Its own retry of a download throws where nobody can catch it (google-cloud-node #8670): a 503 would end the process.
    retryOptions: { autoRetry: false },
  });
  const objects = storage.bucket(bucket);
  const bounded = createBoundedCall(options.limits ?? CALL_LIMITS, mayPass);
  const signed = new LRUCache<string, string>({ max: SIGNED_URLS_KEPT });

  async function call<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await bounded(work);
    } catch (error) {
      if (error instanceof StorageFailure) throw error;
      // The library attaches the whole exchange, our token included, and causes get logged.
      if (error instanceof ApiError) delete error.response;
      const status = statusOf(error);
      const what = status === undefined ? 'could not be reached' : `answered ${status}`;
      throw new StorageFailure('unavailable', `Cloud Storage ${what}`, error);
    }
  }

  async function sign(name: string, startsAt: Date, expiresAt: Date): Promise<string> {
    if (cdn !== undefined) return signCdnUrl(`${cdn.baseUrl.replace(/\/$/, '')}/${name}`, cdn.key, expiresAt);
    const host = options.publicEndpoint === undefined ? {} : { host: options.publicEndpoint };
    const terms = { version: 'v4', action: 'read', accessibleAt: startsAt, expires: expiresAt, ...host } as const;
    const [url] = await call(() => objects.file(name).getSignedUrl(terms));
    return url;
  }

  return {
    write: (name, bytes, { contentType, immutable, notAfter }) =>
      call(async () => {
        if (notAfter && new Date() > notAfter)
          throw new StorageFailure('unavailable', 'The write was announced too long ago');
        const file = objects.file(name);
        const md5 = createHash('md5').update(bytes).digest('base64');
        try {
          await file.save(bytes, {
            // Nor may it be: a resumable upload can be finished for a week, long after its object was removed.
            resumable: false,
            preconditionOpts: { ifGenerationMatch: 0 },
            // By md5Hash the server refuses bytes that were damaged on the way.
            metadata: { contentType, cacheControl: immutable ? IMMUTABLE : PASSING_THROUGH, md5Hash: md5 },
          });
        } catch (error) {
          if (statusOf(error) !== 412) throw error;
          await file.getMetadata();
          // Otherwise it is ours, written by an earlier run or by a call whose answer was lost.
          if (file.metadata.md5Hash !== md5) throw new StorageFailure('conflict', 'Another object has this name');
        }
        return stored(name, file.metadata);
      }),
    read: (name) =>
      call(async () => {
        const content = objects.file(name).createReadStream();
        content.once('response', (response: Readable) => response.setMaxListeners(RESPONSE_LISTENERS));
        try {
          return await buffer(content);
        } catch (error) {
          throw statusOf(error) === 404 ? new StorageFailure('not_found', 'No such object') : error;
        }
      }),
    exists: (name) => call(async () => (await objects.file(name).exists())[0]),
    remove: (name) => call(async () => void (await objects.file(name).delete({ ignoreNotFound: true }))),
    async list(prefix) {
      const found: StoredObject[] = [];
      let query: object | null = { prefix, maxResults: LIST_PAGE, autoPaginate: false };
      while (query !== null && found.length < LIST_MAX) {
        const page: object = query;
        const [files, next] = await call(() => objects.getFiles(page));
        found.push(...files.map(({ name, metadata }) => stored(name, metadata)));
        query = next;
      }
      return found;
    },
    async signedUrl(name) {
      const { startsAt, expiresAt } = signingWindow(now());
      const key = `${startsAt.getTime()} ${name}`;
      const kept = signed.get(key);
      if (kept !== undefined) return kept;
      const url = await sign(name, startsAt, expiresAt);
      signed.set(key, url);
      return url;
    },
    // Listing one name needs the bucket, the credentials and nothing else.
    async healthCheck() {
      await call(() => objects.getFiles({ prefix: 'health/', maxResults: 1, autoPaginate: false }));
    },
  };
}

/** Signing asks GoogleAuth for the account's name, which it reads here; given as an option it prints a warning about files. */
function serviceAccount({ clientEmail, privateKey }: GcsCredentials): GoogleAuth {
  const auth = new GoogleAuth({
    authClient: new JWT({ email: clientEmail, key: privateKey, scopes: [OBJECTS_SCOPE] }),
  });
  auth.jsonContent = { client_email: clientEmail, private_key: privateKey };
  return auth;
}

function stored(name: string, { size, md5Hash }: FileMetadata): StoredObject {
  return { name, sizeBytes: Number(size), md5: String(md5Hash) };
}

/** The HTTP status of an answer that the library made an error of. */
function statusOf(error: unknown): number | undefined {
  const code = (error as Partial<ApiError> | undefined)?.code;
  return typeof code === 'number' ? code : undefined;
}

/** Statuses that ask for another try, and what has no status but a name: the network's errors and damage found by checksum. */
function mayPass(error: unknown): boolean {
  const status = statusOf(error);
  if (status !== undefined) return PASSING.has(status);
  return typeof (error as Partial<NodeJS.ErrnoException> | undefined)?.code === 'string';
}
