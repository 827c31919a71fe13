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

interface Staged {
  readonly accountId: string;
  readonly generationId: string;
  readonly bytes: Buffer;
}

/**
 * Puts an image where its workflow looks for it. What lies there already came with the same key and the same file.
 * @throws StorageFailure unavailable
 */
export async function stageUpload(deps: StagingDeps, { accountId, generationId, bytes }: Staged): Promise<void> {
  await writeObject(deps, { name: stagedObject(generationId), kind: 'staged', accountId, generationId, bytes });
}

/** After a refusal. If the same key was let in meanwhile, the image is its workflow's. */
export async function unstageUpload(deps: StagingDeps, generationId: string): Promise<void> {
  const generation = await readGeneration(deps.database, generationId);
  if (generation && (generation.status !== 'requested' || generation.acceptedAt !== null)) return;
  await removeObjects(deps, [stagedObject(generationId)]);
}
