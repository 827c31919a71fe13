import { createHmac } from 'node:crypto';

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
