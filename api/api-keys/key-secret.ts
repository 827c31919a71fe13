import { createHash, randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { API_KEY_PATTERN, API_KEY_PREFIX, API_KEY_START_LENGTH } from '#domain/account/api-key.ts';
import type { KeySecret } from '#drizzle/queries/accounts/api-keys.ts';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 190 bits. */
const RANDOM_LENGTH = 32;
/** Holds 32 bits. */
const CHECKSUM_LENGTH = 6;
const PATTERN = new RegExp(API_KEY_PATTERN);

/** Creates a key, and what is stored of it. */
export function newKey(): { readonly key: string; readonly secret: KeySecret } {
  const random = Array.from({ length: RANDOM_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  const body = API_KEY_PREFIX + random;
  const key = body + checksumOf(body);
  return { key, secret: { start: key.slice(0, API_KEY_START_LENGTH), digest: digestOf(key) } };
}

/** Whether a token could be one of our keys: a typing error costs no look-up, and scanners need not guess. */
export function isWellFormedKey(token: string): boolean {
  return PATTERN.test(token) && checksumOf(token.slice(0, -CHECKSUM_LENGTH)) === token.slice(-CHECKSUM_LENGTH);
}

/** SHA-256, hexadecimal. */
export function digestOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** CRC-32, as digits and letters. */
function checksumOf(body: string): string {
  let rest = crc32(body);
  let text = '';
  for (let index = 0; index < CHECKSUM_LENGTH; index += 1) {
    text = ALPHABET[rest % ALPHABET.length] + text;
    rest = Math.floor(rest / ALPHABET.length);
  }
  return text;
}
