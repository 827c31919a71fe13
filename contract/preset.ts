import { z } from 'zod';
import { persona, visualAttributes } from './avatar.ts';
import { listOf, listQuery } from './list.ts';
import { text, uuid } from './text.ts';

export const presetListQuery = listQuery.extend({
  category: text(60).optional(),
  q: text(100, 0).optional(),
});

export const preset = z
  .strictObject({
    id: uuid,
    name: z.string(),
    category: z.string(),
    prompt: z.string(),
    personaTemplate: persona,
    attributes: visualAttributes,
    previewImageUrl: z.string().nullable(),
    usageCount: z.number().int(),
  })
  .meta({ id: 'Preset' });
export type Preset = z.infer<typeof preset>;
export const presetList = listOf(preset).meta({ id: 'PresetList' });
