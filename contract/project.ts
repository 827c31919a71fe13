import { z } from 'zod';
import { AGE_RANGES, GENDERS } from '../domain/attributes.ts';
import { SOURCE_TYPES } from '../domain/generation.ts';
import { STYLES } from '../domain/style.ts';
import { avatar } from './avatar.ts';
import { listOf, listQuery } from './list.ts';
import { text, timestamp, uuid } from './text.ts';

export const createProject = z
  .strictObject({ name: text(100), description: text(500, 0).optional() })
  .meta({ id: 'CreateProject' });
export type CreateProject = z.infer<typeof createProject>;

export const project = z
  .strictObject({
    id: uuid,
    name: z.string(),
    description: z.string(),
    avatarCount: z.number().int(),
    covers: z.array(z.strictObject({ thumbnailUrl: z.string(), placeholder: z.string().nullable() })).max(4),
    createdAt: timestamp,
    updatedAt: timestamp,
  })
  .meta({ id: 'Project' });
export type Project = z.infer<typeof project>;
export const projectList = listOf(project).meta({ id: 'ProjectList' });
export const avatarList = listOf(avatar).meta({ id: 'AvatarList' });

export const avatarListQuery = listQuery.extend({
  sourceType: z.enum(SOURCE_TYPES).optional(),
  style: z.enum(STYLES).optional(),
  gender: z.enum(GENDERS).optional(),
  ageRange: z.enum(AGE_RANGES).optional(),
  q: text(100, 0).optional().meta({ description: 'In name, persona or prompt' }),
});
