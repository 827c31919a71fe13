import { storedRequest } from '#drizzle/schema/stored-request.ts';
import { DEFAULT_ASPECT_RATIO, DEFAULT_SIZE_PX } from '#domain/generation/image.ts';
import { buildPrompt, negativePrompt } from '#domain/prompt/prompt-builder.ts';
import { DEFAULT_STYLE, styleOf } from '#domain/prompt/style.ts';
import type { Attempt } from '#drizzle/queries/generations/attempts.ts';
import type { Generation } from '#drizzle/queries/generations/generation-row.ts';
import type { ImageRequest } from '../providers/port.ts';

/** The request to the provider. It is the same in every run, so that a job whose reply was lost can be matched. */
export function imageRequestOf(generation: Generation, attempt: Attempt): ImageRequest {
  const request = storedRequest.parse(generation.request);
  return {
    attemptId: attempt.id,
    model: attempt.model,
    prompt: generation.builtPrompt ?? buildPrompt(request),
    negativePrompt: negativePrompt(request),
    seed: generation.seed ?? 0,
    aspectRatio: request.options?.aspectRatio ?? DEFAULT_ASPECT_RATIO,
    sizePx: request.options?.size ?? DEFAULT_SIZE_PX,
    style: styleOf(request) ?? DEFAULT_STYLE,
    attributes: request.attributes ?? {},
    personaName: request.persona?.name,
  };
}
