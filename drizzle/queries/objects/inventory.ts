import type { ObjectKind } from '#domain/generation/stored-object.ts';
import type { Database } from '#drizzle/connection/database.ts';

/** Names in the order of their bytes, in which the bucket lists them too. */
export interface NameRange {
  readonly prefix: string;
  /** Excluded; null: from the start. */
  readonly after: string | null;
  /** Included; null: to the end of the prefix. */
  readonly through: string | null;
}

export interface InventoryRow {
  readonly name: string;
  readonly kind: ObjectKind;
  /** Whether the bytes should be there: not a tombstone, and no write is in progress. */
  readonly isStored: boolean;
  /** Whether an avatar or a reference image needs it; what nothing needs is swept. */
  readonly isNeeded: boolean;
}

/** An object may be registered with the id of an avatar that does not exist yet. */
const IS_NEEDED = `(EXISTS (SELECT FROM avatars v WHERE v.id = o.avatar_id) OR EXISTS (SELECT FROM uploads u WHERE u.object = o.name))`;

/** The registered objects of a range, by name. @param settledMs writes that were registered later may be in progress */
export async function listRegistered(
  database: Database,
  { prefix, after, through }: NameRange,
  { limit, settledMs }: { readonly limit: number; readonly settledMs: number },
): Promise<InventoryRow[]> {
  return database.call<InventoryRow>(
    'inventory.registered',
    `SELECT o.name, o.kind, o.bytes > 0 AND o.created_at < now() - $5 * interval '1 millisecond' AS "isStored",
       ${IS_NEEDED} AS "isNeeded"
     FROM stored_objects o
     WHERE o.name COLLATE "C" > $1 AND o.name COLLATE "C" < $2 AND ($3::text IS NULL OR o.name COLLATE "C" <= $3)
     ORDER BY o.name COLLATE "C" LIMIT $4`,
    [after ?? prefix, `${prefix}\u{10FFFF}`, through, limit, settledMs],
  );
}

/** Those of the names that are registered with bytes and needed, at this moment. */
export async function listNeeded(database: Database, names: readonly string[]): Promise<string[]> {
  if (names.length === 0) return [];
  const rows = await database.call<{ name: string }>(
    'inventory.needed',
    `SELECT o.name FROM stored_objects o WHERE o.name = ANY ($1::text[]) AND o.bytes > 0
       AND ${IS_NEEDED}`,
    [names],
  );
  return rows.map(({ name }) => name);
}

/** Those of the names that are registered, tombstones included. */
export async function listRegisteredNames(database: Database, names: readonly string[]): Promise<Set<string>> {
  const rows = await database.call<{ name: string }>(
    'inventory.names',
    'SELECT name FROM stored_objects WHERE name = ANY ($1::text[])',
    [names],
  );
  return new Set(rows.map(({ name }) => name));
}

/** Those of the ids that are an account, a generation or an attempt of this database. */
export async function listKnownOwners(database: Database, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await database.call<{ id: string }>(
    'inventory.owners',
    `SELECT id FROM accounts WHERE id = ANY ($1::uuid[]) UNION SELECT id FROM avatar_generations WHERE id = ANY ($1::uuid[])
     UNION SELECT id FROM provider_attempts WHERE id = ANY ($1::uuid[])`,
    [ids],
  );
  return new Set(rows.map(({ id }) => id));
}

/**
 * Clears the avatar of objects whose generation has ended and whose avatar does not exist, so that they are swept. Triggers do that at
 * once; this repairs what happened without them, such as while a migration ran.
 * @returns how many
 */
export async function unlinkWithoutAvatar(database: Database, names: readonly string[]): Promise<number> {
  if (names.length === 0) return 0;
  const rows = await database.call(
    'inventory.unlink',
    `UPDATE stored_objects o SET avatar_id = NULL FROM avatar_generations g
     WHERE o.name = ANY ($1::text[]) AND o.avatar_id IS NOT NULL AND NOT EXISTS (SELECT FROM avatars v WHERE v.id = o.avatar_id)
       AND g.id = o.generation_id AND g.status IN ('completed', 'failed', 'cancelled') RETURNING o.name`,
    [names],
  );
  return rows.length;
}

/** Registers objects again that an avatar has and whose row is missing, so that the sweep and the account's bytes know them. @returns their names */
export async function restoreRegistrations(
  database: Database,
  objects: readonly { readonly name: string; readonly sizeBytes: number }[],
): Promise<string[]> {
  if (objects.length === 0) return [];
  const rows = await database.call<{ name: string }>(
    'inventory.restore',
    `INSERT INTO stored_objects (name, account_id, kind, bytes, generation_id, avatar_id)
     SELECT o.name, v.account_id, CASE WHEN v.image_object = o.name THEN 'image' ELSE 'thumbnail' END, o.bytes, v.generation_id, v.id
       FROM unnest($1::text[], $2::bigint[]) AS o (name, bytes) JOIN avatars v ON v.image_object = o.name OR v.thumbnail_object = o.name
     ON CONFLICT DO NOTHING RETURNING name`,
    [objects.map(({ name }) => name), objects.map(({ sizeBytes }) => sizeBytes)],
  );
  return rows.map(({ name }) => name);
}
