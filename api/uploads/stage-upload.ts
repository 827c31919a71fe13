import type { ImageStore } from '#activities/storage/port.ts';
import { removeObjects } from '#activities/storage/remove-objects.ts';
import { writeObject } from '#activities/storage/write-object.ts';
import { stagedObject } from '#domain/generation/object-name.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { readGeneration } from '#drizzle/queries/generations/generations.ts';

export interface StagingDeps {
  readonly database: Database;
  readonly store: ImageStore;
}

interface StagedUpload {
  readonly accountId: string;
  readonly generationId: string;
  readonly bytes: Buffer;
}

/**
 * Stages an image for its workflow. An image that is already staged came with the same key and the same file.
 * @throws StorageFailure unavailable
 */
export async function stageUpload(deps: StagingDeps, { accountId, generationId, bytes }: StagedUpload): Promise<void> {
  await writeObject(deps, { name: stagedObject(generationId), kind: 'staged', accountId, generationId, bytes });
}

/** Removes a staged image after a refusal, unless its request was admitted or accepted meanwhile. */
export async function unstageUpload(deps: StagingDeps, generationId: string): Promise<void> {
  const generation = await readGeneration(deps.database, generationId);
  if (generation && (generation.status !== 'requested' || generation.acceptedAt !== null)) return;
  await removeObjects(deps, [stagedObject(generationId)]);
}
