import { z } from 'zod';
import { AGE_RANGES, ATTRIBUTE_MAX_LENGTH, GENDERS } from '../domain/attributes.ts';
import { SOURCE_TYPES } from '../domain/generation.ts';
import { STYLES } from '../domain/style.ts';
import { text, timestamp, uuid } from './text.ts';

const PERSONA_AGE_MIN = 18;
const PERSONA_AGE_MAX = 120;

export const persona = z
  .strictObject({
    name: text(100).optional(),
    age: z.number().int().min(PERSONA_AGE_MIN).max(PERSONA_AGE_MAX).optional(),
    personality: z.array(text(40)).max(10).optional(),
    background: text(1000).optional(),
  })
  .meta({ id: 'Persona' });
export type Persona = z.infer<typeof persona>;

const trait = text(ATTRIBUTE_MAX_LENGTH).optional();

export const visualAttributes = z
  .strictObject({
    gender: z.enum(GENDERS).optional(),
    ageRange: z.enum(AGE_RANGES).optional(),
    ethnicity: trait,
    bodyType: trait,
    hairStyle: trait,
    hairColor: trait,
    eyeColor: trait,
    skinTone: trait,
    style: z.enum(STYLES).optional(),
  })
  .meta({ id: 'VisualAttributes' });

export const avatar = z
  .strictObject({
    id: uuid,
    projectId: uuid,
    name: z.string(),
    persona,
    attributes: visualAttributes,
    sourceType: z.enum(SOURCE_TYPES),
    imageUrl: z.string().meta({ description: 'Signed; stays the same for a while' }),
    thumbnailUrl: z.string(),
    placeholder: z.string().nullable().meta({ description: 'Thumbhash, base64' }),
    width: z.number().int(),
    height: z.number().int(),
    generation: z.strictObject({
      id: uuid,
      prompt: z.string().nullable().meta({ description: 'The prompt as built and painted' }),
      seed: z.number().int().nullable(),
      provider: z.string().nullable(),
      model: z.string().nullable(),
      costUsd: z.number().nullable(),
      credit: z.string().nullable().meta({ description: 'Credit line owed to the artist of drawn parts' }),
    }),
    usageCount: z.number().int(),
    lastUsedAt: timestamp.nullable(),
    createdAt: timestamp,
    updatedAt: timestamp,
  })
  .meta({ id: 'Avatar' });
export type Avatar = z.infer<typeof avatar>;
