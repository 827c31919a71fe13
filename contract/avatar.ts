import { z } from 'zod';
import { AVATAR_NAME_MAX_LENGTH } from '#domain/avatar/avatar-name.ts';
import { PERSONA_LIMITS } from '#domain/persona/persona.ts';
import {
  ATTRIBUTE_MAX_LENGTH,
  ATTRIBUTE_NAMES,
  valuesOf,
  type AttributeName,
  type VisualAttributes,
} from '#domain/persona/attributes.ts';
import { SOURCE_TYPES } from '#domain/generation/generation.ts';
import { REVIEW_STATES } from '#domain/moderation/review.ts';
import { STYLES } from '#domain/prompt/style.ts';
import { TRASH_DAYS } from '#domain/avatar/trash.ts';
import { recipe } from './recipe.ts';
import { flag, text, timestamp, uuid } from './text.ts';

const PERSONA = { name: 'Ysolde', age: 61, personality: ['wry', 'patient'], background: 'Keeps the lighthouse.' };
const ATTRIBUTES_EXAMPLE = { gender: 'woman', ageRange: '60+', hairColor: 'silver', style: 'fantasy' } as const;
const AN_AVATAR = '01939ca1-5c1e-7b53-9d51-2f8e3c9a7e10';
const A_PROJECT = '01939ca0-11aa-7c40-8b1e-6a1d2f3b4c5d';

/** The fields of a persona: the one list. */
const personaFields = {
  name: text(PERSONA_LIMITS.nameMaxLength),
  age: z.number().int().min(PERSONA_LIMITS.ageMin).max(PERSONA_LIMITS.ageMax),
  personality: z.array(text(PERSONA_LIMITS.traitMaxLength)).max(PERSONA_LIMITS.traitsMax),
  background: text(PERSONA_LIMITS.backgroundMaxLength),
};
const attributeFields = { ...attributeSchemas(), style: z.enum(STYLES) };

export const persona = z.strictObject(optional(personaFields)).meta({ id: 'Persona', examples: [PERSONA] });
export type Persona = z.infer<typeof persona>;

export const visualAttributes = z
  .strictObject(optional(attributeFields))
  .meta({ id: 'VisualAttributes', examples: [ATTRIBUTES_EXAMPLE] });

export const updateAvatar = z
  .strictObject({
    name: text(AVATAR_NAME_MAX_LENGTH).optional(),
    persona: z.strictObject(nullish(personaFields)).nullish(),
    attributes: z.strictObject(nullish(attributeFields)).nullish(),
  })
  .meta({
    id: 'UpdateAvatar',
    description: 'Omitted fields are not changed; null clears a field',
    examples: [{ name: 'Ysolde', persona: { age: 62, background: null } }],
  });
export type UpdateAvatar = z.infer<typeof updateAvatar>;

export const avatar = z
  .strictObject({
    id: uuid,
    projectId: uuid,
    name: z.string(),
    persona,
    attributes: visualAttributes,
    sourceType: z.enum(SOURCE_TYPES),
    review: z.enum(REVIEW_STATES).meta({
      description: 'needs_review: the content check was inconclusive; the image is shown once an admin approves it',
    }),
    imageUrl: z.string().nullable().meta({
      description: 'Signed URL; unchanged for a while, so that it can be cached. Null while the image needs review',
    }),
    thumbnailUrl: z.string().nullable(),
    placeholder: z.string().nullable().meta({ description: 'Thumbhash, base64' }),
    width: z.number().int(),
    height: z.number().int(),
    generation: z.strictObject({
      id: uuid,
      prompt: z.string().nullable().meta({ description: 'The final prompt that was sent to the provider' }),
      seed: z.number().int().nullable(),
      provider: z.string().nullable(),
      model: z.string().nullable(),
      costUsd: z.number().nullable(),
      credit: z.string().nullable().meta({ description: 'Credit that the provider requires to be shown' }),
      recipe: recipe.nullable().meta({ description: 'The input of the generation; null for an upload' }),
    }),
    usageCount: z.number().int(),
    lastUsedAt: timestamp.nullable(),
    trashedAt: timestamp.nullable().meta({ description: `In the trash since then; deleted ${TRASH_DAYS} days later` }),
    createdAt: timestamp,
    updatedAt: timestamp,
  })
  .meta({
    id: 'Avatar',
    examples: [
      {
        id: AN_AVATAR,
        projectId: A_PROJECT,
        name: 'Archmage',
        persona: PERSONA,
        attributes: ATTRIBUTES_EXAMPLE,
        sourceType: 'text_to_image',
        review: 'clear',
        imageUrl: 'https://storage.googleapis.com/avatars/image.webp?X-Goog-Signature=…',
        thumbnailUrl: 'https://storage.googleapis.com/avatars/thumb.webp?X-Goog-Signature=…',
        placeholder: '3OcRJYB4d3h/iIeHeEh3eIhw+j2w',
        width: 1024,
        height: 1024,
        generation: {
          id: '01939ca1-4f00-7d3a-a1b2-c3d4e5f60718',
          prompt: 'An archmage in a tower, fantasy painting.',
          seed: 7,
          provider: 'replicate',
          model: 'FLUX.1 [schnell]',
          costUsd: 0.003,
          credit: null,
          recipe: null,
        },
        usageCount: 3,
        lastUsedAt: '2026-11-23T09:30:00.000Z',
        trashedAt: null,
        createdAt: '2026-11-23T08:00:09.000Z',
        updatedAt: '2026-11-23T08:00:09.000Z',
      },
    ],
  });
export type Avatar = z.infer<typeof avatar>;

export const deleteAvatarQuery = z.strictObject({
  forever: flag.default(false).meta({ description: 'Delete immediately and permanently, without the trash' }),
});

export const restoreAvatar = z
  .strictObject({
    projectId: uuid.optional().meta({ description: 'Restore into this project; default: the project it was in' }),
  })
  .meta({ id: 'RestoreAvatar', examples: [{ projectId: A_PROJECT }] });

const BULK_MAX = 200;
const ids = z
  .array(uuid)
  .min(1)
  .max(BULK_MAX)
  .refine((list) => new Set(list).size === list.length, {
    error: 'must not name an avatar twice',
  })
  .meta({ uniqueItems: true });

/** Each bulk action with its parameters. */
export const bulkAvatars = z
  .discriminatedUnion('action', [
    z.strictObject({ action: z.literal('move'), ids, projectId: uuid }),
    z.strictObject({ action: z.literal('trash'), ids }),
    z.strictObject({ action: z.literal('restore'), ids, projectId: uuid.optional() }),
    z.strictObject({ action: z.literal('delete'), ids }),
  ])
  .meta({ id: 'BulkAvatars', examples: [{ action: 'move', ids: [AN_AVATAR], projectId: A_PROJECT }] });
export type BulkAvatars = z.infer<typeof bulkAvatars>;

/** POST /avatars/download. */
export const downloadAvatars = z
  .strictObject({ ids })
  .meta({ id: 'DownloadAvatars', examples: [{ ids: [AN_AVATAR] }] });

export const bulkResult = z
  .strictObject({
    action: z.enum(['move', 'trash', 'restore', 'delete']),
    count: z
      .number()
      .int()
      .meta({ description: 'Number of avatars in the request; all of them are in the requested state now' }),
    changed: z.number().int().meta({ description: 'Number of avatars that were not in that state before' }),
  })
  .meta({ id: 'BulkResult', examples: [{ action: 'move', count: 1, changed: 1 }] });

type Value<Name extends AttributeName> = NonNullable<VisualAttributes[Name]>;
type AttributeSchemas = { [Name in AttributeName]: z.ZodType<Value<Name>, Value<Name>> };

function attributeSchemas(): AttributeSchemas {
  const schemas = ATTRIBUTE_NAMES.map((name) => {
    const values = valuesOf(name);
    return [name, values === null ? text(ATTRIBUTE_MAX_LENGTH) : z.enum(values)];
  });
  return Object.fromEntries(schemas) as AttributeSchemas;
}

type Fields = Readonly<Record<string, z.ZodType>>;

function optional<Of extends Fields>(fields: Of) {
  const entries = Object.entries(fields).map(([name, schema]) => [name, schema.optional()]);
  return Object.fromEntries(entries) as { [Name in keyof Of]: z.ZodOptional<Of[Name]> };
}

function nullish<Of extends Fields>(fields: Of) {
  const entries = Object.entries(fields).map(([name, schema]) => [name, schema.nullish()]);
  return Object.fromEntries(entries) as { [Name in keyof Of]: z.ZodOptional<z.ZodNullable<Of[Name]>> };
}
