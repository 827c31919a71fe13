import { randomUUID } from 'node:crypto';
import { record } from '#drizzle/ledger/record.ts';
import { anAvatar } from '#tests/support/database/world.ts';
import type { TestApi } from '#tests/api/test-api.ts';
import type { TestUser } from '#tests/api/serve-api.ts';
import { ROUTES } from '#contract/routes.ts';
import { send } from './send-request.ts';
import { bearer } from './callers.ts';
import { image } from './image.ts';

/** Ids of a user's resources, by the path segment before `:id`. */
export type Resources = Readonly<Record<string, string>>;

/** The kind of resource that a field of a body or query refers to. */
export const KIND_OF_FIELD: Readonly<Record<string, string>> = {
  projectId: 'projects',
  presetId: 'presets',
  avatarId: 'avatars',
  generationId: 'generations',
  uploadId: 'uploads',
  batchId: 'batches',
  id: 'avatars',
  ids: 'avatars',
  retain: 'avatars',
  trash: 'spareAvatars',
};

const INPUT = { sourceType: 'text_to_image', prompt: 'a lighthouse keeper' } as const;

/** Creates one of every resource that has an id for a user. */
export async function createResources(studio: TestApi, user: TestUser): Promise<Resources> {
  const { client, fixture, address } = studio;
  const { token, projectId, accountId } = user;
  const bytes = Buffer.from(await (await image()).arrayBuffer());
  const createAvatar = async () => {
    const generation = await client.ok('createGeneration', { token, id: projectId, body: INPUT });
    const avatar = anAvatar(accountId);
    await record(fixture.database, generation.body.id, avatar);
    await studio.store.write(avatar.image.object, bytes, { contentType: 'image/webp', immutable: true });
    return avatar.id;
  };
  const avatar = await createAvatar();
  const spareAvatar = await createAvatar();
  const batch = await client.ok('createBatch', { token, id: projectId, body: { items: [INPUT] } });
  const form = { image: await image() };
  const upload = await send(address, ROUTES.createUpload, bearer(token), { form });
  const waiting = await client.ok('createGeneration', { token, id: projectId, body: INPUT });
  const preset = await client.ok('createPreset', {
    token,
    body: { name: 'Mine', category: 'Private', prompt: 'a lighthouse keeper' },
  });
  const apiKey = await client.ok('createApiKey', {
    token,
    body: { name: 'Script', scopes: ['avatars:read'], expiresInDays: 1 },
  });
  const share = await client.ok('createShare', { token, id: avatar, body: { days: 1, showsName: false } });
  const notifications = await client.ok('listNotifications', { token });
  return {
    projects: projectId,
    avatars: avatar,
    spareAvatars: spareAvatar,
    generations: waiting.body.id,
    presets: preset.body.id,
    'api-keys': apiKey.body.id,
    shares: share.body.id,
    shared: share.body.token,
    notifications: notifications.body.data[0]?.id ?? 'none',
    accounts: accountId,
    moderation: avatar,
    batches: batch.body.id,
    uploads: ((await upload.json()) as { id: string }).id,
  };
}

/** The same kinds with random ids that do not exist. */
export function missingResources(like: Resources): Resources {
  return Object.fromEntries(Object.keys(like).map((kind) => [kind, randomUUID()]));
}

/**
 * The id that a path needs, from a user's resources.
 * @throws Error for a kind that `createResources` does not create: add new resources there
 */
export function idIn(resources: Resources, path: string): string {
  const kind = /([\w-]+)\/:\w+/.exec(path)?.[1] ?? '';
  const id = resources[kind];
  if (id === undefined) throw new Error(`createResources() creates no "${kind}", which ${path} needs`);
  return id;
}

/** Replaces every UUID in a value with the id of a resource, chosen by the field's name. */
export function withIds(value: unknown, resources: Resources, field = ''): unknown {
  if (Array.isArray(value))
    return value.map((item) => withIds(item, resources, field)).slice(0, isId(value[0]) ? 1 : undefined);
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withIds(inner, resources, name)]));
  }
  if (!isId(value)) return value;
  const id = resources[KIND_OF_FIELD[field] ?? ''];
  if (id === undefined) throw new Error(`It is unknown what the field "${field}" refers to: add it to KIND_OF_FIELD`);
  return id;
}

/** The names of the fields of a value that contain ids. */
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
