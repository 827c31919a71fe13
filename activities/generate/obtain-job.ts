import { CancelledFailure } from '@temporalio/activity';
import { WRITE_WINDOW_MS } from '#domain/generation/stored-object.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { markNotAccepted } from '#drizzle/queries/generations/attempt-steps.ts';
import { readAttempt, storeExternalId, type Attempt } from '#drizzle/queries/generations/attempts.ts';
import type { Objection, PurchaseOutcome } from '#drizzle/queries/providers/purchases.ts';
import { isRefused, retryingFor } from '#drizzle/connection/transient.ts';
import {
  ProviderFailure,
  type ImageProvider,
  type ProviderJob,
  type ImageRequest,
  type SubmittedJob,
} from '../providers/port.ts';
import { beginCall, recordProviderBackoff } from './begin-call.ts';
import { findLostJob } from './find-lost-job.ts';
import type { ProviderGuard } from './provider-guard.ts';
import type { Reference } from './read-reference.ts';
import { failedTries } from './heartbeats.ts';
import { activityFailure, takenOver } from './activity-failure.ts';

export interface AttemptContext {
  readonly database: Database;
  readonly provider: ImageProvider;
  readonly attempt: Attempt;
  /** Without its reference image, which is read only when it is needed. */
  readonly request: ImageRequest;
  readonly reference: Reference;
  readonly signal: AbortSignal;
  /** Throws when no new job may be bought; a job that was already bought is still collected. */
  readonly providerGuard: Pick<ProviderGuard, 'bounds' | 'probe' | 'failed'>;
  /** Whether another provider is left. */
  readonly hasFallback: boolean;
  /** Of a purchase that this run has begun together with the attempt: no job can exist yet. */
  readonly begun?: PurchaseOutcome | Objection | undefined;
}

/** Short, since the user's credits are released already: cancelling at the provider only saves our own money. */
export const CANCEL_TIMEOUT_MS = 5_000;

/** `pollAfterMs` is set only for a job bought just now; any other may be complete already. */
export type ObtainedJob = ProviderJob &
  Partial<SubmittedJob> & {
    /** The staged image is registered, and its write may start until then; undefined: it must be registered first. */
    readonly writableUntil?: Date | undefined;
  };

/**
 * The provider's job for this attempt: the stored one; or the one found at the provider when a call was sent and its reply never
 * arrived; or a new one, which is paid for and whose external id is stored at once.
 *
 * @throws ProviderFailure; GivenUp; ApplicationFailure when another run was first; CancelledFailure when the attempt was cancelled in the
 * meantime (a job bought by then is cancelled too)
 */
export async function obtainJob(attemptContext: AttemptContext): Promise<ObtainedJob> {
  const { attempt } = attemptContext;
  if (attempt.externalId !== null) return { externalId: attempt.externalId };
  const mayExist = attempt.state === 'submitting' && attemptContext.begun === undefined;
  const found = mayExist ? await findLostJob(attemptContext) : undefined;
  return adopt(attemptContext, found ?? (await buy(attemptContext)));
}

/** The paid call is never aborted: without the external id in its reply the job can't be cancelled. It has its own timeout. */
const NEVER_ABORTED = new AbortController().signal;

async function buy(attemptContext: AttemptContext): Promise<ObtainedJob> {
  const { database, provider, attempt, signal, providerGuard, begun } = attemptContext;
  const request = { ...attemptContext.request, reference: await attemptContext.reference.needed() };
  if (!(await beginCall(database, attempt, { guard: providerGuard, signal, begun }))) {
    const { cancelRequestedAt } = (await readAttempt(database, attempt.id)) ?? attempt;
    throw cancelRequestedAt === null ? takenOver() : new CancelledFailure('The attempt was cancelled');
  }
  try {
    return await provider.submit(request, NEVER_ABORTED);
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error;
    if (error.accepted === 'no') await markNotAccepted(database, attempt.id);
    if (error.retryAfterMs) await recordProviderBackoff(database, provider.name, error.retryAfterMs);
    if (error.accepted === 'no') throw error;
    return await afterUnclearReply(attemptContext, error);
  }
}

/** A provider's failure after which it is not tried again, since another one is quicker. It was reported to the circuit breaker. */
export class GivenUp extends Error {
  readonly failure: ProviderFailure;

  constructor(failure: ProviderFailure) {
    super(failure.message, { cause: failure });
    this.failure = failure;
  }
}

/**
 * Where no later run will look for the job, or would only wait longer than another provider takes, this one looks before the workflow
 * falls back.
 *
 * @throws GivenUp when there is certainly no job; the given failure when the next run is to look for it
 */
async function afterUnclearReply(attemptContext: AttemptContext, failure: ProviderFailure): Promise<ProviderJob> {
  const { provider, attempt, providerGuard, hasFallback } = attemptContext;
  const isLastTry = activityFailure(failure, failedTries() + 1).nonRetryable;
  const searchesNow = isLastTry || (provider.findsSlowly && hasFallback);
  if (!provider.canFind || !searchesNow) throw failure;
  // Before the search, so that others need not wait through one of their own.
  await providerGuard.failed(attempt, failure);
  const found = await findJobNow(attemptContext);
  if (found === 'unknown') throw failure;
  if (found === undefined) throw new GivenUp(failure);
  return found;
}

/** @returns undefined only when the provider certainly has none */
async function findJobNow(attemptContext: AttemptContext): Promise<ProviderJob | undefined | 'unknown'> {
  const attempt = (await readAttempt(attemptContext.database, attemptContext.attempt.id)) ?? attemptContext.attempt;
  try {
    return await findLostJob({ ...attemptContext, attempt });
  } catch (error) {
    if (error instanceof ProviderFailure) return 'unknown';
    throw error;
  }
}

/** How long storing a paid result is retried: longer than a database failover, well within the run's timeout. */
export const PURCHASE_TIMEOUT_MS = 20_000;

/** Stores the external id. If the attempt was cancelled first, the job is cancelled as well. */
async function adopt({ database, provider, attempt }: AttemptContext, job: ObtainedJob): Promise<ObtainedJob> {
  const cancelJob = () => provider.cancel(job, AbortSignal.timeout(CANCEL_TIMEOUT_MS));
  // Taken before the statement: its reply may be late, but the row's timestamp is not.
  const writableUntil = new Date(Date.now() + WRITE_WINDOW_MS);
  const storing = retryingFor(PURCHASE_TIMEOUT_MS, () => storeExternalId(database, attempt.id, job.externalId));
  const stored = await storing.catch(async (error: unknown) => {
    // The external id will never be stored, so nothing could cancel the job later.
    if (isRefused(error)) await cancelJob().catch(() => undefined);
    throw error;
  });
  if (stored.kind === 'claimed') {
    if (stored.externalId === null) throw new ProviderFailure('transient', 'The job found belongs to another attempt');
    // Two runs bought a job for one attempt, and this one is surplus. Best effort: cancelling only saves our own money.
    if (job.pollAfterMs !== undefined) await cancelJob().catch(() => undefined);
    return { externalId: stored.externalId };
  }
  if (!stored.cancelRequested) return { ...job, writableUntil: stored.registered ? writableUntil : undefined };
  await cancelJob();
  throw new CancelledFailure('The attempt was cancelled while its job was submitted');
}
