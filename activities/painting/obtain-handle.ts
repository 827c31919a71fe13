import { CancelledFailure } from '@temporalio/activity';
import type { Database } from '../../drizzle/database.ts';
import { markNotAccepted, markSubmitting } from '../../drizzle/queries/attempt-steps.ts';
import { isClaimed, storeExternalId, type Attempt } from '../../drizzle/queries/attempts.ts';
import {
  ProviderFailure,
  type ImageProvider,
  type PaintHandle,
  type PaintRequest,
  type SubmittedPaint,
} from '../providers/port.ts';
import { awaitTurn, holdOff } from './create-rate.ts';
import type { Gate } from './gate.ts';

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
 * @throws ProviderFailure, CancelledFailure when a cancel was asked meanwhile (the bought work is cancelled too)
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

async function buy({ database, provider, attempt, request, signal, gate }: Painting): Promise<SubmittedPaint> {
  await gate.pass(attempt, provider);
  await awaitTurn(database, provider.name, signal);
  if (!(await markSubmitting(database, attempt.id))) throw new CancelledFailure('The attempt was cancelled');
  try {
    return await provider.submit(request, UNINTERRUPTED);
  } catch (error) {
    if (error instanceof ProviderFailure && error.accepted === 'no') await markNotAccepted(database, attempt.id);
    if (error instanceof ProviderFailure && error.retryAfterMs)
      await holdOff(database, provider.name, error.retryAfterMs);
    throw error;
  }
}

/** Stores the name unless a cancel came first; whoever is second cancels the work. */
async function adopt({ database, provider, attempt }: Painting, handle: ObtainedHandle): Promise<ObtainedHandle> {
  const stored = await storeExternalId(database, attempt.id, handle.externalId);
  if (stored.kind === 'claimed') {
    if (stored.externalId !== null) return { externalId: stored.externalId };
    throw new ProviderFailure('transient', 'the work found belongs to another attempt');
  }
  if (!stored.cancelRequested) return handle;
  await provider.cancel(handle, AbortSignal.timeout(CANCEL_TIMEOUT_MS));
  throw new CancelledFailure('The attempt was cancelled while it was bought');
}
