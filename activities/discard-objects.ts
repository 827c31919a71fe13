import type { Database } from '../drizzle/database.ts';
import { forgetObjects, listObjectsOfGeneration } from '../drizzle/queries/stored-objects.ts';
import type { ImageStore } from './storage/port.ts';

/** Removes what a generation wrote that belongs to no avatar: staged bytes, and after a failure the pictures too. */
export async function discardObjects(
  deps: { database: Database; store: ImageStore },
  generationId: string,
): Promise<void> {
  const objects = await listObjectsOfGeneration(deps.database, generationId);
  await removeObjects(
    deps,
    objects.map(({ name }) => name),
  );
}

/** Bytes first: a row without bytes is found again by the sweep, bytes without a row never. */
export async function removeObjects(
  { database, store }: { database: Database; store: ImageStore },
  names: readonly string[],
): Promise<void> {
  for (const name of names) await store.remove(name);
  await forgetObjects(database, names);
}
