import type { Generation } from '#contract/generation.ts';
import { FAILURES } from '#domain/generation/failure.ts';
import { refusalMessage } from '#domain/generation/refusal-message.ts';
import { PROVIDER_FAILURE_LABELS } from '#domain/provider/provider-failure.ts';
import { counted, ordinal } from '#web/format/count.ts';
import { formatEstimate, formatDuration } from '#web/format/duration.ts';

/** What a generation card says, also in lists and toasts. Only figures with "about" are estimates. */
export interface CardText {
  readonly summary: string;
  /** The elapsed time since this moment follows the summary. */
  readonly elapsedSince?: string | undefined;
  readonly detail?: string | undefined;
  /** `quiet` details may be hidden on small screens. */
  readonly detailTone?: 'good' | 'news' | 'quiet';
}

/** The texts of each status. What a failed card says first is the failure's message, from FAILURES in domain/generation/failure.ts. */
export function generationCardText(generation: Generation, now: Date = new Date()): CardText {
  switch (generation.status) {
    case 'requested':
      return generation.refusal
        ? {
            summary: refusalText(generation, generation.refusal, now),
            detail: 'Nothing was charged',
            detailTone: 'news',
          }
        : { summary: 'Accepted, waiting to enter the queue', detail: 'No credits held yet', detailTone: 'quiet' };
    case 'pending':
      return { summary: waitingText(generation), detail: waitingDetail(generation), detailTone: 'quiet' };
    case 'processing':
      return {
        summary: stageText(generation),
        elapsedSince: generation.processingAt ?? undefined,
        ...attemptOrHold(generation),
      };
    case 'completed':
      if (generation.avatar?.trashedAt)
        return { summary: doneText(generation), detail: 'In the trash', detailTone: 'news' };
      return generation.avatar?.thumbnailUrl === null
        ? { summary: doneText(generation), detail: 'Being reviewed before it is shown', detailTone: 'news' }
        : { summary: doneText(generation), ...leftOutOrPrice(generation) };
    case 'failed':
      return {
        summary: generation.failure?.message ?? FAILURES.internal.message,
        ...creditsReturnedDetail(generation),
      };
    case 'cancelled':
      return { summary: 'Cancelled', ...creditsReturnedDetail(generation) };
  }
}

function refusalText({ retryAt }: Generation, refusal: NonNullable<Generation['refusal']>, now: Date): string {
  return refusalMessage(refusal, retryAt === null ? null : new Date(retryAt), now);
}

function waitingText({ queue }: Generation): string {
  if (!queue) return 'In queue';
  const position = queue.position === 1 ? 'Next in queue' : `${ordinal(queue.position)} in queue`;
  return queue.etaSeconds === null ? position : `${position}, ${formatEstimate(queue.etaSeconds)}`;
}

function waitingDetail(generation: Generation): string {
  return generation.model ? `${generation.model} · ${creditsHeldText(generation)}` : creditsHeldText(generation);
}

function creditsHeldText({ price }: Generation): string {
  return `${counted(price, 'credit')} held`;
}

function stageText({ stage, model }: Generation): string {
  if (stage === 'checking') return 'Checking the image';
  if (stage === 'saving' || stage === 'recording' || stage === 'done') return 'Saving the image';
  return model ? `Generating with ${model}` : 'Generating';
}

function doneText({ createdAt, finishedAt }: Generation): string {
  return finishedAt ? `Done in ${formatDuration(Date.parse(finishedAt) - Date.parse(createdAt))}` : 'Done';
}

/** What the model says it left out matters more than the price, which the button already said. */
function leftOutOrPrice({ notDrawn, price }: Generation): Pick<CardText, 'detail' | 'detailTone'> {
  return notDrawn.length > 0
    ? { detail: `Not drawn: ${notDrawn.join(', ')}`, detailTone: 'news' }
    : { detail: counted(price, 'credit'), detailTone: 'quiet' };
}

function creditsReturnedDetail({ creditsReturned }: Generation): Pick<CardText, 'detail' | 'detailTone'> {
  return creditsReturned > 0
    ? { detail: `${counted(creditsReturned, 'credit')} returned`, detailTone: 'good' }
    : { detail: 'Nothing was charged', detailTone: 'news' };
}

function attemptOrHold(generation: Generation): Pick<CardText, 'detail' | 'detailTone'> {
  const attempt = earlierAttempt(generation);
  return attempt
    ? { detail: attempt, detailTone: 'news' }
    : { detail: creditsHeldText(generation), detailTone: 'quiet' };
}

/** "Attempt 2 · FLUX.1 [schnell]: timed out", while a later attempt runs. */
function earlierAttempt({ attempts }: Generation): string | undefined {
  const failed = attempts.findLast((attempt) => attempt.failure !== null);
  if (!failed?.failure) return undefined;
  const current = attempts.at(-1) === failed ? attempts.length + 1 : attempts.length;
  return `Attempt ${current} · ${failed.model}: ${PROVIDER_FAILURE_LABELS[failed.failure]}`;
}
