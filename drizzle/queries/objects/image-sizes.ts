import type { Database } from '#drizzle/connection/database.ts';

/** A smaller version of an avatar's image. */
export interface SizedObject {
  /** Its name in the bucket. */
  readonly name: string;
  readonly sizeBytes: number;
}

/** Those of the names that are in the bucket. */
export async function listStoredSizes(database: Database, names: readonly string[]): Promise<Set<string>> {
  const rows = await database.call<{ name: string }>(
    'imageSizes.stored',
    `SELECT name FROM stored_objects WHERE name = ANY ($1::text[]) AND kind = 'size' AND avatar_id IS NOT NULL AND bytes > 0`,
    [names],
  );
  return new Set(rows.map(({ name }) => name));
}

/**
 * Registers versions that will be written now.
 * @returns false if the account has no such avatar: nothing is registered, so write nothing
 */
export async function registerSizes(
  database: Database,
  { accountId, id, names }: { readonly accountId: string; readonly id: string; readonly names: readonly string[] },
): Promise<boolean> {
  const [row] = await database.call<{ live: boolean }>(
    'imageSizes.register',
    'SELECT register_sizes($1, $2, $3) AS live',
    [accountId, id, names],
  );
  return row?.live ?? false;
}

/** Call this once they are written. Those of an avatar that was deleted meanwhile stay at 0 bytes: the sweep removes them. */
export async function markSizesStored(database: Database, objects: readonly SizedObject[]): Promise<void> {
  await database.call(
    'imageSizes.mark',
    `UPDATE stored_objects o SET bytes = s."sizeBytes" FROM jsonb_to_recordset($1::jsonb) AS s (name text, "sizeBytes" bigint)
     WHERE o.name = s.name AND o.kind = 'size' AND o.avatar_id IS NOT NULL`,
    [JSON.stringify(objects)],
  );
}
