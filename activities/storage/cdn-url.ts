import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';

export interface CdnKey {
  readonly name: string;
  /** 16 bytes as base64url, as Cloud CDN expects it. */
  readonly secret: string;
}

/**
 * Signs a URL for Cloud CDN: HMAC-SHA1 over the URL with its expiry and key name, as base64url with padding.
 * Source: cloud.google.com/cdn/docs/using-signed-urls.
 */
export function signCdnUrl(url: string, key: CdnKey, expiresAt: Date): string {
  const expires = Math.floor(expiresAt.getTime() / 1000);
  const unsigned = `${url}${url.includes('?') ? '&' : '?'}Expires=${expires}&KeyName=${key.name}`;
  const digest = createHmac('sha1', Buffer.from(key.secret, 'base64url')).update(unsigned).digest('base64');
  return `${unsigned}&Signature=${digest.replaceAll('+', '-').replaceAll('/', '_')}`;
}

const KEY_BYTES = 16;

/**
 * Reads a key as `gcloud compute sign-url` and the CDN's settings take it: 16 bytes in base64url.
 * @throws Error with one line that names the variable
 */
export function readCdnKey(variable: string, name: string, file: string): CdnKey {
  let secret: string;
  try {
    secret = readFileSync(file, 'utf8').trim();
  } catch (cause) {
    throw new Error(`${variable}: ${file} can't be read`, { cause });
  }
  const isKey = /^[\w-]+={0,2}$/.test(secret) && Buffer.from(secret, 'base64url').length === KEY_BYTES;
  if (!isKey) throw new Error(`${variable}: ${file} must contain ${KEY_BYTES} bytes in base64url`);
  return { name, secret };
}
