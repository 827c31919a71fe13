import { z } from 'zod';
import { AVATAR_NAME_MAX_LENGTH } from '#domain/avatar/avatar-name.ts';
import { SIMILAR_BITS } from '#domain/avatar/duplicates.ts';
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

/** Form fields besides the image. */
export const uploadAvatar = z.strictObject({
  name: text(AVATAR_NAME_MAX_LENGTH).optional(),
  persona: jsonField(persona).optional(),
  attributes: jsonField(visualAttributes).optional(),
});
export type UploadAvatar = z.infer<typeof uploadAvatar>;

/** No form fields besides the image. */
export const uploadReference = z.strictObject({});

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
