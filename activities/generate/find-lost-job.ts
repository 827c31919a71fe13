import type { Database } from '#drizzle/connection/database.ts';
import { type Attempt, isClaimed, readAttempt } from '#drizzle/queries/generations/attempts.ts';
import type { ImageProvider, ImageRequest, ProviderJob } from '../providers/port.ts';
import type { Reference } from './read-reference.ts';

interface LostJobQuery {
  readonly database: Database;
  readonly provider: ImageProvider;
  readonly attempt: Attempt;
  /** Without its reference image. */
  readonly request: ImageRequest;
  readonly reference: Pick<Reference, 'known'>;
  readonly signal: AbortSignal;
}

/**
 * Looks up the job of an attempt whose paid call was sent and whose reply never arrived.
 *
 * @returns undefined when the provider certainly has none, or can't be asked
 */
export async function findLostJob({
  database,
  provider,
  attempt,
  request,
  reference,
  signal,
}: LostJobQuery): Promise<ProviderJob | undefined> {
  if (!provider.canFind) return undefined;
  return provider.find(
    {
      request: { ...request, reference: await reference.known() },
      startedAt: attempt.submittingAt ?? attempt.createdAt,
      calledBackJob: async () => (await readAttempt(database, attempt.id))?.calledBackJob ?? undefined,
      isClaimed: (externalId) =>
        isClaimed(database, { provider: provider.name, externalId, exceptAttemptId: attempt.id }),
    },
    signal,
  );
}
