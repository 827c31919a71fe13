import type { ImageStore } from '#activities/storage/port.ts';
import type { Avatar } from '#contract/avatar.ts';
import { isHidden } from '#domain/moderation/review.ts';
import { provenanceOf } from '#domain/avatar/provenance.ts';
import { modelLabel } from '#domain/provider/provider.ts';
import type { Avatar as AvatarRow } from '#drizzle/queries/avatars/avatars.ts';

export type PresentAvatar = (row: AvatarRow) => Promise<Avatar>;

/** Maps a row to the contract, with signed URLs for its images; a hidden image has none. */
export function presentAvatars(store: Pick<ImageStore, 'signedUrl'>): PresentAvatar {
  return async (row) => {
    const hidden = isHidden(row.review);
    const [imageUrl, thumbnailUrl] = hidden
      ? [null, null]
      : await Promise.all([store.signedUrl(row.imageObject), store.signedUrl(row.thumbnailObject)]);
    return {
      id: row.id,
      projectId: row.projectId,
      name: row.name,
      persona: row.persona,
      attributes: { ...row.attributes, ...(row.style !== null && { style: row.style }) },
      sourceType: row.sourceType,
      review: row.review,
      takedownReason: row.takedownReason,
      imageUrl,
      thumbnailUrl,
      placeholder: hidden ? null : row.thumbhash,
      width: row.widthPx,
      height: row.heightPx,
      generation: {
        id: row.generationId,
        prompt: row.prompt,
        seed: row.seed,
        provider: row.provider,
        model: row.model && modelLabel(row.provider, row.model),
        costUsd: row.costUsd,
        credit: row.credit,
        recipe: row.recipe,
      },
      provenance: presentProvenance(row),
      favorite: row.favorite,
      rating: row.rating,
      usageCount: row.usageCount,
      lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
      trashedAt: row.trashedAt?.toISOString() ?? null,
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
    };
  };
}

/** Null for an upload. */
export function presentProvenance(row: AvatarRow): Avatar['provenance'] {
  const provenance = provenanceOf(row);
  return provenance && { ...provenance, createdAt: provenance.createdAt.toISOString() };
}
