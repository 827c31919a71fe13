import { and, asc, eq, sql } from '../../orm.ts';
import type { ObjectKind } from '#domain/generation/stored-object.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { storedObjects } from '#drizzle/schema/stored-objects.ts';
import { retrying } from '#drizzle/connection/transient.ts';

export interface NewObject {
  /** Its name in the bucket. */
  readonly name: string;
  readonly accountId: string;
  readonly kind: ObjectKind;
  readonly sizeBytes: number;
  readonly generationId: string | null;
}

/**
 * Registers objects. Call this before their bytes are written, so that the sweep finds whatever a crash leaves behind, and again before
 * each further write: the time in which a late write may arrive counts from the last registration.
 */
export async function insertStoredObjects(database: Database, objects: readonly NewObject[]): Promise<void> {
  if (objects.length === 0) return;
  // Raw SQL: Drizzle would list every column, and an API process may not insert some of them, such as the avatar.
  await database.call(
    'objects.register',
    `INSERT INTO stored_objects (name, kind, account_id, generation_id, bytes)
     SELECT o.name, o.kind, o."accountId", o."generationId", o."sizeBytes"
       FROM jsonb_to_recordset($1::jsonb) AS o (name text, kind text, "accountId" uuid, "generationId" uuid, "sizeBytes" bigint)
     ON CONFLICT (name) DO UPDATE SET bytes = excluded.bytes, created_at = now()`,
    [JSON.stringify(objects)],
  );
}

export interface GenerationObject extends Omit<NewObject, 'generationId'> {
  /** The avatar that it is written for; absent for a staged image. */
  readonly avatarId?: string;
}

/**
 * The same for a generation's files. Whatever is registered before the generation is settled is found when its objects are discarded: its
 * row is locked in between.
 * @returns false if it was settled by now: nothing is registered, so write nothing
 */
export async function insertGenerationObjects(
  database: Database,
  generationId: string,
  objects: readonly GenerationObject[],
): Promise<boolean> {
  const registered = await database.call(
    'objects.registerLive',
    `INSERT INTO stored_objects (name, kind, account_id, generation_id, bytes, avatar_id)
     SELECT o.name, o.kind, o."accountId", g.id, o."sizeBytes", o."avatarId"
       FROM jsonb_to_recordset($2::jsonb) AS o (name text, kind text, "accountId" uuid, "sizeBytes" bigint, "avatarId" uuid)
       JOIN avatar_generations g ON g.id = $1 AND g.status IN ('pending', 'processing') FOR SHARE OF g
     ON CONFLICT (name) DO UPDATE SET bytes = excluded.bytes, created_at = now(), avatar_id = excluded.avatar_id RETURNING name`,
    [generationId, JSON.stringify(objects)],
  );
  return registered.length > 0;
}

export interface OrphanedObject {
  readonly name: string;
  readonly kind: ObjectKind;
  readonly generationId: string | null;
}

/**
 * Objects without an avatar: it was deleted, or their generation has ended and they don't belong to its avatar. Oldest first.
 * @param olderThanMs skips objects that were registered later, because their writer may still be running
 */
export async function listOrphanedObjects(
  database: Database,
  { olderThanMs, limit }: { readonly olderThanMs: number; readonly limit: number },
): Promise<OrphanedObject[]> {
  return database.call<{ name: string; kind: ObjectKind; generationId: string | null }>(
    'storedObjects.orphaned',
    `SELECT o.name, o.kind, o.generation_id AS "generationId" FROM stored_objects o
       LEFT JOIN avatar_generations g ON g.id = o.generation_id
     WHERE o.avatar_id IS NULL AND o.kind <> 'upload' AND o.created_at < now() - $1 * interval '1 millisecond'
       AND (g.id IS NULL OR g.status IN ('completed', 'failed', 'cancelled'))
     ORDER BY o.created_at LIMIT $2`,
    [olderThanMs, limit],
  );
}

/** The objects of a generation that belong to no avatar. */
export async function listObjectsOfGeneration(database: Database, generationId: string): Promise<OrphanedObject[]> {
  return retrying(() =>
    database.db
      .select({ name: storedObjects.name, kind: storedObjects.kind, generationId: storedObjects.generationId })
      .from(storedObjects)
      .where(and(eq(storedObjects.generationId, generationId), sql`${storedObjects.avatarId} IS NULL`))
      .orderBy(asc(storedObjects.name)),
  );
}

/** Names of the most recently delivered images. */
export async function newestImages(database: Database, limit: number): Promise<string[]> {
  const rows = await database.call<{ name: string }>(
    'storedObjects.newestImages',
    `SELECT v.image_object AS name FROM avatar_generations g JOIN avatars v ON v.generation_id = g.id
     WHERE g.finished_at IS NOT NULL ORDER BY g.finished_at DESC LIMIT $1`,
    [limit],
  );
  return rows.map(({ name }) => name);
}

/** Bytes of an account in the bucket. */
export async function bytesOfAccount(database: Database, accountId: string): Promise<number> {
  const [row] = await retrying(() =>
    database.db
      .select({ bytes: sql<number>`coalesce(sum(${storedObjects.bytes}), 0)::float8` })
      .from(storedObjects)
      .where(eq(storedObjects.accountId, accountId)),
  );
  return row?.bytes ?? 0;
}
