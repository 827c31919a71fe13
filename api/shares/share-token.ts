import { createHash, randomBytes } from 'node:crypto';
import { SHARE_TOKEN_PREFIX } from '#domain/avatar/share.ts';

/** 192 bits: nobody guesses one. */
const RANDOM_BYTES = 24;

/** Creates the token of a link, and what is stored of it. */
export function newShareToken(): { readonly token: string; readonly digest: string } {
  const token = SHARE_TOKEN_PREFIX + randomBytes(RANDOM_BYTES).toString('base64url');
  return { token, digest: digestOf(token) };
}

/** SHA-256, hexadecimal. */
export function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
