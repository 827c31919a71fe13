import { CancelledFailure } from '@temporalio/activity';
import type { Database } from '#drizzle/connection/database.ts';
import { beginAttempt } from '#drizzle/queries/generations/attempt-steps.ts';
import { listAttempts, type Attempt } from '#drizzle/queries/generations/attempts.ts';
import type { GenerateImageInput } from '../activity-types.ts';
import { finalFailure } from '../final-failure.ts';

/**
 * The attempt to continue: the last one for this candidate, or a new one when that ended without an image. Each paid call has its
 * own row, written before the call.
 *
 * @throws ApplicationFailure `interrupted` when the generation is final; CancelledFailure
 */
export async function openAttempt(database: Database, input: GenerateImageInput): Promise<Attempt> {
  const { generationId, provider, model } = input;
  const attempts = await listAttempts(database, [generationId]);
  const last = attempts.findLast((attempt) => attempt.provider === provider && attempt.model === model);
  if (last?.cancelRequestedAt) throw new CancelledFailure('The attempt was cancelled');
  if (last && last.state !== 'failed' && last.state !== 'cancelled') return last;
  const begun = await beginAttempt(database, { generationId, ordinal: attempts.length, provider, model });
  if (begun.kind === 'finished') throw finalFailure('interrupted');
  if (begun.attempt.cancelRequestedAt) throw new CancelledFailure('The generation was cancelled');
  return begun.attempt;
}
