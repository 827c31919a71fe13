import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { ApiError, type FileMetadata, Storage } from '@google-cloud/storage';
import { GoogleAuth, JWT } from 'google-auth-library';
import { LRUCache } from 'lru-cache';
import { CALL_LIMITS, type CallLimits, createBoundedCall } from './bounded-call.ts';
import { type CdnKey, signCdnUrl } from './cdn-url.ts';
import { type ImageStore, type ListedObject, StorageFailure, type StoredObject } from './port.ts';
import { createObjectRequests } from './object-requests.ts';
import { signingWindow } from './signing-window.ts';

/**
 * A year, since an object is never overwritten. `private`, since a signed URL is for one user; Cloud CDN caches replies to its own
 * signed URLs regardless.
 */
const IMMUTABLE = 'private, max-age=31536000, immutable';
const NOT_CACHED = 'private, no-store';
/** About 8 MB: the images of 500 gallery pages. Signing takes a millisecond of CPU, or a call when there is no local key. */
const MAX_CACHED_URLS = 10_000;
/** The library adds more listeners than Node's limit of 10, which would warn at every download (google-cloud-node #9185). */
const RESPONSE_LISTENERS = 20;
/** The library's default, CRC-32C, is computed in JavaScript: 20 ms a megabyte on the event loop. */
const VALIDATION = 'md5';
const LIST_PAGE = 1000;
/** A sweep that gets an incomplete list runs again. */
const MAX_LISTED = 50_000;
const TRANSIENT_STATUSES: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);
const OBJECTS_SCOPE = 'https://www.googleapis.com/auth/devstorage.read_write';

interface GcsCredentials {
  readonly clientEmail: string;
  /** PEM. */
  readonly privateKey: string;
}

export interface GcsImageStoreOptions {
  readonly bucket: string;
  /** An emulator's scheme and host. It is called without a token. */
  readonly endpoint?: string | undefined;
  /** The emulator's address for browsers, if it differs. */
  readonly publicEndpoint?: string | undefined;
  /** A service account's key; defaults to the machine's own credentials. */
  readonly credentials?: GcsCredentials | undefined;
  /** Cloud CDN in front of the bucket. */
  readonly cdn?: { readonly baseUrl: string; readonly key: CdnKey } | undefined;
  readonly limits?: CallLimits;
  /** Runs each call as a span of its own, all of its tries included; without it, calls leave no trace. */
  readonly traced?: <Result>(
    name: string,
    attributes: Readonly<Record<string, string>>,
    work: () => Promise<Result>,
  ) => Promise<Result>;
  readonly now?: () => Date;
}

/** Stores images in a private Cloud Storage bucket: each name is written once and read by URLs that are signed for a limited time. */
export function createGcsImageStore(options: GcsImageStoreOptions): ImageStore {
  const { bucket, endpoint, credentials, cdn, now = () => new Date(), traced = untraced } = options;
  const storage = new Storage({
    ...(endpoint === undefined ? {} : { apiEndpoint: endpoint }),
    ...(credentials === undefined ? {} : { authClient: serviceAccount(credentials) }),
    // Its own retry of a download throws an uncatchable error (google-cloud-node #8670): a 503 would end the process.
    retryOptions: { autoRetry: false },
  });
  const objects = storage.bucket(bucket);
  const requests = createObjectRequests({
    bucket,
    endpoint: storage.apiEndpoint,
    authorization: async (url) =>
      endpoint === undefined ? Object.fromEntries(await storage.authClient.getRequestHeaders(url)) : {},
  });
  const host = new URL(endpoint ?? storage.apiEndpoint).host;
  const bounded = createBoundedCall(options.limits ?? CALL_LIMITS, isTransient);
  const cachedUrls = new LRUCache<string, string>({ max: MAX_CACHED_URLS });

  async function call<Result>(operation: string, work: () => Promise<Result>): Promise<Result> {
    try {
      return await traced(`GCS ${operation}`, { 'server.address': host }, () => bounded(work));
    } catch (error) {
      if (error instanceof StorageFailure) throw error;
      // The library attaches the whole exchange, our token included, and causes are logged.
      if (error instanceof ApiError) delete error.response;
      const status = statusOf(error);
      const what = status === undefined ? 'could not be reached' : `answered ${status}`;
      throw new StorageFailure('unavailable', `Cloud Storage ${what}`, error);
    }
  }

  async function sign(name: string, startsAt: Date, expiresAt: Date): Promise<string> {
    if (cdn !== undefined) return signCdnUrl(`${cdn.baseUrl.replace(/\/$/, '')}/${name}`, cdn.key, expiresAt);
    const browserHost = options.publicEndpoint === undefined ? {} : { host: options.publicEndpoint };
    const config = {
      version: 'v4',
      action: 'read',
      accessibleAt: startsAt,
      expires: expiresAt,
      ...browserHost,
    } as const;
    const [url] = await call('sign', () => objects.file(name).getSignedUrl(config));
    return url;
  }

  return {
    write: (name, bytes, { contentType, immutable, notAfter }) =>
      call('write', async () => {
        if (notAfter && new Date() > notAfter)
          throw new StorageFailure('unavailable', 'The write was registered too long ago');
        const md5Hash = createHash('md5').update(bytes).digest('base64');
        const metadata = { contentType, cacheControl: immutable ? IMMUTABLE : NOT_CACHED, md5Hash };
        try {
          return storedObject(name, await requests.insert(name, bytes, metadata));
        } catch (error) {
          if (statusOf(error) !== 412) throw error;
          const [existing] = await objects.file(name).getMetadata();
          // The same bytes are ours, written by an earlier run or by a call whose reply was lost.
          if (existing.md5Hash !== md5Hash) throw new StorageFailure('conflict', 'Another object has this name');
          return storedObject(name, existing);
        }
      }),
    read: (name) =>
      call('read', async () => {
        const content = objects.file(name).createReadStream({ validation: VALIDATION });
        content.once('response', (response: Readable) => response.setMaxListeners(RESPONSE_LISTENERS));
        try {
          // stream/consumers would copy the bytes three times, by way of a Blob.
          return Buffer.concat((await content.toArray()) as Buffer[]);
        } catch (error) {
          throw statusOf(error) === 404 ? new StorageFailure('not_found', 'No such object') : error;
        }
      }),
    exists: (name) => call('exists', async () => (await objects.file(name).exists())[0]),
    remove: (name) => call('remove', () => requests.remove(name)),
    async list(prefix) {
      const found: StoredObject[] = [];
      let query: object | null = { prefix, maxResults: LIST_PAGE, autoPaginate: false };
      while (query !== null && found.length < MAX_LISTED) {
        const page: object = query;
        const [files, next] = await call('list', () => objects.getFiles(page));
        found.push(...files.map(({ name, metadata }) => storedObject(name, metadata)));
        query = next;
      }
      return found;
    },
    async listAfter(prefix, after) {
      const query = {
        prefix,
        ...(after === null ? {} : { startOffset: after }),
        maxResults: LIST_PAGE,
        autoPaginate: false,
      };
      const [files, next] = await call('list', () => objects.getFiles(query));
      const listed = files.filter(({ name }) => name !== after);
      return { objects: listed.map(({ name, metadata }) => listedObject(name, metadata)), isLast: next === null };
    },
    async signedUrl(name) {
      const { startsAt, expiresAt } = signingWindow(now());
      const key = `${startsAt.getTime()} ${name}`;
      const cached = cachedUrls.get(key);
      if (cached !== undefined) return cached;
      const url = await sign(name, startsAt, expiresAt);
      cachedUrls.set(key, url);
      return url;
    },
    // Listing one name needs the bucket, the credentials and nothing else.
    async healthCheck() {
      await call('list', () => objects.getFiles({ prefix: 'health/', maxResults: 1, autoPaginate: false }));
    },
  };
}

const untraced: Required<GcsImageStoreOptions>['traced'] = (_name, _attributes, work) => work();

/** Signing reads the account's name from `jsonContent`; the option for it prints a warning about files. */
function serviceAccount({ clientEmail, privateKey }: GcsCredentials): GoogleAuth {
  const auth = new GoogleAuth({
    authClient: new JWT({ email: clientEmail, key: privateKey, scopes: [OBJECTS_SCOPE] }),
  });
  auth.jsonContent = { client_email: clientEmail, private_key: privateKey };
  return auth;
}

function storedObject(name: string, { size, md5Hash }: Pick<FileMetadata, 'size' | 'md5Hash'>): StoredObject {
  return { name, sizeBytes: Number(size), md5: String(md5Hash) };
}

function listedObject(name: string, { size, timeCreated }: FileMetadata): ListedObject {
  return { name, sizeBytes: Number(size), createdAt: new Date(String(timeCreated)) };
}

/** The HTTP status of a reply that the library turned into an error. */
function statusOf(error: unknown): number | undefined {
  const code = (error as Partial<ApiError> | undefined)?.code;
  return typeof code === 'number' ? code : undefined;
}

/** Retryable statuses, and errors with a code but no status: network errors and checksum mismatches. */
function isTransient(error: unknown): boolean {
  const status = statusOf(error);
  if (status !== undefined) return TRANSIENT_STATUSES.has(status);
  return typeof (error as Partial<NodeJS.ErrnoException> | undefined)?.code === 'string';
}
