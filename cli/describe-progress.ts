import type { Generation } from '#contract/generation.ts';
import type { Refusal } from '#domain/generation/failure.ts';

const REFUSALS: Readonly<Record<Refusal, string>> = {
  insufficient_credits: 'There are not enough credits.',
  daily_limit: 'The daily limit is reached. Try again tomorrow.',
  too_many_pending: 'Too many avatars are being made. Try again when some are done.',
};

/** What a generation is doing, as one line. Everything in it is known; nothing is guessed but what says "about". */
export function describeProgress(generation: Generation): string {
  const { status, stage, queue, refusal, model, attempts } = generation;
  switch (status) {
    case 'requested':
      return refusal === null ? 'accepted, waiting for the studio to open' : 'refused';
    case 'pending': {
      if (queue === null) return 'in queue';
      const eta = queue.etaSeconds === null ? '' : `, about ${queue.etaSeconds} s`;
      return `in queue, place ${queue.position}${eta}`;
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

/** Why there is no image, and what became of the credits. */
export function describeEnd(generation: Generation): string {
  const reason = reasonOf(generation);
  const returned =
    generation.creditsReturned > 0 ? `${generation.creditsReturned} credits returned.` : 'Nothing was charged.';
  return `${reason} ${returned}`;
}

function reasonOf({ status, refusal, failure }: Generation): string {
  if (status === 'cancelled') return 'Cancelled.';
  if (refusal !== null) return REFUSALS[refusal];
  return failure?.message ?? 'It could not be made.';
}
