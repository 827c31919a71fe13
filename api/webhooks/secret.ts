import { randomBytes } from 'node:crypto';

/** The length of SHA-256's output; a longer key adds no security. */
const SECRET_BYTES = 32;

/** Creates a secret in the format of the Standard Webhooks specification. */
export function newSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
}
