import { z } from 'zod';
import { persona, visualAttributes } from '#contract/avatar.ts';
import { generationOptions } from '#contract/generation.ts';
import { REFERENCE_MODES } from '#domain/generation/mode.ts';
import { STYLES } from '#domain/prompt/style.ts';

/**
 * The JSON in `avatar_generations.request`: a request with a preset's fields filled in. Read leniently, because a row
 * outlives the code that wrote it.
 */
export const storedRequest = z.object({
  name: z.string().optional(),
  prompt: z.string().optional(),
  presetId: z.string().optional(),
  style: z.enum(STYLES).optional(),
  persona: persona.optional(),
  attributes: visualAttributes.optional(),
  mode: z.enum(REFERENCE_MODES).optional(),
  strength: z.number().optional(),
  /** The image that the generation starts from, the seed of its subject, and whether it may show parts of a photograph. */
  reference: z
    .object({
      avatarId: z.string().optional(),
      uploadId: z.string().optional(),
      seed: z.number().int().optional(),
      isPhotographic: z.boolean().optional(),
    })
    .optional(),
  options: generationOptions.optional(),
});
