import { CancelledFailure, Context } from '@temporalio/activity';
import type { Logger } from 'pino';
import { isFinal } from '#domain/generation/generation.ts';
import { stagedObject } from '#domain/generation/object-name.ts';
import { STAGED_BYTES, WRITE_WINDOW_MS } from '#domain/generation/stored-object.ts';
import { isRemote, type ProviderName } from '#domain/provider/provider.ts';
import type { Database } from '#drizzle/connection/database.ts';
import {
  beginFirstAttempt,
  completeAttempt,
  type CompletedAttempt,
  type FirstAttempt,
} from '#drizzle/queries/generations/attempt-steps.ts';
import type { Attempt } from '#drizzle/queries/generations/attempts.ts';
import { markProcessing } from '#drizzle/queries/generations/generation-progress.ts';
import type { Generation } from '#drizzle/queries/generations/generation-row.ts';
import { readGeneration } from '#drizzle/queries/generations/generations.ts';
import { insertGenerationObjects } from '#drizzle/queries/objects/stored-objects.ts';
import { retryingFor } from '#drizzle/connection/transient.ts';
import { assertDeliverable } from './assert-deliverable.ts';
import { awaitImage } from './await-image.ts';
import type { Decoder } from '../image/decoder/decoder.ts';
import type { Measurements } from '../measurements.ts';
import { purchaseTerms } from './begin-call.ts';
import { endAttempt } from './end-attempt.ts';
import type { ProviderGuard } from './provider-guard.ts';
import { startHeartbeats } from './heartbeats.ts';
import { finalFailure } from '../final-failure.ts';
import { imageRequestOf } from './image-request.ts';
import { obtainJob, PURCHASE_TIMEOUT_MS } from './obtain-job.ts';
import { openAttempt } from './open-attempt.ts';
import { createReference } from './read-reference.ts';
import type { Wakeups } from './wakeups.ts';
import type { ImageProvider, GeneratedImage } from '../providers/port.ts';
import type { GenerateImageInput, StagedImage } from '../activity-types.ts';
import { encodeOptionsFor } from '../publish/encode-options.ts';
import type { StagedBytes, StagedImages } from '../publish/staged-images.ts';
import type { ImageStore } from '../storage/port.ts';
import { writeRegistered } from '../storage/write-object.ts';

/** Three tries of a write take about twenty seconds. With less time left, the staged image is registered again. */
const STAGING_MS = 30_000;

export interface GenerateImageDeps {
  readonly database: Database;
  readonly store: ImageStore;
  readonly stagedImages: StagedImages;
  readonly providers: ReadonlyMap<ProviderName, ImageProvider>;
  readonly generationTimeoutMs: number;
  readonly wakeups: Wakeups;
  readonly providerGuard: ProviderGuard;
  readonly decoder: Pick<Decoder, 'deliver'>;
  readonly measurements: Measurements;
  readonly log: Logger;
}

/**
 * Generates one image at one provider: the paid step. After a crash it continues where the last run stopped: a job that was paid
 * for is looked up, never bought twice, and the bytes are staged in the bucket before the step completes.
 *
 * @returns the staged image
 * @throws ApplicationFailure whose type is a provider failure kind, `interrupted` or `providers_unavailable`; CancelledFailure
 */
export function createGenerateImage(deps: GenerateImageDeps) {
  return async function generateImage(input: GenerateImageInput): Promise<StagedImage> {
    using _heartbeats = startHeartbeats();
    deps.measurements.stageTook('queued', waitedSeconds());
    const { database } = deps;
    const provider = deps.providers.get(input.provider);
    if (!provider) throw finalFailure('providers_unavailable');
    const { providerGuard } = deps;
    const {
      generation,
      attempt,
      purchase: begun,
    } = (await beginFirstAttempt(database, input, purchaseTerms(input, providerGuard))) ??
    (await resumeOrBegin(database, input));
    if (attempt.state === 'succeeded') return stagedImage(attempt);
    const reference = createReference(deps, generation);
    const { provider: name } = input;
    try {
      const request = imageRequestOf(generation, attempt);
      const signal = Context.current().cancellationSignal;
      const { hasFallback = false } = input;
      const context = { database, provider, attempt, request, reference, signal, providerGuard, hasFallback, begun };
      const job = await obtainJob(context);
      const image = await awaitImage({
        database,
        provider,
        attempt,
        request,
        reference,
        job,
        signal,
        timeoutMs: deps.generationTimeoutMs,
        providerGuard,
        wakeups: deps.wakeups,
      });
      // The illustrator's drawings consist of known parts.
      const { encoded } = isRemote(name)
        ? await assertDeliverable(deps.decoder, {
            image,
            request: { ...request, reference: await reference.known() },
            generation,
            options: encodeOptionsFor(generation),
            signal,
          })
        : {};
      const paid = { generation, attempt, image, encoded, writableUntil: job.writableUntil };
      const { staged, completed } = await retryingFor(PURCHASE_TIMEOUT_MS, () => stage(deps, paid));
      if (completed?.hadFailures) await providerGuard.delivered(attempt);
      return staged;
    } catch (error) {
      throw await endAttempt({ ...deps, provider, attempt }, error);
    }
  };
}

/** For every run but a generation's first: continues its attempt at this provider, or begins another one. */
async function resumeOrBegin(database: Database, input: GenerateImageInput): Promise<FirstAttempt> {
  const { generationId, provider, model } = input;
  const generation = await readGeneration(database, generationId);
  if (!generation || isFinal(generation.status)) throw finalFailure('interrupted');
  const attempt = await openAttempt(database, input);
  if (attempt.state === 'succeeded') return { generation, attempt };
  const live = await markProcessing(database, generationId, { stage: 'generating', provider, model });
  if (!live) throw finalFailure('interrupted');
  return { generation, attempt };
}

/** How long this run waited in the task queue, by the server's clock, which may differ a little from ours. */
function waitedSeconds(): number {
  return Math.max(0, Date.now() - Context.current().info.currentAttemptScheduledTimestampMs) / 1000;
}

interface PaidImage extends Pick<StagedBytes, 'generation' | 'attempt' | 'encoded'> {
  readonly image: GeneratedImage;
  readonly writableUntil: Date | undefined;
}

/** Writes the bytes before the row, so that every attempt marked `succeeded` has its image. */
async function stage(
  deps: GenerateImageDeps,
  { generation, attempt, image, encoded, writableUntil }: PaidImage,
): Promise<{ staged: StagedImage; completed: CompletedAttempt | undefined }> {
  const objectName = stagedObject(attempt.id);
  const { provider, model } = attempt;
  const { bytes } = image;
  const hasTime = writableUntil !== undefined && writableUntil.getTime() - Date.now() > STAGING_MS;
  const notAfter = hasTime ? writableUntil : await registerStaged(deps.database, generation, objectName);
  await writeRegistered(deps.store, { name: objectName, kind: 'staged', bytes }, notAfter);
  const latencyMs = Date.now() - (attempt.submittingAt ?? attempt.createdAt).getTime();
  const { costUsd, credit, notDrawn = [] } = image;
  const result = { stagedObject: objectName, costUsd, credit, notDrawn: [...notDrawn], latencyMs };
  const completed = await completeAttempt(deps.database, attempt.id, result);
  // Read before it was `processing`, the generation lacks the time that its recipe states.
  if (completed && generation.processingAt !== null) {
    deps.stagedImages.put(objectName, {
      bytes,
      encoded,
      generation: { ...generation, provider, model },
      attempt: { ...attempt, ...result, state: 'succeeded' },
    });
  }
  deps.measurements.attemptEnded({ provider, model, outcome: 'succeeded' });
  deps.measurements.imageDelivered({ provider, model, costUsd, latencyMs });
  return { staged: { objectName, attemptId: attempt.id }, completed };
}

/**
 * @returns until when its write may start
 * @throws CancelledFailure
 */
async function registerStaged(database: Database, { id, accountId }: Generation, name: string): Promise<Date> {
  // Taken before the statement: its reply may be late, but the row's timestamp is not.
  const notAfter = new Date(Date.now() + WRITE_WINDOW_MS);
  const object = { name, kind: 'staged', accountId, sizeBytes: STAGED_BYTES } as const;
  if (await insertGenerationObjects(database, id, [object])) return notAfter;
  throw new CancelledFailure('The generation was settled before its image was staged');
}

function stagedImage(attempt: Attempt): StagedImage {
  return { objectName: attempt.stagedObject!, attemptId: attempt.id };
}
