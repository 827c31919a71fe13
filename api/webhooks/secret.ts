import { randomBytes } from 'node:crypto';

/** As long as SHA-256's own output; more adds nothing. */
const SECRET_BYTES = 32;

/** A new secret in the form of the Standard Webhooks. */
export function newSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
}
