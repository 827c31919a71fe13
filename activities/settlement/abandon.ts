import type { Logger } from 'pino';
import type { ProviderName } from '#domain/provider/provider.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { failAttempt, requestCancel } from '#drizzle/queries/generations/attempt-steps.ts';
import type { Attempt } from '#drizzle/queries/generations/attempts.ts';
import { discardObjects } from '../publish/discard-objects.ts';
import { CANCEL_TIMEOUT_MS } from '../generate/obtain-job.ts';
import type { ImageProvider } from '../providers/port.ts';
import type { GenerationRef } from '../activity-types.ts';
import type { ImageStore } from '../storage/port.ts';

export interface AbandonDeps {
  readonly database: Database;
  readonly store: ImageStore;
  readonly providers: ReadonlyMap<ProviderName, ImageProvider>;
  readonly log: Logger;
}

/**
 * After the credits are back: stops what is still being painted and removes what was written. Open attempts are marked
 * first, so one that has no name at the provider yet stops itself when it gets one.
 *
 * @throws StorageFailure when the bucket is away; running again goes on
 */
export function createAbandon({ database, store, providers, log }: AbandonDeps) {
  /** One whose call is under way has no name yet; it stays open, and stops itself when it gets one. */
  async function stop({ id, provider, externalId, state }: Attempt): Promise<void> {
    if (externalId === null && state !== 'created') return;
    const signal = AbortSignal.timeout(CANCEL_TIMEOUT_MS);
    try {
      if (externalId !== null) await providers.get(provider)?.cancel({ externalId }, signal);
    } catch (error) {
      log.warn({ err: error, provider, attemptId: id }, 'the provider did not take the cancel');
    }
    await failAttempt(database, id, { kind: 'cancelled', message: 'the generation was settled' });
  }

  return async function abandon({ generationId }: GenerationRef): Promise<void> {
    const open = await requestCancel(database, generationId);
    await Promise.all(open.map((attempt) => stop(attempt)));
    await discardObjects({ database, store }, generationId);
  };
}
