import type { Logger } from 'pino';
import type { ProviderName } from '../domain/provider.ts';
import type { Database } from '../drizzle/database.ts';
import { requestCancel } from '../drizzle/queries/attempt-steps.ts';
import { discardObjects } from './discard-objects.ts';
import { CANCEL_TIMEOUT_MS } from './painting/obtain-handle.ts';
import type { ImageProvider } from './providers/port.ts';
import type { GenerationRef } from './steps.ts';
import type { ImageStore } from './storage/port.ts';

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
  return async function abandon({ generationId }: GenerationRef): Promise<void> {
    const open = await requestCancel(database, generationId);
    await Promise.all(
      open.map(async ({ provider, externalId }) => {
        if (externalId === null) return;
        const signal = AbortSignal.timeout(CANCEL_TIMEOUT_MS);
        await providers
          .get(provider)
          ?.cancel({ externalId }, signal)
          .catch((error: unknown) => {
            log.warn({ err: error, provider, generationId }, 'the provider did not take the cancel');
          });
      }),
    );
    await discardObjects({ database, store }, generationId);
  };
}
