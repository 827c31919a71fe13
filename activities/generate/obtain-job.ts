import { CancelledFailure } from '@temporalio/activity';
import type { Database } from '#drizzle/connection/database.ts';
import { markNotAccepted, markSubmitting } from '#drizzle/queries/generations/attempt-steps.ts';
import { isClaimed, readAttempt, storeExternalId, type Attempt } from '#drizzle/queries/generations/attempts.ts';
import { isRefused, retryingFor } from '#drizzle/connection/transient.ts';
import {
  ProviderFailure,
  type ImageProvider,
  type ProviderJob,
  type ImageRequest,
  type SubmittedJob,
} from '../providers/port.ts';
import { awaitProviderRateLimit, recordProviderBackoff } from './provider-rate-limit.ts';
import type { ProviderGuard } from './provider-guard.ts';
import { failedTries } from './heartbeats.ts';
import { activityFailure, takenOver } from './activity-failure.ts';

export interface AttemptContext {
  readonly database: Database;
  readonly provider: ImageProvider;
  readonly attempt: Attempt;
  readonly request: ImageRequest;
  readonly signal: AbortSignal;
  /** Throws where nothing new may be bought; what was bought is collected all the same. */
  readonly providerGuard: Pick<ProviderGuard, 'pass'>;
}

/** The person has the credits back already; cancelling at the provider only saves our own money. */
export const CANCEL_TIMEOUT_MS = 5_000;

/** `pollAfterMs`: only of work that was bought just now; what was found or known may be done. */
export type ObtainedJob = ProviderJob & Partial<SubmittedJob>;

/**
 * The provider's name for this attempt's work. Known already: that one. A call left and its answer never came: look it
 * up before buying again. Otherwise: buy, and write the name down at once.
 *
 * @throws ProviderFailure; ApplicationFailure when another run came first; CancelledFailure when a cancel was asked
 * meanwhile (the bought work is cancelled too)
 */
export async function obtainJob(attemptContext: AttemptContext): Promise<ObtainedJob> {
  const { attempt } = attemptContext;
  if (attempt.externalId !== null) return { externalId: attempt.externalId };
  const found = attempt.state === 'submitting' ? await lookUp(attemptContext) : undefined;
  return adopt(attemptContext, found ?? (await buy(attemptContext)));
}

async function lookUp({
  database,
  provider,
  attempt,
  request,
  signal,
}: AttemptContext): Promise<ProviderJob | undefined> {
  if (!provider.canFind) return undefined;
  return provider.find(
    {
      request,
      startedAt: attempt.submittingAt ?? attempt.createdAt,
      isClaimed: (externalId) =>
        isClaimed(database, { provider: provider.name, externalId, exceptAttemptId: attempt.id }),
    },
    signal,
  );
}

/** The paid call is never cut off: its answer is the only name by which the work could be cancelled. It bounds itself. */
const UNINTERRUPTED = new AbortController().signal;

async function buy(attemptContext: AttemptContext): Promise<ObtainedJob> {
  const { database, provider, attempt, request, signal, providerGuard } = attemptContext;
  await providerGuard.pass(attempt, provider);
  await awaitProviderRateLimit(database, provider.name, signal);
  if (!(await markSubmitting(database, attempt))) {
    const { cancelRequestedAt } = (await readAttempt(database, attempt.id)) ?? attempt;
    throw cancelRequestedAt === null ? takenOver() : new CancelledFailure('The attempt was cancelled');
  }
  try {
    return await provider.submit(request, UNINTERRUPTED);
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error;
    if (error.accepted === 'no') await markNotAccepted(database, attempt.id);
    if (error.retryAfterMs) await recordProviderBackoff(database, provider.name, error.retryAfterMs);
    const found =
      error.accepted === 'maybe' &&
      activityFailure(error, failedTries() + 1).nonRetryable &&
      (await lookUpNow(attemptContext));
    if (found) return found;
    throw error;
  }
}

/** No further run will look for what a lost reply bought, so it is done before the next provider is asked. */
async function lookUpNow(attemptContext: AttemptContext): Promise<ProviderJob | undefined> {
  const attempt = (await readAttempt(attemptContext.database, attemptContext.attempt.id)) ?? attemptContext.attempt;
  try {
    return await lookUp({ ...attemptContext, attempt });
  } catch (error) {
    if (error instanceof ProviderFailure) return undefined;
    throw error;
  }
}

/** What was bought is known to this run alone until it is written down: longer than a failover, well within the run's time. */
export const PURCHASE_TIMEOUT_MS = 20_000;

/** Stores the name unless a cancel came first; whoever is second cancels the work. */
async function adopt({ database, provider, attempt }: AttemptContext, job: ObtainedJob): Promise<ObtainedJob> {
  const cancelWork = () => provider.cancel(job, AbortSignal.timeout(CANCEL_TIMEOUT_MS));
  const storing = retryingFor(PURCHASE_TIMEOUT_MS, () => storeExternalId(database, attempt.id, job.externalId));
  const stored = await storing.catch(async (error: unknown) => {
    // It will never be written down, and nobody could cancel it later.
    if (isRefused(error)) await cancelWork().catch(() => undefined);
    throw error;
  });
  if (stored.kind === 'claimed') {
    if (stored.externalId === null) throw new ProviderFailure('transient', 'the work found belongs to another attempt');
    // Two runs bought for one attempt, and nobody collects this one. Best effort: it only saves our own money.
    if (job.pollAfterMs !== undefined) await cancelWork().catch(() => undefined);
    return { externalId: stored.externalId };
  }
  if (!stored.cancelRequested) return job;
  await cancelWork();
  throw new CancelledFailure('The attempt was cancelled while it was bought');
}
