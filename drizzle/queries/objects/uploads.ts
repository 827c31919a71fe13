import type { Database } from '#drizzle/connection/database.ts';

/** A private reference image. */
export interface NewUpload {
  readonly id: string;
  readonly accountId: string;
  /** Its name in the bucket. */
  readonly object: string;
  readonly mimeType: string;
  readonly sizeBytes: number;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Of the file as it was sent, hexadecimal: distinguishes a replay from another request with the same key. */
  readonly sha256: string;
}

export type InsertUploadOutcome =
  | { readonly kind: 'stored'; readonly expiresAt: Date }
  /** The id was there before; compare the hash. */
  | { readonly kind: 'exists'; readonly sha256: string; readonly expiresAt: Date }
  /** The account has reached its limit; the next upload expires at `expiresAt`. */
  | { readonly kind: 'full'; readonly expiresAt: Date };

/**
 * What {@link insertUpload} would find, without a lock: to answer before work is done. Reads the same as it, from the primary.
 * @returns undefined when the upload is new and there is room for it
 */
export async function findUpload(
  database: Database,
  { id, accountId }: Pick<NewUpload, 'id' | 'accountId'>,
  { limit }: { readonly limit: number },
): Promise<Exclude<InsertUploadOutcome, { kind: 'stored' }> | undefined> {
  const [row] = await database.call<{ sha256: string | null; expires_at: Date }>(
    'uploads.find',
    `SELECT sha256, expires_at FROM uploads WHERE id = $1 AND account_id = $2
     UNION ALL
     (SELECT NULL, min(expires_at) FROM uploads WHERE account_id = $2 AND expires_at > now() HAVING count(*) >= $3)`,
    [id, accountId, limit],
  );
  if (row === undefined) return undefined;
  const { sha256, expires_at: expiresAt } = row;
  return sha256 === null ? { kind: 'full', expiresAt } : { kind: 'exists', sha256, expiresAt };
}

/** Inserts an upload and registers its object. Enforces the limit exactly under concurrent calls. */
export async function insertUpload(
  database: Database,
  upload: NewUpload,
  { lifetimeMs, limit }: { readonly lifetimeMs: number; readonly limit: number },
): Promise<InsertUploadOutcome> {
  const [row] = await database.call<{ outcome: InsertUploadOutcome['kind']; sha256: string; expires_at: Date }>(
    'uploads.insert',
    'SELECT outcome, sha256, expires_at FROM store_upload($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)',
    [
      upload.id,
      upload.accountId,
      upload.object,
      upload.mimeType,
      upload.sizeBytes,
      upload.widthPx,
      upload.heightPx,
      upload.sha256,
      lifetimeMs,
      limit,
    ],
  );
  if (row === undefined) throw new Error('store_upload returned nothing');
  const { outcome: kind, sha256, expires_at: expiresAt } = row;
  return kind === 'exists' ? { kind, sha256, expiresAt } : { kind, expiresAt };
}

/**
 * Deletes uploads that expired longer than `graceMs` ago, so that no one reads an object while it is removed.
 * @param olderThanMs younger objects without an upload may still be in the process of being inserted
 * @returns names of the objects to remove: of the deleted uploads, and those without an upload
 */
export async function expireUploads(
  database: Database,
  { graceMs, olderThanMs, limit }: { readonly graceMs: number; readonly olderThanMs: number; readonly limit: number },
): Promise<string[]> {
  const rows = await database.call<{ name: string }>(
    'uploads.expire',
    `WITH expired AS (
       DELETE FROM uploads WHERE id IN (SELECT id FROM uploads WHERE expires_at < now() - $1 * interval '1 millisecond'
         ORDER BY expires_at LIMIT $3) RETURNING object),
     orphaned AS (
       SELECT o.name FROM stored_objects o LEFT JOIN uploads u ON u.object = o.name
         WHERE o.kind = 'upload' AND o.avatar_id IS NULL AND o.created_at < now() - $2 * interval '1 millisecond' AND u.id IS NULL
         ORDER BY o.created_at LIMIT $3)
     SELECT object AS name FROM expired UNION SELECT name FROM orphaned`,
    [graceMs, olderThanMs, limit],
  );
  return rows.map(({ name }) => name);
}
