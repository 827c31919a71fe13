import type { Database } from '#drizzle/connection/database.ts';
import { readAccount } from '#drizzle/queries/accounts/accounts.ts';
import { exportAvatars, exportRows } from '#drizzle/queries/accounts/export.ts';
import { listReviewQueue } from '#drizzle/queries/admin/moderation.ts';
import { listAvatars } from '#drizzle/queries/avatars/avatar-list.ts';
import { readAvatar } from '#drizzle/queries/avatars/avatars.ts';
import { listOwnPresets, readPreset } from '#drizzle/queries/avatars/presets.ts';
import { listProjects, readProjectDefaults } from '#drizzle/queries/avatars/projects.ts';
import { readRequestGuards } from '#drizzle/queries/generations/request-guards.ts';
import { readReference } from '#drizzle/queries/avatars/references.ts';
import { listGenerations } from '#drizzle/queries/generations/generation-list.ts';
import { readGeneration } from '#drizzle/queries/generations/generations.ts';
import { DOCUMENTS } from '../documents.ts';
import type { AnyKind } from './stored-versions.ts';

const PAGE = { limit: 10 };

/** The ids of one row of each table with a document. */
export interface World {
  readonly database: Database;
  readonly accountId: string;
  readonly projectId: string;
  readonly generationId: string;
  readonly avatarId: string;
  readonly presetId: string;
}

async function exported({ accountId, database }: World, list: 'projects' | 'generations' | 'presets') {
  for await (const row of exportRows(database, accountId, list)) return row;
  return undefined;
}

async function avatarsOf({ accountId, avatarId, database }: World) {
  const { items } = await listAvatars(database, accountId, {}, PAGE);
  const rows = [await readAvatar(database, accountId, avatarId), ...items];
  for await (const row of exportAvatars(database, accountId)) rows.push(row);
  return rows;
}

async function generationsOf(world: World) {
  const { items } = await listGenerations(world.database, world.accountId, {}, PAGE);
  return [await readGeneration(world.database, world.generationId), ...items, await exported(world, 'generations')];
}

async function presetsOf(world: World) {
  const own = await listOwnPresets(world.database, world.accountId);
  return [await readPreset(world.database, world.accountId, world.presetId), ...own, await exported(world, 'presets')];
}

export interface DocumentColumn {
  readonly column: string;
  readonly kind: AnyKind;
  /** The row of the world whose column it is. */
  row(world: World): string;
  /** What each query returns for the column. */
  read(world: World): Promise<unknown[]>;
}

/** The columns with a kind of document, and every query that returns them. */
export const COLUMNS: readonly DocumentColumn[] = [
  ...(['request', 'plan', 'choice'] as const).map((column) => ({
    column: `avatar_generations.${column}`,
    kind: DOCUMENTS[column],
    row: ({ generationId }: World) => `id = '${generationId}'`,
    read: async (world: World) => (await generationsOf(world)).map((row) => row?.[column]),
  })),
  ...(['persona', 'attributes'] as const).map((column) => ({
    column: `avatars.${column}`,
    kind: DOCUMENTS[column],
    row: ({ avatarId }: World) => `id = '${avatarId}'`,
    read: async (world: World) => {
      const reference = await readReference(world.database, world.accountId, { avatarId: world.avatarId });
      return [...(await avatarsOf(world)), reference].map((row) => row?.[column]);
    },
  })),
  {
    column: 'avatars.recipe',
    kind: DOCUMENTS.recipe,
    row: ({ avatarId }) => `id = '${avatarId}'`,
    read: async (world) => (await avatarsOf(world)).map((row) => row?.recipe),
  },
  {
    column: 'avatar_presets.persona_template',
    kind: DOCUMENTS.persona,
    row: ({ presetId }) => `id = '${presetId}'`,
    read: async (world) => (await presetsOf(world)).map((row) => row?.personaTemplate),
  },
  {
    column: 'avatar_presets.attributes',
    kind: DOCUMENTS.attributes,
    row: ({ presetId }) => `id = '${presetId}'`,
    read: async (world) => (await presetsOf(world)).map((row) => row?.attributes),
  },
  {
    column: 'avatar_projects.defaults',
    kind: DOCUMENTS.projectDefaults,
    row: ({ projectId }) => `id = '${projectId}'`,
    read: async (world) => {
      const { items } = await listProjects(world.database, world.accountId, PAGE);
      const inExport = await exported(world, 'projects');
      return [
        await readProjectDefaults(world.database, world.accountId, world.projectId),
        (await readRequestGuards(world.database, world.accountId, world.projectId)).defaults,
        ...items.map(({ defaults }) => defaults),
        inExport?.defaults,
      ];
    },
  },
  {
    column: 'accounts.defaults',
    kind: DOCUMENTS.accountDefaults,
    row: ({ accountId }) => `id = '${accountId}'`,
    read: async ({ accountId, database }) => [(await readAccount(database, accountId))?.defaults],
  },
  {
    column: 'image_checks.scores',
    kind: DOCUMENTS.scores,
    row: ({ generationId }) => `generation_id = '${generationId}'`,
    read: async ({ avatarId, database }) => {
      const { items } = await listReviewQueue(database, { limit: 100 });
      return items.filter(({ id }) => id === avatarId).map(({ scores }) => scores);
    },
  },
];
