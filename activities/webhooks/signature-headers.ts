import { createHmac } from 'node:crypto';

const SECRET_PREFIX = 'whsec_';

export interface Signable {
  /** The message's own id: the receiver's key against doubles. */
  readonly id: string;
  /** When it is sent, seconds since the epoch. */
  readonly timestamp: number;
  readonly body: string;
}

/**
 * The headers of the Standard Webhooks scheme: HMAC-SHA256 over `id.timestamp.body`, one signature for each secret that is valid.
 * @param secrets `whsec_` and base64
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
