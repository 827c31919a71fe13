import { and, eq, getTableColumns, inArray } from '../../orm.ts';
import type { Persona } from '#contract/avatar.ts';
import type { Recipe } from '#contract/recipe.ts';
import type { VisualAttributes } from '#domain/persona/attributes.ts';
import type { SourceType } from '#domain/generation/generation.ts';
import type { ProviderName } from '#domain/provider/provider.ts';
import type { ReviewState } from '#domain/moderation/review.ts';
import type { Style } from '#domain/prompt/style.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { avatars } from '#drizzle/schema/avatars.ts';
import { retrying } from '#drizzle/connection/transient.ts';

export interface Avatar {
  readonly id: string;
  readonly accountId: string;
  readonly projectId: string;
  readonly generationId: string;
  readonly name: string;
  readonly persona: Persona;
  readonly attributes: VisualAttributes;
  readonly sourceType: SourceType;
  readonly style: Style | null;
  readonly prompt: string | null;
  readonly seed: number | null;
  readonly provider: ProviderName | null;
  readonly model: string | null;
  readonly costUsd: number | null;
  readonly credit: string | null;
  readonly imageObject: string;
  readonly thumbnailObject: string;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly sizeBytes: number;
  readonly sha256: string;
  /** Base64. */
  readonly thumbhash: string | null;
  /** While it needs review or is taken down, only admins may see the image. */
  readonly review: ReviewState;
  /** Why an admin took the image down; null otherwise. */
  readonly takedownReason: string | null;
  /** The generation's options; null for an upload and for avatars from before they were stored. */
  readonly recipe: Recipe | null;
  readonly favorite: boolean;
  /** Stars; null: not rated. */
  readonly rating: number | null;
  readonly usageCount: number;
  readonly lastUsedAt: Date | null;
  readonly trashedAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Without those that only conditions compare: texts and bits of each avatar would be sent and parsed for nothing. */
const { searchText: _text, foldedText: _folded, phash: _bits, phashBands: _bands, ...shown } = getTableColumns(avatars);
export const AVATAR_COLUMNS = shown;

/** @returns undefined if the avatar is missing or belongs to another account */
export async function readAvatar(database: Database, accountId: string, id: string): Promise<Avatar | undefined> {
  const [row] = await retrying(() =>
    database.db
      .select(AVATAR_COLUMNS)
      .from(avatars)
      .where(and(eq(avatars.id, id), eq(avatars.accountId, accountId))),
  );
  return row && toAvatar(row);
}

/** The account's avatars with these ids, in no particular order. */
export async function readAvatars(database: Database, accountId: string, ids: readonly string[]): Promise<Avatar[]> {
  const rows = await retrying(() =>
    database.db
      .select(AVATAR_COLUMNS)
      .from(avatars)
      .where(and(inArray(avatars.id, [...ids]), eq(avatars.accountId, accountId))),
  );
  return rows.map(toAvatar);
}

/** The avatars of these generations, of those that have one. */
export async function avatarsOfGenerations(database: Database, generationIds: readonly string[]): Promise<Avatar[]> {
  if (generationIds.length === 0) return [];
  const rows = await retrying(() =>
    database.db
      .select(AVATAR_COLUMNS)
      .from(avatars)
      .where(inArray(avatars.generationId, [...generationIds])),
  );
  return rows.map(toAvatar);
}

/** Maps field by field, so that a new column is not exposed by default. */
export function toAvatar(row: Pick<typeof avatars.$inferSelect, keyof typeof AVATAR_COLUMNS>): Avatar {
  return {
    id: row.id,
    accountId: row.accountId,
    projectId: row.projectId,
    generationId: row.generationId,
    name: row.name,
    persona: row.persona,
    attributes: row.attributes,
    sourceType: row.sourceType,
    style: row.style,
    prompt: row.prompt,
    seed: row.seed,
    provider: row.provider,
    model: row.model,
    costUsd: row.costUsd,
    credit: row.credit,
    imageObject: row.imageObject,
    thumbnailObject: row.thumbnailObject,
    widthPx: row.width,
    heightPx: row.height,
    sizeBytes: row.bytes,
    sha256: row.sha256,
    thumbhash: row.thumbhash,
    review: row.review,
    takedownReason: row.takedownReason,
    recipe: row.recipe,
    favorite: row.favorite,
    rating: row.rating,
    usageCount: row.usageCount,
    lastUsedAt: row.lastUsedAt,
    trashedAt: row.trashedAt,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}
