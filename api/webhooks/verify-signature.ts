import { createHmac, timingSafeEqual } from 'node:crypto';

/** A message that is older, or from further in the future, is none: somebody sends it again. */
const SIGNATURE_WINDOW_SECONDS = 5 * 60;
const SECRET_PREFIX = 'whsec_';
const ID_MAX_LENGTH = 200;
/** During a rotation there are two; more is noise. */
const SIGNATURES_MAX = 10;

export interface SignedMessage {
  readonly id: string | undefined;
  /** Seconds since the epoch. */
  readonly timestamp: string | undefined;
  /** `v1,` and base64, several apart by spaces. */
  readonly signature: string | undefined;
  readonly body: Buffer;
}

/**
 * Checks a message of the Standard Webhooks scheme: HMAC-SHA256 over `id.timestamp.body`, compared in constant time.
 * @returns the message's id, or undefined when it is not genuine or not of now
 */
export function verifySignature(message: SignedMessage, secret: string, nowMs = Date.now()): string | undefined {
  const { id, timestamp, signature, body } = message;
  if (!id || id.length > ID_MAX_LENGTH || !timestamp || !signature) return undefined;
  if (!/^\d{1,12}$/.test(timestamp)) return undefined;
  if (Math.abs(nowMs / 1000 - Number(timestamp)) > SIGNATURE_WINDOW_SECONDS) return undefined;
  const key = Buffer.from(secret.replace(SECRET_PREFIX, ''), 'base64');
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();
  const genuine = signature
    .split(' ', SIGNATURES_MAX)
    .filter((each) => each.startsWith('v1,'))
    .map((each) => Buffer.from(each.slice('v1,'.length), 'base64'))
    .some((given) => given.length === expected.length && timingSafeEqual(given, expected));
  return genuine ? id : undefined;
}
