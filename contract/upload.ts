import { z } from 'zod';
import { AVATAR_NAME_MAX_LENGTH } from '#domain/avatar/avatar-name.ts';
import { SIMILAR_BITS } from '#domain/avatar/duplicates.ts';
import { UPLOAD_FORMATS } from '#domain/generation/upload-format.ts';
import { avatar, persona, visualAttributes } from './avatar.ts';
import { exampleOf } from './example-of.ts';
import { text, timestamp, uuid } from './text.ts';

const LOOKALIKES_SHOWN = 5;

/** Form fields are text, so objects are sent as JSON. Invalid JSON is passed on for the schema to reject. */
function jsonField<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value) => {
    try {
      return typeof value === 'string' ? (JSON.parse(value) as unknown) : value;
    } catch {
      return value;
    }
  }, schema);
}

/** No image that is accepted is longer. */
const SIDE_MAX_PX = 100_000;
const pixels = (min: number) => z.number().int().min(min).max(SIDE_MAX_PX);

const crop = z.strictObject({ x: pixels(0), y: pixels(0), width: pixels(1), height: pixels(1) }).meta({
  id: 'Crop',
  description: 'The part of the image that is kept, in pixels of the upright image; x and y from its upper left corner',
  examples: [{ x: 504, y: 0, width: 3024, height: 3024 }],
});

/** The part that is kept; the whole image without it. */
const cropField = { crop: jsonField(crop).optional() };

/** Form fields besides the image. */
export const uploadAvatar = z.strictObject({
  ...cropField,
  name: text(AVATAR_NAME_MAX_LENGTH).optional(),
  persona: jsonField(persona).optional(),
  attributes: jsonField(visualAttributes).optional(),
});
export type UploadAvatar = z.infer<typeof uploadAvatar>;

/** Form fields besides the image. */
export const uploadReference = z.strictObject(cropField);
export type UploadReference = z.infer<typeof uploadReference>;

export const lookalike = z.strictObject({
  avatarId: uuid,
  match: z.enum(['exact', 'near']).meta({ description: 'exact: identical bytes; near: visually the same' }),
  distance: z
    .number()
    .int()
    .min(0)
    .max(SIMILAR_BITS)
    .meta({ description: 'Number of bits, of 64, in which the perceptual hashes differ' }),
});
export type Lookalike = z.infer<typeof lookalike>;

const example = exampleOf(avatar);

export const uploadedAvatar = avatar
  .extend({
    duplicates: z.array(lookalike).max(LOOKALIKES_SHOWN).meta({
      description: 'A warning: avatars of the caller with the same or a similar image, the most similar first',
    }),
  })
  .meta({
    id: 'UploadedAvatar',
    examples: [
      { ...example, sourceType: 'upload', duplicates: [{ avatarId: example.id, match: 'near', distance: 2 }] },
    ],
  });

const size = z.strictObject({ width: z.number().int(), height: z.number().int() });

export const inspectedUpload = z
  .strictObject({
    format: z.enum(UPLOAD_FORMATS).meta({ description: 'By content, whatever its name' }),
    width: z.number().int().meta({ description: 'Of the upright image, pixels' }),
    height: z.number().int(),
    orientation: z.number().int().min(1).max(8).meta({ description: 'The EXIF orientation that is applied' }),
    isAnimated: z.boolean().meta({ description: 'One frame of it is kept' }),
    crop: crop.nullable(),
    result: size.meta({ description: 'The size at which it would be kept' }),
    preview: z.string().meta({ description: 'The whole image as it was understood, small, as a data URL' }),
  })
  .meta({
    id: 'InspectedUpload',
    examples: [
      {
        format: 'jpeg',
        width: 4032,
        height: 3024,
        orientation: 6,
        isAnimated: false,
        crop: { x: 504, y: 0, width: 3024, height: 3024 },
        result: { width: 2048, height: 2048 },
        preview: 'data:image/webp;base64,UklGRg…',
      },
    ],
  });

export const upload = z
  .strictObject({
    id: uuid,
    url: z.string().meta({ description: 'Signed URL; unchanged for a while, so that it can be cached' }),
    expiresAt: timestamp,
  })
  .meta({
    id: 'Upload',
    examples: [
      {
        id: '01939ca5-33d2-7a10-8c4f-9e2d1b7a6c05',
        url: 'https://storage.googleapis.com/uploads/01939ca5?X-Goog-Signature=…',
        expiresAt: '2026-11-24T08:00:00.000Z',
      },
    ],
  });
