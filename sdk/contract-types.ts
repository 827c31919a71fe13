/**
 * Types of the contract that the client exports. The published package has plain declarations of the same names in place of this
 * file, so that it needs neither zod nor this repository.
 */
import type { z } from 'zod';
import type { avatarListQuery } from '../contract/project.ts';
import type { createGeneration, generationListQuery } from '../contract/generation.ts';
import type { createProject } from '../contract/project.ts';
import type { transferList } from '../contract/credits.ts';
import type { presetListQuery } from '../contract/preset.ts';
import type { trackUsage } from '../contract/usage.ts';

export type { Avatar, AvatarImages } from '../contract/avatar.ts';
export type { Credits } from '../contract/credits.ts';
export type { Generation, GenerationDetail } from '../contract/generation.ts';
export type { Profile } from '../contract/profile.ts';
export type { Preset } from '../contract/preset.ts';
export type { Problem } from '../contract/problem.ts';
export type { Project } from '../contract/project.ts';
export type { Notification } from '../contract/notification.ts';
export type { TrackedUsage } from '../contract/usage.ts';
export type Transfer = z.output<typeof transferList>['data'][number];

export type CreateGeneration = z.input<typeof createGeneration>;
export type CreateProject = z.input<typeof createProject>;
export type TrackUsage = z.input<typeof trackUsage>;

export type AvatarFilter = Filter<typeof avatarListQuery>;
export type GenerationFilter = Filter<typeof generationListQuery>;
export type PresetFilter = Filter<typeof presetListQuery>;

/** A list's query without limit and cursor, which the client handles itself. */
type Filter<Query extends z.ZodType> = Partial<Omit<z.output<Query>, 'limit' | 'cursor'>>;
