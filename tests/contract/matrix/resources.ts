import { randomUUID } from 'node:crypto';
import { record } from '#drizzle/ledger/record.ts';
import { anAvatar } from '#tests/support/database/world.ts';
import type { TestApi } from '#tests/api/test-api.ts';
import type { TestUser } from '#tests/api/serve-api.ts';
import { ROUTES } from '#contract/routes.ts';
import { send } from './send-request.ts';
import { bearer } from './callers.ts';
import { image } from './image.ts';

/** What a person has one of, by the word before `:id` in the paths about it. */
export type Resources = Readonly<Record<string, string>>;

/** The kind of thing that a field of a body or query names. */
export const KIND_OF_FIELD: Readonly<Record<string, string>> = {
  projectId: 'projects',
  presetId: 'presets',
  avatarId: 'avatars',
  generationId: 'generations',
  uploadId: 'uploads',
  batchId: 'batches',
  ids: 'avatars',
  keep: 'avatars',
  trash: 'spareAvatars',
};

const INPUT = { sourceType: 'text_to_image', prompt: 'a lighthouse keeper' } as const;

/** Gives a person one of everything that has an id. */
export async function createResources(studio: TestApi, user: TestUser): Promise<Resources> {
  const { client, fixture, address } = studio;
  const { token, projectId, accountId } = user;
  const bytes = Buffer.from(await (await image()).arrayBuffer());
  const avatarOfTheirs = async () => {
    const ordered = await client.ok('createGeneration', { token, id: projectId, body: INPUT });
    const avatar = anAvatar(accountId);
    await record(fixture.database, ordered.body.id, avatar);
    await studio.store.write(avatar.image.object, bytes, { contentType: 'image/webp', immutable: true });
    return avatar.id;
  };
  const avatar = await avatarOfTheirs();
  const spareAvatar = await avatarOfTheirs();
  const batch = await client.ok('createBatch', { token, id: projectId, body: { items: [INPUT] } });
  const form = { image: await image() };
  const upload = await send(address, ROUTES.createUpload, bearer(token), { form });
  const waiting = await client.ok('createGeneration', { token, id: projectId, body: INPUT });
  const preset = await client.ok('createPreset', {
    token,
    body: { name: 'Mine', category: 'Private', prompt: 'a lighthouse keeper' },
  });
  const notifications = await client.ok('listNotifications', { token });
  return {
    projects: projectId,
    avatars: avatar,
    spareAvatars: spareAvatar,
    generations: waiting.body.id,
    presets: preset.body.id,
    notifications: notifications.body.data[0]?.id ?? 'none',
    accounts: accountId,
    moderation: avatar,
    batches: batch.body.id,
    uploads: ((await upload.json()) as { id: string }).id,
  };
}

/** The same shape with ids that nobody has. */
export function missingResources(like: Resources): Resources {
  return Object.fromEntries(Object.keys(like).map((kind) => [kind, randomUUID()]));
}

/**
 * The id among someone's belongings that a path is about.
 * @throws Error for a kind of thing that is not furnished: a new resource is to be added above
 */
export function idIn(belongings: Resources, path: string): string {
  const kind = /([\w-]+)\/:\w+/.exec(path)?.[1] ?? '';
  const id = belongings[kind];
  if (id === undefined) throw new Error(`furnish() makes none of "${kind}", which ${path} is about`);
  return id;
}

/** A value with every UUID in it replaced by one of the belongings, by the name of its field. */
export function withIds(value: unknown, belongings: Resources, field = ''): unknown {
  if (Array.isArray(value))
    return value.map((item) => withIds(item, belongings, field)).slice(0, isId(value[0]) ? 1 : undefined);
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withIds(inner, belongings, name)]));
  }
  if (!isId(value)) return value;
  const id = belongings[KIND_OF_FIELD[field] ?? ''];
  if (id === undefined) throw new Error(`Nobody knows what the field "${field}" names: add it to KIND_OF_FIELD`);
  return id;
}

/** The fields of a value that hold ids, each with its path. */
export function idFields(value: unknown, field = ''): string[] {
  if (Array.isArray(value)) return value.slice(0, 1).flatMap((item) => idFields(item, field));
  if (value !== null && typeof value === 'object') {
    return [...new Set(Object.entries(value).flatMap(([name, inner]) => idFields(inner, name)))];
  }
  return isId(value) ? [field] : [];
}

function isId(value: unknown): boolean {
  return typeof value === 'string' && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value);
}
