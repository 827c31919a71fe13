import { CancelledFailure } from '@temporalio/activity';
import type { Database } from '../../drizzle/database.ts';
import { markNotAccepted, markSubmitting } from '../../drizzle/queries/attempt-steps.ts';
import { isClaimed, readAttempt, storeExternalId, type Attempt } from '../../drizzle/queries/attempts.ts';
import { isRefused, waitingOut } from '../../drizzle/transient.ts';
import {
  ProviderFailure,
  type ImageProvider,
  type PaintHandle,
  type PaintRequest,
  type SubmittedPaint,
} from '../providers/port.ts';
import { awaitTurn, holdOff } from './create-rate.ts';
import type { Gate } from './gate.ts';
import { failedTries } from './heartbeats.ts';
import { paintFailure, takenOver } from './paint-failure.ts';

export interface Painting {
  readonly database: Database;
  readonly provider: ImageProvider;
  readonly attempt: Attempt;
  readonly request: PaintRequest;
  readonly signal: AbortSignal;
  /** Throws where nothing new may be bought; what was bought is collected all the same. */
  readonly gate: Pick<Gate, 'pass'>;
}

/** The person has the credits back already; cancelling at the provider only saves our own money. */
export const CANCEL_TIMEOUT_MS = 5_000;

/** `pollAfterMs`: only of work that was bought just now; what was found or known may be done. */
export type ObtainedHandle = PaintHandle & Partial<SubmittedPaint>;

/**
 * The provider's name for this attempt's work. Known already: that one. A call left and its answer never came: look it
 * up before buying again. Otherwise: buy, and write the name down at once.
 *
 * @throws ProviderFailure; ApplicationFailure when another run came first; CancelledFailure when a cancel was asked
 * meanwhile (the bought work is cancelled too)
 */
export async function obtainHandle(painting: Painting): Promise<ObtainedHandle> {
  const { attempt } = painting;
  if (attempt.externalId !== null) return { externalId: attempt.externalId };
  const found = attempt.state === 'submitting' ? await lookUp(painting) : undefined;
  return adopt(painting, found ?? (await buy(painting)));
}

async function lookUp({ database, provider, attempt, request, signal }: Painting): Promise<PaintHandle | undefined> {
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

async function buy(painting: Painting): Promise<ObtainedHandle> {
  const { database, provider, attempt, request, signal, gate } = painting;
  await gate.pass(attempt, provider);
  await awaitTurn(database, provider.name, signal);
  if (!(await markSubmitting(database, attempt))) {
    const { cancelRequestedAt } = (await readAttempt(database, attempt.id)) ?? attempt;
    throw cancelRequestedAt === null ? takenOver() : new CancelledFailure('The attempt was cancelled');
  }
  try {
    return await provider.submit(request, UNINTERRUPTED);
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error;
    if (error.accepted === 'no') await markNotAccepted(database, attempt.id);
    if (error.retryAfterMs) await holdOff(database, provider.name, error.retryAfterMs);
    const found =
      error.accepted === 'maybe' && paintFailure(error, failedTries() + 1).nonRetryable && (await lookUpNow(painting));
    if (found) return found;
    throw error;
  }
}

/** No further run will look for what a lost reply bought, so it is done before the next provider is asked. */
async function lookUpNow(painting: Painting): Promise<PaintHandle | undefined> {
  const attempt = (await readAttempt(painting.database, painting.attempt.id)) ?? painting.attempt;
  try {
    return await lookUp({ ...painting, attempt });
  } catch (error) {
    if (error instanceof ProviderFailure) return undefined;
    throw error;
  }
}

/** What was bought is known to this run alone until it is written down: longer than a failover, well within the run's time. */
export const PURCHASE_PATIENCE_MS = 20_000;

/** Stores the name unless a cancel came first; whoever is second cancels the work. */
async function adopt({ database, provider, attempt }: Painting, handle: ObtainedHandle): Promise<ObtainedHandle> {
  const cancelWork = () => provider.cancel(handle, AbortSignal.timeout(CANCEL_TIMEOUT_MS));
  const storing = waitingOut(PURCHASE_PATIENCE_MS, () => storeExternalId(database, attempt.id, handle.externalId));
  const stored = await storing.catch(async (error: unknown) => {
    // It will never be written down, and nobody could cancel it later.
    if (isRefused(error)) await cancelWork().catch(() => undefined);
    throw error;
  });
  if (stored.kind === 'claimed') {
    if (stored.externalId === null) throw new ProviderFailure('transient', 'the work found belongs to another attempt');
    // Two runs bought for one attempt, and nobody collects this one. Best effort: it only saves our own money.
    if (handle.pollAfterMs !== undefined) await cancelWork().catch(() => undefined);
    return { externalId: stored.externalId };
  }
  if (!stored.cancelRequested) return handle;
  await cancelWork();
  throw new CancelledFailure('The attempt was cancelled while it was bought');
}
