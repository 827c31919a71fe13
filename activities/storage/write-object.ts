import { type ObjectKind, WRITE_WINDOW_MS } from '#domain/generation/stored-object.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { insertStoredObjects } from '#drizzle/queries/objects/stored-objects.ts';
import { type ImageStore, StorageFailure } from './port.ts';

export interface ObjectToWrite {
  readonly name: string;
  readonly kind: ObjectKind;
  readonly accountId: string;
  /** Null for a reference image. */
  readonly generationId: string | null;
  readonly bytes: Buffer;
}

/**
 * Announces the object in Postgres, then writes its bytes: whatever a crash leaves in the bucket, and whatever lands there late, the
 * sweep knows of it. What an earlier run left under the name stays: it was made from the same source, if by another encoder.
 *
 * @throws StorageFailure `unavailable`
 */
export async function writeObject(
  deps: { database: Database; store: ImageStore },
  object: ObjectToWrite,
): Promise<void> {
  const { name, kind, accountId, generationId, bytes } = object;
  // Before the statement: its answer may be late, and the row's time is not.
  const notAfter = new Date(Date.now() + WRITE_WINDOW_MS);
  await insertStoredObjects(deps.database, [{ name, kind, accountId, generationId, sizeBytes: bytes.length }]);
  const staged = kind === 'staged';
  const contentType = staged ? 'application/octet-stream' : 'image/webp';
  await deps.store.write(name, bytes, { contentType, immutable: !staged, notAfter }).catch(unlessThere);
}

function unlessThere(error: unknown): void {
  if (!(error instanceof StorageFailure && error.kind === 'conflict')) throw error;
}
