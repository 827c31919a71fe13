import type { Logger } from 'pino';
import type { ProviderName } from '#domain/provider/provider.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { failAttempt, requestCancel } from '#drizzle/queries/generations/attempt-steps.ts';
import type { Attempt } from '#drizzle/queries/generations/attempts.ts';
import { discardObjects } from '../publish/discard-objects.ts';
import type { ImageProvider } from '../providers/port.ts';
import type { GenerationRef } from '../activity-types.ts';
import type { ImageStore } from '../storage/port.ts';

/** Less than the four seconds of a local activity, so that a slow provider does not repeat the whole step on a queue. */
const CANCEL_TIMEOUT_MS = 2_500;

export interface AbandonDeps {
  readonly database: Database;
  readonly store: ImageStore;
  readonly providers: ReadonlyMap<ProviderName, ImageProvider>;
  readonly log: Logger;
}

/**
 * Cleans up after the credits were released: cancels the providers' jobs and removes the objects written. Open attempts are marked as
 * cancelled first, so that an attempt without an external id cancels its job as soon as it gets one. An attempt whose provider did not
 * accept the cancel in time stays open: the reconciler repeats it.
 *
 * @throws StorageFailure when the bucket is unavailable; safe to repeat
 */
export function createAbandon({ database, store, providers, log }: AbandonDeps) {
  /** An attempt whose call is in flight has no external id yet. It stays open and cancels its own job. */
  async function cancelAttempt({ id, provider, externalId, state }: Attempt): Promise<void> {
    if (externalId === null && state !== 'created') return;
    const signal = AbortSignal.timeout(CANCEL_TIMEOUT_MS);
    try {
      if (externalId !== null) await providers.get(provider)?.cancel({ externalId }, signal);
    } catch (error) {
      log.warn({ err: error, provider, attemptId: id }, 'the provider did not accept the cancellation');
      return;
    }
    await failAttempt(database, id, { kind: 'cancelled', message: 'the generation was settled' });
  }

  return async function abandon({ generationId }: GenerationRef): Promise<void> {
    const open = await requestCancel(database, generationId);
    await Promise.all(open.map((attempt) => cancelAttempt(attempt)));
    await discardObjects({ database, store }, generationId);
  };
}
