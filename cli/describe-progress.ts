import type { Generation } from '#contract/generation.ts';
import type { AdmissionRefusal } from '#domain/generation/failure.ts';

const REFUSALS: Readonly<Record<AdmissionRefusal, string>> = {
  insufficient_credits: 'There are not enough credits.',
  daily_limit: 'The daily limit is reached. Try again tomorrow.',
  too_many_pending: 'You have too many unfinished generations. Try again when some have finished.',
};

/** The state of a generation as one line of text. Only the value after "about" is an estimate. */
export function describeProgress(generation: Generation): string {
  const { status, stage, queue, refusal, model, attempts } = generation;
  switch (status) {
    case 'requested':
      return refusal === null ? 'accepted, waiting for admission' : 'refused';
    case 'pending': {
      if (queue === null) return 'in queue';
      const eta = queue.etaSeconds === null ? '' : `, about ${queue.etaSeconds} s`;
      return `in queue, position ${queue.position}${eta}`;
    }
    case 'processing': {
      if (stage === 'checking') return 'checking the image';
      if (stage === 'saving' || stage === 'recording' || stage === 'done') return 'saving the image';
      const again = attempts.length > 1 ? ` (attempt ${attempts.length})` : '';
      return `generating${model === null ? '' : ` with ${model}`}${again}`;
    }
    case 'completed':
      return 'done';
    case 'failed':
      return 'failed';
    case 'cancelled':
      return 'cancelled';
  }
}

/** Why there is no image, and what happened to the credits. */
export function describeEnd(generation: Generation): string {
  const reason = reasonOf(generation);
  const returned =
    generation.creditsReturned > 0 ? `${generation.creditsReturned} credits returned.` : 'Nothing was charged.';
  return `${reason} ${returned}`;
}

function reasonOf({ status, refusal, failure }: Generation): string {
  if (status === 'cancelled') return 'Cancelled.';
  if (refusal !== null) return REFUSALS[refusal];
  return failure?.message ?? 'The avatar could not be generated.';
}
