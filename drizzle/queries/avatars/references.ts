import type { Persona } from '#contract/avatar.ts';
import type { Recipe } from '#contract/recipe.ts';
import { HIDDEN_STATES } from '#domain/moderation/review.ts';
import { isPhotographic } from '#domain/avatar/provenance.ts';
import type { VisualAttributes } from '#domain/persona/attributes.ts';
import type { ProviderName } from '#domain/provider/provider.ts';
import type { Style } from '#domain/prompt/style.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { readDocument } from '#drizzle/documents/document-kind.ts';
import { DOCUMENTS } from '#drizzle/documents/documents.ts';

const HIDDEN = HIDDEN_STATES.map((state) => `'${state}'`).join(', ');

/** An image that a generation can start from, and what is known about the person in it. */
export interface ReferenceSource {
  /** Its name in the bucket. */
  readonly object: string;
  /** This and all following fields are null or empty for an upload. */
  readonly name: string | null;
  readonly seed: number | null;
  readonly style: Style | null;
  readonly attributes: VisualAttributes;
  readonly persona: Persona;
  /** The prompt as the user wrote it. */
  readonly prompt: string | null;
  /** Whether it may show parts of a photograph. True for an upload. */
  readonly isPhotographic: boolean;
  /** Who generated it; null for an upload. */
  readonly provider: ProviderName | null;
}

export interface ReferenceName {
  readonly avatarId?: string | undefined;
  readonly uploadId?: string | undefined;
}

/**
 * Reads an account's visible avatar, or its upload that has not expired, as a reference of a new request.
 * @returns undefined if it is missing or belongs to another account
 */
export async function readReference(
  database: Database,
  accountId: string,
  { avatarId, uploadId }: ReferenceName,
): Promise<ReferenceSource | undefined> {
  if (avatarId !== undefined) return readAvatarAsReference(database, accountId, avatarId);
  if (uploadId === undefined) return undefined;
  const [row] = await database.call<{ object: string }>(
    'references.upload',
    'SELECT object FROM uploads WHERE id = $1 AND account_id = $2 AND expires_at > now()',
    [uploadId, accountId],
  );
  const unknown = { name: null, seed: null, style: null, attributes: {}, persona: {}, prompt: null };
  return row && { object: row.object, ...unknown, isPhotographic: true, provider: null };
}

/**
 * The object of a reference that was accepted with a request. It stays readable while the generation waits: an upload that expired
 * meanwhile until its grace period ends, which deletes the row, and an avatar in the trash until it is deleted.
 * @returns its name in the bucket; undefined if it is gone, is being reviewed or was taken down
 */
export async function readAcceptedReference(
  database: Database,
  accountId: string,
  { avatarId, uploadId }: ReferenceName,
): Promise<string | undefined> {
  const [row] = await database.call<{ object: string }>(
    'references.accepted',
    `SELECT image_object AS object FROM avatars WHERE id = $2 AND account_id = $1 AND review NOT IN (${HIDDEN})
     UNION ALL
     SELECT object FROM uploads WHERE id = $3 AND account_id = $1`,
    [accountId, avatarId ?? null, uploadId ?? null],
  );
  return row?.object;
}

/**
 * Whether an image may depict a real person: any upload, and any avatar that was uploaded or generated from an image. An avatar that
 * was generated from text alone does not; a missing one counts as if it did.
 */
export async function depictsRealFace(
  database: Database,
  accountId: string,
  { avatarId, uploadId }: ReferenceName,
): Promise<boolean> {
  if (uploadId !== undefined || avatarId === undefined) return true;
  const [row] = await database.call<{ generated: boolean }>(
    'references.origin',
    `SELECT source_type IN ('text_to_image', 'from_preset') AS generated FROM avatars WHERE id = $1 AND account_id = $2`,
    [avatarId, accountId],
  );
  return !row?.generated;
}

interface AvatarRow extends Omit<ReferenceSource, 'seed' | 'isPhotographic'>, Record<string, unknown> {
  readonly seed: string | null;
  readonly recipe: Recipe | null;
}

async function readAvatarAsReference(
  database: Database,
  accountId: string,
  id: string,
): Promise<ReferenceSource | undefined> {
  const [found] = await database.call<AvatarRow>(
    'references.avatar',
    `SELECT a.image_object AS object, a.name, a.seed, a.style, a.attributes, a.persona, a.provider, a.recipe, g.request->>'prompt' AS prompt
     FROM avatars a JOIN avatar_generations g ON g.id = a.generation_id
     WHERE a.id = $1 AND a.account_id = $2 AND a.trashed_at IS NULL AND a.review NOT IN (${HIDDEN})`,
    [id, accountId],
  );
  if (!found) return undefined;
  const { recipe, ...row } = found;
  return {
    ...row,
    seed: row.seed === null ? null : Number(row.seed),
    attributes: readDocument(DOCUMENTS.attributes, row.attributes),
    persona: readDocument(DOCUMENTS.persona, row.persona),
    isPhotographic: isPhotographic({
      provider: row.provider,
      recipe: recipe && readDocument(DOCUMENTS.recipe, recipe),
    }),
  };
}
