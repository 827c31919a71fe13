import { createHmac } from 'node:crypto';

export interface CdnKey {
  readonly name: string;
  /** 16 bytes as base64url, the form in which Cloud CDN takes it. */
  readonly secret: string;
}

/**
 * A Cloud CDN signed address: HMAC-SHA1 over the address with its expiry and key name, base64url with its padding kept.
 * Source: cloud.google.com/cdn/docs/using-signed-urls.
 */
export function signCdnUrl(url: string, key: CdnKey, expiresAt: Date): string {
  const expires = Math.floor(expiresAt.getTime() / 1000);
  const unsigned = `${url}${url.includes('?') ? '&' : '?'}Expires=${expires}&KeyName=${key.name}`;
  const digest = createHmac('sha1', Buffer.from(key.secret, 'base64url')).update(unsigned).digest('base64');
  return `${unsigned}&Signature=${digest.replaceAll('+', '-').replaceAll('/', '_')}`;
}
