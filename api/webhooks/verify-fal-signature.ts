import { createHash } from 'node:crypto';
import { ApiProblem } from '../problem.ts';
import type { FalKeys } from './fal-keys.ts';
import { isWithinSignatureWindow, type VerifySignature } from './verify-signature.ts';

const SIGNATURE = /^[0-9a-f]{128}$/i;
const ID_MAX_LENGTH = 180;

/** fal's id of the callback, which its signature covers. */
export const FAL_CALLBACK_ID = 'x-fal-webhook-request-id';

/**
 * Verifies fal's callbacks. fal signs those of all its customers with the same keys, so the signed user id must be ours.
 * @param userId our user id at fal
 */
export function falSignature(userId: string, keys: FalKeys): VerifySignature {
  return (header) => {
    const id = header(FAL_CALLBACK_ID);
    const timestamp = header('x-fal-webhook-timestamp');
    const signature = header('x-fal-webhook-signature') ?? '';
    if (!id || id.length > ID_MAX_LENGTH || header('x-fal-webhook-user-id') !== userId) return undefined;
    if (!isWithinSignatureWindow(timestamp) || !SIGNATURE.test(signature)) return undefined;
    return async (body) => {
      const digest = createHash('sha256').update(body).digest('hex');
      const message = Buffer.from([id, userId, timestamp, digest].join('\n'));
      return keys.isSignedByFal(message, Buffer.from(signature, 'hex')).catch((cause: unknown) => {
        throw new ApiProblem('unavailable', { detail: 'The signature can not be verified at the moment', cause });
      });
    };
  };
}
