import type { ObjectKind } from '../../domain/stored-object.ts';
import type { Database } from '../../drizzle/database.ts';
import { rememberObjects } from '../../drizzle/queries/stored-objects.ts';
import type { ImageStore } from './port.ts';

export interface ObjectToWrite {
  readonly name: string;
  readonly kind: ObjectKind;
  readonly accountId: string;
  readonly generationId: string;
  readonly bytes: Buffer;
}

/**
 * Announces the object in Postgres, then writes its bytes: whatever a crash leaves in the bucket, the sweep knows of it.
 *
 * @throws StorageFailure
 */
export async function writeObject(
  deps: { database: Database; store: ImageStore },
  object: ObjectToWrite,
): Promise<void> {
  const { name, kind, accountId, generationId, bytes } = object;
  await rememberObjects(deps.database, [{ name, kind, accountId, generationId, sizeBytes: bytes.length }]);
  const published = kind === 'image' || kind === 'thumbnail';
  const contentType = published ? 'image/webp' : 'application/octet-stream';
  await deps.store.write(name, bytes, { contentType, immutable: published });
}
