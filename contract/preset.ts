import { z } from 'zod';
import { PROMPT_MAX_LENGTH } from '#domain/prompt/prompt-text.ts';
import { persona, visualAttributes } from './avatar.ts';
import { listOf, listQuery } from './list.ts';
import { text, uuid } from './text.ts';

export const presetListQuery = listQuery.extend({
  category: text(60).optional(),
  q: text(100, 0)
    .optional()
    .meta({ description: 'Words that must all occur in name or category, whatever the case, accents and punctuation' }),
});
export type PresetListQuery = z.infer<typeof presetListQuery>;

const BARD = {
  name: 'Tavern bard',
  category: 'Fantasy',
  prompt: 'A travelling bard with a lute and a feathered cap, warm candlelight',
  personaTemplate: { name: 'Perrin', age: 34, personality: ['witty', 'restless'] },
  attributes: { gender: 'man', style: 'fantasy' },
} as const;

export const preset = z
  .strictObject({
    id: uuid,
    own: z
      .boolean()
      .meta({ description: 'true: a preset of the caller; false: a public one. Only own presets can be changed' }),
    name: z.string(),
    category: z.string(),
    prompt: z.string(),
    personaTemplate: persona,
    attributes: visualAttributes,
    previewImageUrl: z.string().nullable().meta({ description: 'Signed URL; null without a preview image' }),
    usageCount: z.number().int().meta({ description: 'Avatars generated from it' }),
  })
  .meta({
    id: 'Preset',
    examples: [
      { id: '0d3f1e7a-5d0c-4a8e-9c52-6a0f3b2c1d4e', own: true, ...BARD, previewImageUrl: null, usageCount: 3 },
    ],
  });
export type Preset = z.infer<typeof preset>;
export const presetList = listOf(preset).meta({ id: 'PresetList' });

const fields = z.strictObject({
  name: text(100),
  category: text(60),
  prompt: text(PROMPT_MAX_LENGTH),
  personaTemplate: persona,
  attributes: visualAttributes,
});

/** POST /presets. Omitted fields come from the avatar, if one is given. */
export const createPreset = fields
  .partial({ category: true, prompt: true, personaTemplate: true, attributes: true })
  .extend({
    avatarId: uuid
      .optional()
      .meta({ description: 'An avatar of the caller: it fills omitted fields and becomes the preview' }),
  })
  .refine((body) => body.prompt !== undefined || body.avatarId !== undefined, {
    path: ['prompt'],
    error: 'is required without an avatarId',
  })
  .meta({
    id: 'CreatePreset',
    examples: [BARD],
    anyOf: [{ required: ['prompt'] }, { required: ['avatarId'] }],
  });
export type CreatePreset = z.infer<typeof createPreset>;

/** PATCH /presets/:id. Omitted fields stay as they are; an empty object clears persona or attributes. */
export const updatePreset = fields
  .partial()
  .refine((body) => Object.keys(body).length > 0, { error: 'must have at least one field' })
  .meta({ id: 'UpdatePreset', minProperties: 1, examples: [{ name: 'Court bard', category: 'Fantasy' }] });
