import { type ObjectKind, WRITE_WINDOW_MS } from '#domain/generation/stored-object.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { insertStoredObjects } from '#drizzle/queries/objects/stored-objects.ts';
import { type ImageStore, StorageFailure } from './port.ts';

export interface ObjectToWrite {
  readonly name: string;
  readonly kind: ObjectKind;
  readonly accountId: string;
  /** Null for an uploaded reference image. */
  readonly generationId: string | null;
  readonly bytes: Buffer;
}

/**
 * Registers the object in Postgres, then writes its bytes, so that the sweep finds everything that a crash or a late write leaves in
 * the bucket. An object that an earlier run wrote under the same name is kept: it has the same source, even if another encoder made it.
 *
 * @throws StorageFailure `unavailable`
 */
export async function writeObject(
  deps: { database: Database; store: ImageStore },
  object: ObjectToWrite,
): Promise<void> {
  const { name, kind, accountId, generationId, bytes } = object;
  // Taken before the statement: its reply may be late, but the row's timestamp is not.
  const notAfter = new Date(Date.now() + WRITE_WINDOW_MS);
  await insertStoredObjects(deps.database, [{ name, kind, accountId, generationId, sizeBytes: bytes.length }]);
  await writeRegistered(deps.store, object, notAfter);
}

/**
 * Writes the bytes of an object that is registered already.
 *
 * @param notAfter {@link WRITE_WINDOW_MS} after a time before it was registered
 * @throws StorageFailure `unavailable`
 */
export async function writeRegistered(
  store: Pick<ImageStore, 'write'>,
  { name, kind, bytes }: Pick<ObjectToWrite, 'name' | 'kind' | 'bytes'>,
  notAfter: Date,
): Promise<void> {
  const staged = kind === 'staged';
  const contentType = staged ? 'application/octet-stream' : 'image/webp';
  await store.write(name, bytes, { contentType, immutable: !staged, notAfter }).catch(ignoreConflict);
}

function ignoreConflict(error: unknown): void {
  if (!(error instanceof StorageFailure && error.kind === 'conflict')) throw error;
}
