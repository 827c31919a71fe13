import { bulkhead, BulkheadRejectedError } from 'cockatiel';
import { type UploadFault, UploadRejected } from '#activities/image/inspect-upload.ts';
import { type SanitizedUpload, sanitizeUpload, type UploadForm } from '#activities/image/sanitize-upload.ts';
import type { ProblemCode } from '#contract/problem.ts';
import { ApiProblem } from '../problem.ts';

/** Half of libuv's four threads, so that signatures and files never wait for images; about 260 MB each at worst. */
const CONCURRENT_DECODES = 2;
/** Their bytes are held in memory; each takes half a second. */
const WAITING_MAX = 16;
const BUSY_RETRY_SECONDS = 5;

const CODES: Readonly<Record<UploadFault, ProblemCode>> = {
  too_large: 'payload_too_large',
  unsupported: 'unsupported_media',
  empty: 'image_rejected',
  too_many_pixels: 'image_rejected',
  too_small: 'image_rejected',
  too_slow: 'image_rejected',
  corrupt: 'image_rejected',
};

/**
 * Decodes an uploaded file and encodes it anew.
 * @throws ApiProblem payload_too_large, unsupported_media, image_rejected; unavailable when too many wait
 */
export type ReadImage = (file: Buffer, form: UploadForm) => Promise<SanitizedUpload>;

export function createReadImage(): ReadImage {
  const slots = bulkhead(CONCURRENT_DECODES, WAITING_MAX);
  return async (file, form) => {
    try {
      return await slots.execute(() => sanitizeUpload(file, form));
    } catch (error) {
      if (error instanceof BulkheadRejectedError) {
        throw new ApiProblem('unavailable', { retryAfterSeconds: BUSY_RETRY_SECONDS, cause: error });
      }
      if (!(error instanceof UploadRejected)) throw error;
      throw new ApiProblem(CODES[error.fault], { detail: error.message, cause: error });
    }
  };
}
