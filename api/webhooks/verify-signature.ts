import { createHmac, timingSafeEqual } from 'node:crypto';

/** A message that is older, or from further in the future, is none: somebody sends it again. */
const SIGNATURE_WINDOW_SECONDS = 5 * 60;
const SECRET_PREFIX = 'whsec_';
const ID_MAX_LENGTH = 200;
/** During a rotation there are two; more is noise. */
const SIGNATURES_MAX = 10;
const SIGNATURE_VERSION = 'v1,';

/** What the headers of the Standard Webhooks say of a message. */
export interface SignatureHeaders {
  readonly id: string;
  /** Seconds since the epoch. */
  readonly timestamp: string;
  /** Of our version; at least one. */
  readonly signatures: readonly Buffer[];
}

/** @returns undefined when a header is missing, malformed, or not of now: then the body need not be read */
export function readSignatureHeaders(
  header: (name: string) => string | undefined,
  nowMs = Date.now(),
): SignatureHeaders | undefined {
  const id = header('webhook-id');
  const timestamp = header('webhook-timestamp');
  if (!id || id.length > ID_MAX_LENGTH || timestamp === undefined || !/^\d{1,12}$/.test(timestamp)) return undefined;
  if (Math.abs(nowMs / 1000 - Number(timestamp)) > SIGNATURE_WINDOW_SECONDS) return undefined;
  const signatures = (header('webhook-signature') ?? '')
    .split(' ', SIGNATURES_MAX)
    .filter((each) => each.startsWith(SIGNATURE_VERSION))
    .map((each) => Buffer.from(each.slice(SIGNATURE_VERSION.length), 'base64'));
  return signatures.length === 0 ? undefined : { id, timestamp, signatures };
}

/** HMAC-SHA256 over `id.timestamp.body`, compared in constant time. */
export function isSignedBy(secret: string, { id, timestamp, signatures }: SignatureHeaders, body: Buffer): boolean {
  const key = Buffer.from(secret.replace(SECRET_PREFIX, ''), 'base64');
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();
  return signatures.some((given) => given.length === expected.length && timingSafeEqual(given, expected));
}
