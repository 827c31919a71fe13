import { setTimeout as sleep } from 'node:timers/promises';
import { CancelledFailure, Context } from '@temporalio/activity';
import type { Logger } from 'pino';
import type { Database } from '#drizzle/connection/database.ts';
import { failAttempt } from '#drizzle/queries/generations/attempt-steps.ts';
import { readAttempt, type Attempt } from '#drizzle/queries/generations/attempts.ts';
import type { Measurements } from '../measurements.ts';
import { ProviderFailure, type ImageProvider } from '../providers/port.ts';
import { WorkEnded } from './await-image.ts';
import type { ProviderGuard } from './provider-guard.ts';
import { failedTries, noteFailedTries } from './heartbeats.ts';
import { CANCEL_TIMEOUT_MS } from './obtain-job.ts';
import { activityFailure, takenOver } from './activity-failure.ts';

const CANCEL_TRIES = 3;
const CANCEL_PAUSE_MS = 500;

interface Ending {
  readonly database: Database;
  readonly provider: ImageProvider;
  readonly attempt: Attempt;
  readonly providerGuard: Pick<ProviderGuard, 'failed'>;
  readonly measurements: Measurements;
  readonly log: Logger;
}

/**
 * What a run that brought no image leaves behind: the attempt open where the next run can go on with it, else closed
 * with its reason and the provider's work cancelled.
 *
 * @returns what the activity throws
 */
export async function endAttempt(ending: Ending, error: unknown): Promise<unknown> {
  const { database, attempt, provider, providerGuard, measurements, log } = ending;
  if (isTakenOver()) return takenOver();
  if (error instanceof CancelledFailure || Context.current().cancellationSignal.aborted) {
    await cancelWork(ending);
    await failAttempt(database, attempt.id, { kind: 'cancelled', message: 'cancelled' });
    await providerGuard.failed(attempt, new ProviderFailure('cancelled', 'cancelled'));
    measurements.attemptEnded({ provider: provider.name, model: attempt.model, outcome: 'cancelled' });
    return new CancelledFailure('The generation was cancelled');
  }
  const failure = error instanceof WorkEnded ? error.failure : error;
  if (!(failure instanceof ProviderFailure)) return error;

  const tries = failedTries() + 1;
  const outcome = activityFailure(failure, tries);
  const { kind, message } = failure;
  log.warn(
    { provider: provider.name, attemptId: attempt.id, kind, detail: message, generationId: attempt.generationId },
    'provider failed',
  );
  await providerGuard.failed(attempt, failure);
  if (error instanceof WorkEnded || outcome.nonRetryable) {
    await cancelWork(ending);
    await failAttempt(database, attempt.id, { kind, message });
    measurements.attemptEnded({ provider: provider.name, model: attempt.model, outcome: kind });
  }
  noteFailedTries(tries);
  return outcome;
}

/**
 * Another run goes on with the same attempt: on another worker, later, or in a workflow that was reset. Nothing may be
 * cancelled then. `notFound` also comes after the workflow's end, where whoever ended it cancels by the attempt's mark.
 */
function isTakenOver(): boolean {
  const details = Context.current().cancellationDetails;
  if (!details || details.cancelRequested) return false;
  return details.workerShutdown || details.timedOut || details.paused || details.reset || details.notFound;
}

/** Tried a few times, since the next provider is paid too; but one that is down must not keep the user waiting. */
async function cancelWork({ database, provider, attempt, log }: Ending): Promise<void> {
  const externalId = (await readAttempt(database, attempt.id))?.externalId;
  if (!externalId) return;
  const signal = AbortSignal.timeout(CANCEL_TIMEOUT_MS);
  for (let tries = 1; ; tries += 1) {
    try {
      return await provider.cancel({ externalId }, signal);
    } catch (error) {
      log.warn({ err: error, provider: provider.name, attemptId: attempt.id }, 'the provider did not take the cancel');
      if (tries === CANCEL_TRIES || signal.aborted) return;
      await sleep(CANCEL_PAUSE_MS);
    }
  }
}
