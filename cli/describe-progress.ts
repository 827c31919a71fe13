import type { Generation } from '#contract/generation.ts';
import { FAILURES } from '#domain/generation/failure.ts';
import { refusalMessage } from '#domain/generation/refusal-message.ts';

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

function reasonOf({ status, refusal, retryAt, failure }: Generation): string {
  if (status === 'cancelled') return 'Cancelled.';
  if (refusal !== null) return refusalMessage(refusal, retryAt === null ? null : new Date(retryAt), new Date());
  return failure?.message ?? FAILURES.internal.message;
}
