import { storedRequest } from '#drizzle/schema/stored-request.ts';
import type { Recipe } from '#contract/recipe.ts';
import { finishOf } from '#domain/generation/finish.ts';
import { needsProvider } from '#domain/generation/generation.ts';
import { DEFAULT_ASPECT_RATIO, DEFAULT_SIZE_PX } from '#domain/generation/image.ts';
import { DEFAULT_QUALITY } from '#domain/provider/provider.ts';
import type { Generation } from '#drizzle/queries/generations/generation-row.ts';

/** The settings of a generation, as stored on its avatar. Null for an upload, which can't be generated again. */
export function recipeOf({ sourceType, request, processingAt }: Generation): Recipe | null {
  if (!needsProvider(sourceType)) return null;
  const { mode = 'text', strength, reference, presetId, options = {} } = storedRequest.parse(request);
  const quality = options.quality ?? DEFAULT_QUALITY;
  return {
    mode,
    strength: strength ?? null,
    reference: reference
      ? {
          avatarId: reference.avatarId ?? null,
          uploadId: reference.uploadId ?? null,
          seed: reference.seed ?? null,
          ...(reference.isPhotographic !== undefined && { isPhotographic: reference.isPhotographic }),
        }
      : null,
    presetId: presetId ?? null,
    aspectRatio: options.aspectRatio ?? DEFAULT_ASPECT_RATIO,
    size: options.size ?? DEFAULT_SIZE_PX,
    quality,
    finish: finishOf(quality),
    ...(processingAt && { generatedAt: processingAt.toISOString() }),
  };
}
