import { createHmac, timingSafeEqual } from 'node:crypto';

/** A message outside this window, past or future, is refused as a possible replay. */
const SIGNATURE_WINDOW_SECONDS = 5 * 60;
const SECRET_PREFIX = 'whsec_';
const ID_MAX_LENGTH = 200;
/** A sender signs twice while it rotates its secret; further signatures are ignored. */
const SIGNATURES_MAX = 10;
const SIGNATURE_VERSION = 'v1,';

/**
 * How a signed route authenticates a message: checks its headers, then its body.
 * @returns undefined when a header is missing, malformed or outside the time window: then the body need not be read
 */
export type VerifySignature = (
  header: (name: string) => string | undefined,
) => ((body: Buffer) => Promise<boolean>) | undefined;

/** @param timestamp seconds since the epoch, as a header has it */
export function isWithinSignatureWindow(timestamp: string | undefined, nowMs = Date.now()): timestamp is string {
  if (timestamp === undefined || !/^\d{1,12}$/.test(timestamp)) return false;
  return Math.abs(nowMs / 1000 - Number(timestamp)) <= SIGNATURE_WINDOW_SECONDS;
}

/** Verifies messages that are signed with a secret, by the Standard Webhooks specification. */
export function standardSignature(secret: string): VerifySignature {
  return (header) => {
    const message = readSignatureHeaders(header);
    return message && (async (body) => isSignedBy(secret, message, body));
  };
}

/** The headers of a message in the Standard Webhooks specification. */
interface SignatureHeaders {
  readonly id: string;
  /** Seconds since the epoch. */
  readonly timestamp: string;
  /** Signatures of version `v1`; at least one. */
  readonly signatures: readonly Buffer[];
}

/** @returns undefined when a header is missing, malformed or outside the time window: then the body need not be read */
function readSignatureHeaders(
  header: (name: string) => string | undefined,
  nowMs = Date.now(),
): SignatureHeaders | undefined {
  const id = header('webhook-id');
  const timestamp = header('webhook-timestamp');
  if (!id || id.length > ID_MAX_LENGTH || !isWithinSignatureWindow(timestamp, nowMs)) return undefined;
  const signatures = (header('webhook-signature') ?? '')
    .split(' ', SIGNATURES_MAX)
    .filter((signature) => signature.startsWith(SIGNATURE_VERSION))
    .map((signature) => Buffer.from(signature.slice(SIGNATURE_VERSION.length), 'base64'));
  return signatures.length === 0 ? undefined : { id, timestamp, signatures };
}

/** Compares HMAC-SHA256 over `id.timestamp.body` with each signature, in constant time. */
function isSignedBy(secret: string, { id, timestamp, signatures }: SignatureHeaders, body: Buffer): boolean {
  const key = Buffer.from(secret.replace(SECRET_PREFIX, ''), 'base64');
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();
  return signatures.some((given) => given.length === expected.length && timingSafeEqual(given, expected));
}
