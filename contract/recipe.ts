import { z } from 'zod';
import { ASPECT_RATIOS, IMAGE_SIZES } from '#domain/generation/image.ts';
import { REFERENCE_MODES } from '#domain/generation/mode.ts';
import { QUALITIES } from '#domain/provider/provider.ts';
import { FINISHES } from '#domain/generation/finish.ts';
import { uuid } from './text.ts';

/** With prompt, seed, provider and model: everything needed to generate the avatar again. */
export const recipe = z
  .strictObject({
    mode: z.enum(['text', ...REFERENCE_MODES]),
    strength: z.number().nullable(),
    reference: z
      .strictObject({ avatarId: uuid.nullable(), uploadId: uuid.nullable(), seed: z.number().int().nullable() })
      .nullable()
      .meta({ description: 'The reference image, which may have been deleted since' }),
    presetId: uuid.nullable(),
    aspectRatio: z.enum(ASPECT_RATIOS),
    size: z.union(IMAGE_SIZES.map((size) => z.literal(size))),
    quality: z.enum(QUALITIES),
    finish: z.enum(FINISHES).meta({ description: 'print: enlarged and sharpened beyond what the provider delivered' }),
  })
  .meta({
    id: 'Recipe',
    examples: [
      {
        mode: 'variation',
        strength: 0.5,
        reference: { avatarId: '33333333-3333-4333-8333-333333333333', uploadId: null, seed: 41 },
        presetId: null,
        aspectRatio: '1:1',
        size: 1024,
        quality: 'standard',
        finish: 'plain',
      },
    ],
  });
export type Recipe = z.infer<typeof recipe>;
