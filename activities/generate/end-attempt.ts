import { setTimeout as sleep } from 'node:timers/promises';
import { CancelledFailure, Context } from '@temporalio/activity';
import type { Logger } from 'pino';
import type { Database } from '#drizzle/connection/database.ts';
import { failAttempt } from '#drizzle/queries/generations/attempt-steps.ts';
import { readAttempt, type Attempt } from '#drizzle/queries/generations/attempts.ts';
import type { Measurements } from '../measurements.ts';
import { ProviderFailure, type ImageProvider } from '../providers/port.ts';
import { JobEnded } from './await-image.ts';
import type { ProviderGuard } from './provider-guard.ts';
import { failedTries, recordFailedTries } from './heartbeats.ts';
import { CANCEL_TIMEOUT_MS, GivenUp } from './obtain-job.ts';
import { activityFailure, MAX_TRIES, takenOver } from './activity-failure.ts';

const MAX_CANCEL_TRIES = 3;
const CANCEL_PAUSE_MS = 500;

interface EndAttemptInput {
  readonly database: Database;
  readonly provider: ImageProvider;
  readonly attempt: Attempt;
  readonly providerGuard: Pick<ProviderGuard, 'failed'>;
  readonly measurements: Measurements;
  readonly log: Logger;
}

/**
 * Handles the error of a run that produced no image. The attempt stays open when a retry can continue it. Otherwise the attempt
 * is closed with its reason, and the provider's job is cancelled.
 *
 * @returns the error for the activity to throw
 */
export async function endAttempt(input: EndAttemptInput, error: unknown): Promise<unknown> {
  const { database, attempt, provider, providerGuard, measurements, log } = input;
  if (isTakenOver()) return takenOver();
  if (error instanceof CancelledFailure || Context.current().cancellationSignal.aborted) {
    await cancelJob(input);
    await failAttempt(database, attempt.id, { kind: 'cancelled', message: 'cancelled' });
    await providerGuard.failed(attempt, new ProviderFailure('cancelled', 'cancelled'));
    measurements.attemptEnded({ provider: provider.name, model: attempt.model, outcome: 'cancelled' });
    return new CancelledFailure('The generation was cancelled');
  }
  const failure = error instanceof JobEnded || error instanceof GivenUp ? error.failure : error;
  if (!(failure instanceof ProviderFailure)) return error;

  const tries = error instanceof GivenUp ? MAX_TRIES : failedTries() + 1;
  const outcome = activityFailure(failure, tries);
  const { kind, message } = failure;
  log.warn(
    { provider: provider.name, attemptId: attempt.id, kind, detail: message, generationId: attempt.generationId },
    'the provider failed',
  );
  if (!(error instanceof GivenUp)) await providerGuard.failed(attempt, failure);
  if (error instanceof JobEnded || outcome.nonRetryable) {
    await cancelJob(input);
    await failAttempt(database, attempt.id, { kind, message });
    measurements.attemptEnded({ provider: provider.name, model: attempt.model, outcome: kind });
  }
  recordFailedTries(tries);
  return outcome;
}

/**
 * Whether another run continues the same attempt: on another worker, later, or in a reset workflow. Nothing may be cancelled
 * then. `notFound` also occurs after the workflow ended, but then `abandon` cancels the job.
 */
function isTakenOver(): boolean {
  const details = Context.current().cancellationDetails;
  if (!details || details.cancelRequested) return false;
  return details.workerShutdown || details.timedOut || details.paused || details.reset || details.notFound;
}

/** Repeated, since the next provider is paid as well; bounded, since a provider that is down must not delay the user. */
async function cancelJob({ database, provider, attempt, log }: EndAttemptInput): Promise<void> {
  const externalId = (await readAttempt(database, attempt.id))?.externalId;
  if (!externalId) return;
  const signal = AbortSignal.timeout(CANCEL_TIMEOUT_MS);
  for (let tries = 1; ; tries += 1) {
    try {
      return await provider.cancel({ externalId }, signal);
    } catch (error) {
      log.warn(
        { err: error, provider: provider.name, attemptId: attempt.id },
        'the provider did not accept the cancellation',
      );
      if (tries === MAX_CANCEL_TRIES || signal.aborted) return;
      await sleep(CANCEL_PAUSE_MS);
    }
  }
}
