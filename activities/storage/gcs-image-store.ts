import { Storage } from '@google-cloud/storage';
import { GoogleAuth, JWT } from 'google-auth-library';
import { LRUCache } from 'lru-cache';
import { RETRY_LIMITS, type RetryLimits } from './bounded-retry.ts';
import { type CdnKey, signCdnUrl } from './cdn-url.ts';
import { createGcsObjects, md5Of } from './gcs-objects.ts';
import { type ImageStore, StorageFailure } from './port.ts';
import { signingWindow } from './signing-window.ts';

const GCS_ENDPOINT = 'https://storage.googleapis.com';
/**
 * A name is written once, so a year. `private`, because a signed address is one person's; Cloud CDN caches answers to its own
 * signed addresses whatever this says.
 */
const IMMUTABLE = 'private, max-age=31536000, immutable';
const PASSING_THROUGH = 'private, no-store';
/** Some 8 MB: the pictures of 500 gallery pages. Signing one takes a millisecond of CPU, or a call where no key is at hand. */
const SIGNED_URLS_KEPT = 10_000;
const SIGNING_TIMEOUT_MS = 5_000;
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
  readonly limits?: RetryLimits;
  readonly fetch?: typeof fetch;
  readonly now?: () => Date;
}

/** Pictures in a private Cloud Storage bucket: names written once, read by addresses that are signed for a while. */
export function createGcsImageStore(options: GcsImageStoreOptions): ImageStore {
  const { bucket, endpoint, credentials, cdn, now = () => new Date() } = options;
  const storage = new Storage({
    ...(endpoint === undefined ? {} : { apiEndpoint: endpoint }),
    ...(credentials === undefined ? {} : { authClient: serviceAccount(credentials) }),
  });
  const objects = createGcsObjects({
    bucket,
    endpoint: endpoint ?? GCS_ENDPOINT,
    authorise: async () =>
      endpoint === undefined ? Object.fromEntries(await storage.authClient.getRequestHeaders()) : {},
    fetch: options.fetch ?? fetch,
    limits: options.limits ?? RETRY_LIMITS,
  });
  const signed = new LRUCache<string, string>({ max: SIGNED_URLS_KEPT });

  async function sign(name: string, startsAt: Date, expiresAt: Date): Promise<string> {
    if (cdn !== undefined) return signCdnUrl(`${cdn.baseUrl.replace(/\/$/, '')}/${name}`, cdn.key, expiresAt);
    const host = options.publicEndpoint;
    const file = storage.bucket(bucket).file(name);
    const signing = file.getSignedUrl({
      version: 'v4',
      action: 'read',
      accessibleAt: startsAt,
      expires: expiresAt,
      ...(host === undefined ? {} : { host }),
    });
    const [url] = await within(SIGNING_TIMEOUT_MS, signing);
    return url;
  }

  return {
    async write(name, bytes, { contentType, immutable }) {
      const cacheControl = immutable ? IMMUTABLE : PASSING_THROUGH;
      const created = await objects.create(name, bytes, { contentType, cacheControl });
      if (created !== undefined) return created;
      const present = await objects.stat(name);
      // Ours, written by an earlier run or by a call whose answer was lost.
      if (present?.md5 === md5Of(bytes)) return present;
      throw new StorageFailure('conflict', 'Another object has this name');
    },
    async read(name) {
      const bytes = await objects.read(name);
      if (bytes === undefined) throw new StorageFailure('not_found', 'No such object');
      return bytes;
    },
    exists: async (name) => (await objects.stat(name)) !== undefined,
    remove: (name) => objects.remove(name),
    list: (prefix) => objects.list(prefix),
    async signedUrl(name) {
      const { startsAt, expiresAt } = signingWindow(now());
      const key = `${startsAt.getTime()} ${name}`;
      const kept = signed.get(key);
      if (kept !== undefined) return kept;
      const url = await sign(name, startsAt, expiresAt).catch((cause: unknown) => {
        throw new StorageFailure('unavailable', 'The address could not be signed', cause);
      });
      signed.set(key, url);
      return url;
    },
    // Listing one name needs the bucket, the credentials and nothing else.
    async healthCheck() {
      await objects.list('health/', 1);
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

async function within<Result>(timeoutMs: number, work: Promise<Result>): Promise<Result> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`No answer in ${timeoutMs} ms`)), timeoutMs);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}
