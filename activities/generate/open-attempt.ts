import { CancelledFailure } from '@temporalio/activity';
import type { Database } from '#drizzle/connection/database.ts';
import { beginAttempt } from '#drizzle/queries/generations/attempt-steps.ts';
import { listAttempts, type Attempt } from '#drizzle/queries/generations/attempts.ts';
import type { GenerateImageInput } from '../activity-types.ts';
import { finalFailure } from '../final-failure.ts';

/**
 * The attempt to go on with: the last one at this stop of the plan, unless it is over without an image; then a new one.
 * Each paid call has a row of its own, written before the call.
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
