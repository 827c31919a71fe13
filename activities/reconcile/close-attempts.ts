import { failAttempt, markNotAccepted, requestCancel } from '#drizzle/queries/generations/attempt-steps.ts';
import { type Attempt, listOpenAttempts, storeExternalId } from '#drizzle/queries/generations/attempts.ts';
import { readGeneration } from '#drizzle/queries/generations/generations.ts';
import { findLostJob } from '../generate/find-lost-job.ts';
import { imageRequestOf } from '../generate/image-request.ts';
import { createReference } from '../generate/read-reference.ts';
import type { ImageProvider, ProviderJob } from '../providers/port.ts';
import { actOnRows, countOf, type PartContext } from './act-on-rows.ts';
import type { ReconcileDeps } from './deps.ts';
import { createRotation } from './rotation.ts';

const MAX_PER_ROUND = 50;
/** The generation's own workflow cancels its jobs within this, and a call that is in flight has ended. */
const ENDED_MS = 2 * 60_000;
/** After this the services have ended the job themselves and removed its input, so that there is nothing to find or cancel. */
const GIVE_UP_MS = 60 * 60_000;
const CANCEL_TIMEOUT_MS = 4_000;
/** The look-up of an attempt that is this old needs no waiting. */
const FIND_TIMEOUT_MS = 4_000;

/**
 * Closes attempts that outlived their generation: their worker died, or the provider did not answer the cancel. Cancels the job at the
 * provider, after looking it up where the reply to the call was lost. What was certainly never bought is returned to the day's budget;
 * a job that was accepted may be billed, so its estimate stays.
 *
 * @returns how many attempts were closed
 */
export function createCloseAttempts(deps: ReconcileDeps) {
  const { database, providers, now = Date.now } = deps;
  const rotation = createRotation<Attempt>(MAX_PER_ROUND);

  async function close(attempt: Attempt): Promise<boolean> {
    await requestCancel(database, attempt.generationId);
    const isOld = attempt.createdAt.getTime() + GIVE_UP_MS < now();
    try {
      const provider = providers.get(attempt.provider);
      if (provider !== undefined && attempt.state !== 'created') await endJob(attempt, provider);
    } catch (error) {
      if (!isOld) throw error;
    }
    return failAttempt(database, attempt.id, { kind: 'cancelled', message: 'the generation had ended' });
  }

  async function endJob(attempt: Attempt, provider: ImageProvider): Promise<void> {
    const job = attempt.externalId === null ? await findJob(attempt, provider) : { externalId: attempt.externalId };
    if (job === 'unknown') return;
    if (job === undefined) return markNotAccepted(database, attempt.id);
    await provider.cancel(job, AbortSignal.timeout(CANCEL_TIMEOUT_MS));
  }

  /**
   * @returns `unknown` where the provider can't be asked; undefined when it certainly has no such job
   * @throws Error when the job found belongs to another attempt: the next round looks again, and leaves that one out
   */
  async function findJob(attempt: Attempt, provider: ImageProvider): Promise<ProviderJob | undefined | 'unknown'> {
    const generation = await readGeneration(database, attempt.generationId);
    if (!provider.canFind || generation === undefined) return 'unknown';
    const request = imageRequestOf(generation, attempt);
    const found = await findLostJob({
      database,
      provider,
      attempt,
      request,
      reference: createReference(deps, generation),
      signal: AbortSignal.timeout(FIND_TIMEOUT_MS),
    });
    if (found === undefined) return undefined;
    const stored = await storeExternalId(database, attempt.id, found.externalId);
    if (stored.kind === 'stored') return found;
    // Another attempt has claimed the job since it was found. Its image may be in use, so it must not be cancelled here.
    if (stored.externalId === null) throw new Error('The job found belongs to another attempt');
    return { externalId: stored.externalId };
  }

  return async function closeAttempts(context: PartContext): Promise<number> {
    const open = await rotation.list((after) =>
      listOpenAttempts(database, { endedMs: ENDED_MS, limit: MAX_PER_ROUND, after }),
    );
    return countOf(await actOnRows(context, open, close, (begun) => rotation.advance(open, begun)));
  };
}
