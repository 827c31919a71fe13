import { z } from 'zod';
import { ASPECT_RATIOS, IMAGE_SIZES } from '#domain/generation/image.ts';
import { REFERENCE_MODES } from '#domain/generation/mode.ts';
import { QUALITIES } from '#domain/provider/provider.ts';
import { FINISHES } from '#domain/generation/finish.ts';
import { timestamp, uuid } from './text.ts';

/** With prompt, seed, provider and model: everything needed to generate the avatar again. */
export const recipe = z
  .strictObject({
    mode: z.enum(['text', ...REFERENCE_MODES]),
    strength: z.number().nullable(),
    reference: z
      .strictObject({
        avatarId: uuid.nullable(),
        uploadId: uuid.nullable(),
        seed: z.number().int().nullable(),
        isPhotographic: z.boolean().optional().meta({
          description: 'Whether it may show parts of a photograph. Omitted for avatars from before it was stored',
        }),
      })
      .nullable()
      .meta({ description: 'The reference image, which may have been deleted since' }),
    presetId: uuid.nullable(),
    aspectRatio: z.enum(ASPECT_RATIOS),
    size: z.union(IMAGE_SIZES.map((size) => z.literal(size))),
    quality: z.enum(QUALITIES),
    finish: z.enum(FINISHES).meta({ description: 'print: enlarged and sharpened beyond what the provider delivered' }),
    generatedAt: timestamp.optional().meta({
      description: 'When a provider began to generate the image. Omitted for avatars from before it was stored',
    }),
  })
  .meta({
    id: 'Recipe',
    examples: [
      {
        mode: 'variation',
        strength: 0.5,
        reference: {
          avatarId: '33333333-3333-4333-8333-333333333333',
          uploadId: null,
          seed: 41,
          isPhotographic: false,
        },
        presetId: null,
        aspectRatio: '1:1',
        size: 1024,
        quality: 'standard',
        finish: 'plain',
        generatedAt: '2026-11-23T08:00:08.000Z',
      },
    ],
  });
export type Recipe = z.infer<typeof recipe>;
