import { createHash, verify, type KeyObject } from 'node:crypto';

/** A signed URL is used as it was issued: these are all its parts. */
export interface SignedRead {
  /** Path and query, as they were sent. */
  readonly url: string;
  /** With or without a port, which Google's library does not sign. */
  readonly host: string;
}

const ALGORITHM = 'GOOG4-RSA-SHA256';
const SIGNATURE = 'X-Goog-Signature';
/** `20261128T225132Z` */
const TIMESTAMP = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/;
/** A week, as in Cloud Storage. */
const EXPIRES_MAX_SECONDS = 604_800;

/**
 * Whether it is a V4 signed GET of our key that is valid now, as Cloud Storage decides; the emulator accepts any signature.
 * Reference: https://cloud.google.com/storage/docs/authentication/signatures
 */
export function isSignedRead({ url, host }: SignedRead, key: KeyObject, now: Date): boolean {
  const [path = '', query = ''] = url.split('?', 2);
  const parameters = new URLSearchParams(query);
  const one = (name: string) => (parameters.getAll(name).length === 1 ? parameters.get(name)! : '');
  const [date, scope] = [one('X-Goog-Date'), one('X-Goog-Credential').split('/').slice(1).join('/')];
  if (one('X-Goog-Algorithm') !== ALGORITHM || one('X-Goog-SignedHeaders') !== 'host') return false;
  if (!isValidAt(now, date, Number(one('X-Goog-Expires')))) return false;
  const signed = query.split('&').filter((pair) => !pair.startsWith(`${SIGNATURE}=`));
  const canonical = [
    'GET',
    path,
    signed.toSorted().join('&'),
    `host:${host.replace(/:\d+$/, '')}`,
    '',
    'host',
    'UNSIGNED-PAYLOAD',
  ].join('\n');
  const digest = createHash('sha256').update(canonical).digest('hex');
  const text = [ALGORITHM, date, scope, digest].join('\n');
  return verify('sha256', Buffer.from(text), key, Buffer.from(one(SIGNATURE), 'hex'));
}

function isValidAt(now: Date, date: string, expiresSeconds: number): boolean {
  const startMs = Date.parse(date.replace(TIMESTAMP, '$1-$2-$3T$4:$5:$6Z'));
  if (!(expiresSeconds > 0 && expiresSeconds <= EXPIRES_MAX_SECONDS)) return false;
  return now.getTime() >= startMs && now.getTime() < startMs + expiresSeconds * 1000;
}
