import { z } from 'zod';
import { AGE_RANGES, GENDERS } from '#domain/persona/attributes.ts';
import { AVATAR_SORTS, SORT_DIRECTIONS } from '#domain/avatar/avatar-sort.ts';
import { SOURCE_TYPES } from '#domain/generation/generation.ts';
import { STYLES } from '#domain/prompt/style.ts';
import { RATING_MAX, RATING_MIN } from '#domain/avatar/rating.ts';
import { avatar, persona, visualAttributes } from './avatar.ts';
import { listOf, listQuery } from './list.ts';
import { flag, text, timestamp, uuid } from './text.ts';

const DEFAULTS = {
  style: 'watercolor',
  attributes: { ageRange: '40s' },
  persona: { background: 'A regular at the Crooked Lantern.' },
} as const;

/** Project defaults: values that apply to all generations of a project. */
export const projectDefaults = z
  .strictObject({
    style: z.enum(STYLES).optional(),
    attributes: visualAttributes.omit({ style: true }).optional(),
    persona: persona.omit({ name: true }).optional(),
  })
  .meta({
    id: 'ProjectDefaults',
    description: 'Used for values that the request, its preset and its reference image omit',
    examples: [DEFAULTS],
  });
export type ProjectDefaults = z.infer<typeof projectDefaults>;

export const createProject = z
  .strictObject({
    name: text(100),
    description: text(500, 0).optional(),
    defaults: projectDefaults.optional(),
  })
  .meta({ id: 'CreateProject', examples: [{ name: 'Tavern cast', description: 'Everyone at the bar.' }] });
export type CreateProject = z.infer<typeof createProject>;

export const updateProject = z
  .strictObject({
    name: text(100).optional(),
    description: text(500, 0).optional(),
    defaults: projectDefaults.optional().meta({ description: 'All of them; an empty object clears them' }),
  })
  .meta({
    id: 'UpdateProject',
    description: 'Omitted fields stay as they are',
    examples: [{ name: 'The Tavern Cast', defaults: DEFAULTS }],
  });

export const project = z
  .strictObject({
    id: uuid,
    name: z.string(),
    description: z.string(),
    defaults: projectDefaults,
    avatarCount: z.number().int().meta({ description: 'Counted up to 5,000' }),
    covers: z.array(z.strictObject({ thumbnailUrl: z.string(), placeholder: z.string().nullable() })).max(4),
    createdAt: timestamp,
    updatedAt: timestamp,
  })
  .meta({
    id: 'Project',
    examples: [
      {
        id: '01939ca0-11aa-7c40-8b1e-6a1d2f3b4c5d',
        name: 'Tavern cast',
        description: 'Everyone at the bar.',
        defaults: DEFAULTS,
        avatarCount: 1,
        covers: [
          {
            thumbnailUrl: 'https://storage.googleapis.com/avatars/thumb.webp?X-Goog-Signature=…',
            placeholder: '3OcRJYB4d3h/iIeHeEh3eIhw+j2w',
          },
        ],
        createdAt: '2026-11-23T07:59:00.000Z',
        updatedAt: '2026-11-23T07:59:00.000Z',
      },
    ],
  });
export type Project = z.infer<typeof project>;
export const projectList = listOf(project).meta({ id: 'ProjectList' });
export const avatarList = listOf(avatar).meta({ id: 'AvatarList' });

const STATED = 'By the attribute or, where it is not set, by what the English prompt says';

export const avatarListQuery = listQuery.extend({
  sourceType: z.enum(SOURCE_TYPES).optional(),
  style: z.enum(STYLES).optional(),
  gender: z.enum(GENDERS).optional().meta({ description: STATED }),
  ageRange: z.enum(AGE_RANGES).optional().meta({ description: STATED }),
  favorite: flag.optional().meta({ description: 'true: only favorites; false: only the others' }),
  minRating: z.coerce
    .number()
    .int()
    .min(RATING_MIN)
    .max(RATING_MAX)
    .optional()
    .meta({ description: 'Only avatars that are rated at least this high' }),
  q: text(100, 0).optional().meta({
    description:
      'Words that must all occur in name, persona, traits or prompt, whatever the case, accents and punctuation',
  }),
  trashed: flag.default(false).meta({ description: 'true: only avatars in the trash; false: only the others' }),
  sort: z
    .enum(AVATAR_SORTS)
    .default('createdAt')
    .meta({ description: 'A cursor continues in the sort order that it came from' }),
  direction: z.enum(SORT_DIRECTIONS).optional().meta({
    description:
      'Default: names ascending, all other keys descending. Avatars that were never used sort as the least recently used',
  }),
});
