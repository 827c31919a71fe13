import { createHmac } from 'node:crypto';

const SECRET_PREFIX = 'whsec_';

export interface Signable {
  /** The message's id, by which the receiver detects duplicates. */
  readonly id: string;
  /** The time of sending, in seconds since 1970. */
  readonly timestamp: number;
  readonly body: string;
}

/**
 * The headers of the Standard Webhooks scheme: HMAC-SHA256 over `id.timestamp.body`, one signature per valid secret.
 *
 * @param secrets each `whsec_` followed by base64
 */
export function signatureHeaders(
  { id, timestamp, body }: Signable,
  secrets: readonly string[],
): Record<string, string> {
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(SECRET_PREFIX.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  });
  return { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': signatures.join(' ') };
}
