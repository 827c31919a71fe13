import { listObjectsOfGeneration } from '#drizzle/queries/objects/stored-objects.ts';
import { type RemovalDeps, removeObjects } from '../storage/remove-objects.ts';

/** Removes a generation's objects that belong to no avatar: staged bytes, images of other runs, and after a failure all of them. */
export async function discardObjects(deps: RemovalDeps, generationId: string): Promise<void> {
  const objects = await listObjectsOfGeneration(deps.database, generationId);
  await removeObjects(
    deps,
    objects.map(({ name }) => name),
  );
}
