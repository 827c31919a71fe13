import { listObjectsOfGeneration } from '#drizzle/queries/objects/stored-objects.ts';
import { type RemovalDeps, removeObjects } from '../storage/remove-objects.ts';

/** Removes what a generation wrote that belongs to no avatar: staged bytes, another run's images, and after a failure all of them. */
export async function discardObjects(deps: RemovalDeps, generationId: string): Promise<void> {
  const objects = await listObjectsOfGeneration(deps.database, generationId);
  await removeObjects(
    deps,
    objects.map(({ name }) => name),
  );
}
