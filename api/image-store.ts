import { readCdnKey } from '#activities/storage/cdn-url.ts';
import { createGcsImageStore } from '#activities/storage/gcs-image-store.ts';
import type { ImageStore } from '#activities/storage/port.ts';
import { readPrivateKey } from '#process/read-private-key.ts';
import { traced } from '#process/tracing/spans.ts';
import type { ApiEnvironment } from './env.ts';

/** The bucket, whose images browsers read with signed URLs: from Cloud CDN if there is one, otherwise from Cloud Storage. @throws Error when a key can't be read */
export function createImageStore(env: ApiEnvironment): ImageStore {
  return createGcsImageStore({
    bucket: env.GCS_BUCKET,
    endpoint: env.GCS_ENDPOINT,
    publicEndpoint: env.GCS_PUBLIC_ENDPOINT,
    credentials: storageCredentials(env),
    cdn: cdnOf(env),
    traced,
  });
}

function storageCredentials({ GCS_CLIENT_EMAIL: clientEmail, GCS_PRIVATE_KEY_FILE: file }: ApiEnvironment) {
  if (clientEmail === undefined || file === undefined) return undefined;
  return { clientEmail, privateKey: readPrivateKey('GCS_PRIVATE_KEY_FILE', file) };
}

function cdnOf({ CDN_BASE_URL: baseUrl, CDN_KEY_NAME: name, CDN_KEY_FILE: file }: ApiEnvironment) {
  if (baseUrl === undefined || name === undefined || file === undefined) return undefined;
  return { baseUrl, key: readCdnKey('CDN_KEY_FILE', name, file) };
}
