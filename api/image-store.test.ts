import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SIGNING_WINDOW_MS } from '#activities/storage/signing-window.ts';
import { readEnvironment } from './env.ts';
import { createImageStore } from './image-store.ts';

const KEY = randomBytes(16);
const NAME = 'avatars/a/b/c/image.webp';
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cdn-'));
  writeFileSync(join(folder, 'cdn.key'), `${KEY.toString('base64').replaceAll('+', '-').replaceAll('/', '_')}\n`);
  writeFileSync(join(folder, 'short.key'), 'c2hvcnQ=');
  writeFileSync(join(folder, 'gcs.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
});
afterAll(() => rmSync(folder, { recursive: true }));

function storeWith(variables: Record<string, string>) {
  return createImageStore(
    readEnvironment({
      DATABASE_URL: 'postgres://x',
      GCS_BUCKET: 'images',
      GCS_CLIENT_EMAIL: 'api@example.iam.gserviceaccount.com',
      GCS_PRIVATE_KEY_FILE: join(folder, 'gcs.pem'),
      OIDC_ISSUER: 'https://id.example',
      OIDC_AUDIENCE: 'studio',
      ...variables,
    }),
  );
}

const cdn = () => ({
  CDN_BASE_URL: 'https://images.example/studio/',
  CDN_KEY_NAME: 'key-1',
  CDN_KEY_FILE: join(folder, 'cdn.key'),
});

/** What Cloud CDN does with a request, by its documentation and with another implementation of HMAC. @returns an HTTP status */
async function requestFromCdn(url: string, keys: Readonly<Record<string, Buffer>>, now: Date): Promise<200 | 403> {
  const signed =
    /^(?<unsigned>.*[?&]Expires=(?<expires>\d+)&KeyName=(?<name>[^&]+))&Signature=(?<signature>[\w=-]+)$/.exec(
      url,
    )?.groups;
  const key = keys[signed?.['name'] ?? ''];
  if (signed === undefined || key === undefined) return 403;
  const algorithm = { name: 'HMAC', hash: 'SHA-1' };
  const imported = await crypto.subtle.importKey('raw', new Uint8Array(key), algorithm, false, ['verify']);
  const signature = Buffer.from(signed['signature']!.replaceAll('-', '+').replaceAll('_', '/'), 'base64');
  const text = new TextEncoder().encode(signed['unsigned']);
  const isGenuine = await crypto.subtle.verify('HMAC', imported, new Uint8Array(signature), text);
  return isGenuine && now.getTime() < Number(signed['expires']) * 1000 ? 200 : 403;
}

describe('with a CDN', () => {
  it('an image has an address there that the CDN accepts until it expires', async () => {
    const url = await storeWith(cdn()).signedUrl(NAME);
    expect(url.startsWith(`https://images.example/studio/${NAME}?`)).toBe(true);
    expect(await requestFromCdn(url, { 'key-1': KEY }, new Date())).toBe(200);
    expect(await requestFromCdn(url, { 'key-1': KEY }, new Date(Date.now() + 2 * SIGNING_WINDOW_MS))).toBe(403);
  });

  it('the address of another image, a later expiry or another key is refused', async () => {
    const url = await storeWith(cdn()).signedUrl(NAME);
    const later = url.replace(/Expires=(\d+)/, (_, at: string) => `Expires=${Number(at) + 1}`);
    for (const changed of [url.replace('/c/image', '/d/image'), later, url.replace(/&Signature=.*/, '')])
      expect(await requestFromCdn(changed, { 'key-1': KEY }, new Date())).toBe(403);
    expect(await requestFromCdn(url, { 'key-1': randomBytes(16) }, new Date())).toBe(403);
    expect(await requestFromCdn(url, { 'key-2': KEY }, new Date())).toBe(403);
  });

  it('does not start with a key of another length, or without its file', () => {
    expect(() => storeWith({ ...cdn(), CDN_KEY_FILE: join(folder, 'short.key') })).toThrow(/^CDN_KEY_FILE: .*16 bytes/);
    expect(() => storeWith({ ...cdn(), CDN_KEY_FILE: join(folder, 'none.key') })).toThrow(/^CDN_KEY_FILE: .*can't be/);
  });
});

describe('without a CDN', () => {
  it('an image has its address at Cloud Storage', async () => {
    const url = new URL(await storeWith({}).signedUrl(NAME));
    expect(url.origin).toBe('https://storage.googleapis.com');
    expect(url.searchParams.get('X-Goog-Algorithm')).toBe('GOOG4-RSA-SHA256');
  });
});
