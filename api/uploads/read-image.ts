import { bulkhead, BulkheadRejectedError } from 'cockatiel';
import type { Decoder } from '#activities/image/decoder/decoder.ts';
import { type UploadFault, UploadRejected } from '#activities/image/upload-rejected.ts';
import type { ProblemCode } from '#contract/problem.ts';
import { ApiProblem } from '../problem.ts';
import { createAccountTurns, TooManyWaiting } from './account-turns.ts';
import type { DecodeTurns } from './decode-turns.ts';

/** As many as the decoder has processes. */
const CONCURRENT_DECODES = 2;
/** The bytes of uploads are held in memory; each takes half a second. */
const WAITING_MAX = 16;
/** An account's images are decoded one after another, whatever API process reads them, so that it can't take all processes. */
const ACCOUNT_WAITING_MAX = 8;
const BUSY_RETRY_SECONDS = 5;

const CODES: Readonly<Record<UploadFault, ProblemCode>> = {
  too_large: 'payload_too_large',
  unsupported: 'unsupported_media',
  bad_crop: 'validation_failed',
  empty: 'image_rejected',
  too_many_pixels: 'image_rejected',
  bad_shape: 'image_rejected',
  too_expensive: 'image_rejected',
  nothing_visible: 'image_rejected',
  corrupt: 'image_rejected',
};

/**
 * Has the decoder read an account's image when it is the account's turn.
 * @throws ApiProblem payload_too_large, unsupported_media, validation_failed, image_rejected; rate_limited when too many of the
 * account's images wait, unavailable when too many of all accounts do
 */
export type ReadImage = <Result>(accountId: string, work: (decoder: Decoder) => Promise<Result>) => Promise<Result>;

export function createReadImage(decoder: Decoder, decodeTurns: DecodeTurns): ReadImage {
  const all = bulkhead(CONCURRENT_DECODES, WAITING_MAX);
  const inTurn = createAccountTurns(ACCOUNT_WAITING_MAX);
  return async (accountId, work) => {
    try {
      return await inTurn(accountId, () => decodeTurns(accountId, () => all.execute(() => work(decoder))));
    } catch (error) {
      throw problemOf(error);
    }
  };
}

function problemOf(error: unknown): unknown {
  if (error instanceof BulkheadRejectedError) {
    return new ApiProblem('unavailable', { retryAfterSeconds: BUSY_RETRY_SECONDS, cause: error });
  }
  if (error instanceof TooManyWaiting) {
    return new ApiProblem('rate_limited', {
      detail: 'Other images of this account are being read. Try again in a few seconds',
      retryAfterSeconds: BUSY_RETRY_SECONDS,
    });
  }
  if (!(error instanceof UploadRejected)) return error;
  const { fault, message } = error;
  if (fault === 'bad_crop') return new ApiProblem('validation_failed', { errors: [{ path: 'crop', message }] });
  return new ApiProblem(CODES[fault], { detail: message, cause: error });
}
