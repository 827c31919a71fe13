import type { ROUTES } from '#contract/routes.ts';
import { photo } from '../uploads/images.ts';
import { sendImageRaw } from '../uploads/send-image.ts';
import type { ServedApi, TestUser } from './serve-api.ts';

type Routes = typeof ROUTES;
type PostRoute = { [Name in keyof Routes]: Routes[Name] extends { method: 'post' } ? Name : never }[keyof Routes];
/** The POSTs that take an Idempotency-Key. */
export type CreatingRoute = {
  [Name in PostRoute]: Routes[Name] extends { idempotent: true } ? Name : never;
}[PostRoute];

/** What a test has prepared: a user, with something of theirs to create from. */
export interface World {
  readonly user: TestUser;
  /** A service that acts for the user. */
  readonly service: string;
  /** An avatar, for posts that need one. */
  readonly avatarId: string;
  /** Two failed generations, for posts that need them. */
  readonly failedIds: readonly [string, string];
}

/** One POST that creates something. */
export interface CreatingPost {
  /** Sends it with one body, or with another one. */
  send(api: ServedApi, world: World, key: string, body: 'one' | 'other'): Promise<Response>;
  readonly needs?: 'avatar' | 'failures';
  /** Where what it creates is counted, by the account's id. */
  readonly countedBy: string;
  /** Holds of credits that it creates. */
  readonly holds: 0 | 1 | 2;
}

const rowsOf = (table: string, condition = 'true') =>
  `SELECT count(*)::int AS count FROM ${table} WHERE account_id = $1 AND ${condition}`;
const one = <Value>(body: 'one' | 'other', first: Value, second: Value) => (body === 'one' ? first : second);
const header = (key: string) => ({ 'Idempotency-Key': key });
const onBehalfOf = ({ user }: World, key: string) => ({ ...header(key), 'X-On-Behalf-Of': user.subject });

const prompt = (body: 'one' | 'other') =>
  ({
    sourceType: 'text_to_image',
    prompt: one(body, 'a baker with a red scarf', 'a baker with a blue scarf'),
  }) as const;
const use = (body: 'one' | 'other') => ({ appId: 'chat', appName: 'Chat', action: one(body, 'shown', 'sent') });

async function sendPhoto(
  api: ServedApi,
  route: 'createUpload' | 'uploadAvatar',
  { user }: World,
  key: string,
  body: 'one' | 'other',
): Promise<Response> {
  const image = await (await photo(one(body, 1, 2))).jpeg().toBuffer();
  return sendImageRaw(api.address, route, { token: user.token, id: user.projectId, image, key });
}

/** Every POST of the route table that takes an Idempotency-Key: a new one is a compile error here. */
export const CREATING_POSTS: Readonly<Record<CreatingRoute, CreatingPost>> = {
  createProject: {
    send: (api, { user: { token } }, key, body) =>
      api.client.raw('createProject', { token, headers: header(key), body: { name: one(body, 'Cast', 'Crew') } }),
    countedBy: rowsOf('avatar_projects', "name <> 'Faces'"),
    holds: 0,
  },
  createPreset: {
    send: (api, { user: { token } }, key, body) =>
      api.client.raw('createPreset', {
        token,
        headers: header(key),
        body: { name: 'Mine', prompt: prompt(body).prompt },
      }),
    countedBy: rowsOf('avatar_presets'),
    holds: 0,
  },
  createWebhook: {
    send: (api, { user: { token } }, key, body) =>
      api.client.raw('createWebhook', {
        token,
        headers: header(key),
        body: {
          url: one(body, 'https://hooks.example/one', 'https://hooks.example/other'),
          events: ['generation.completed'],
        },
      }),
    countedBy: rowsOf('webhooks'),
    holds: 0,
  },
  createUpload: {
    send: (api, world, key, body) => sendPhoto(api, 'createUpload', world, key, body),
    countedBy: rowsOf('uploads'),
    holds: 0,
  },
  uploadAvatar: {
    send: (api, world, key, body) => sendPhoto(api, 'uploadAvatar', world, key, body),
    countedBy: rowsOf('avatar_generations', "source_type = 'upload'"),
    holds: 1,
  },
  createGeneration: {
    send: (api, { user: { token, projectId } }, key, body) =>
      api.client.raw('createGeneration', { token, id: projectId, headers: header(key), body: prompt(body) }),
    countedBy: rowsOf('avatar_generations', `request->>'prompt' LIKE 'a baker%'`),
    holds: 1,
  },
  createGenerationFor: {
    send: (api, world, key, body) =>
      api.client.raw('createGenerationFor', {
        token: world.service,
        headers: onBehalfOf(world, key),
        body: { projectId: world.user.projectId, ...prompt(body) },
      }),
    countedBy: rowsOf('avatar_generations', `request->>'prompt' LIKE 'a baker%'`),
    holds: 1,
  },
  createBatch: {
    send: (api, { user: { token, projectId } }, key, body) =>
      api.client.raw('createBatch', {
        token,
        id: projectId,
        headers: header(key),
        body: { items: [prompt('one'), prompt(body)] },
      }),
    countedBy: rowsOf('batches'),
    holds: 2,
  },
  // Its body is the generation that it retries.
  retryGeneration: {
    send: (api, { user: { token }, failedIds }, key, body) =>
      api.client.raw('retryGeneration', { token, id: one(body, ...failedIds), headers: header(key) }),
    needs: 'failures',
    countedBy: rowsOf('avatar_generations', 'retry_of IS NOT NULL'),
    holds: 1,
  },
  trackUsage: {
    send: (api, { user: { token }, avatarId }, key, body) =>
      api.client.raw('trackUsage', { token, id: avatarId, headers: header(key), body: use(body) }),
    needs: 'avatar',
    countedBy: rowsOf('avatar_usage_history'),
    holds: 0,
  },
  trackUsageFor: {
    send: (api, world, key, body) =>
      api.client.raw('trackUsageFor', {
        token: world.service,
        id: world.avatarId,
        headers: onBehalfOf(world, key),
        body: use(body),
      }),
    needs: 'avatar',
    countedBy: rowsOf('avatar_usage_history'),
    holds: 0,
  },
};

/** Why every other POST may be sent again without a key: a new one is a compile error here. */
export const OTHER_POSTS: Readonly<Record<Exclude<PostRoute, CreatingRoute>, string>> = {
  createTopup: 'the payment’s reference is its key',
  createApiKey: 'is stored as a hash and can’t be shown again; one too many is revoked',
  createShare: 'like createApiKey: one too many is revoked',
  reportShared: 'one undecided of each kind for an avatar',
  rotateApiKey: 'like createApiKey; the key before stays valid for a day',
  inspectUpload: 'reads',
  createObjection: 'one for the same texts of an account',
  createReport: 'one of each kind for an avatar and an account',
  decideObjection: 'sets a state',
  dismissReport: 'sets a state',
  takedownAvatar: 'sets a state',
  restoreTakenDownAvatar: 'sets a state',
  grantStarterCredits: 'grants them once',
  refundGeneration: 'a generation is refunded once',
  setAccountBlock: 'sets a state',
  setAccountTier: 'sets a state',
  grantCredits: 'the grant’s id is its key',
  setNewGenerations: 'sets a state',
  setProvider: 'sets a state',
  setGenerationPriority: 'sets a state',
  signalGenerationFor: 'sets a state',
  changeAvatars: 'sets a state',
  restoreAvatar: 'sets a state',
  approveAvatar: 'sets a state',
  rejectAvatar: 'an avatar is rejected and refunded once',
  resolveDuplicates: 'sets a state',
  cancelGeneration: 'ends once',
  cancelGenerations: 'each one ends once',
  cancelBatch: 'ends once',
  markNotificationRead: 'sets a state',
  markAllNotificationsRead: 'sets a state',
  triggerReconcile: 'starts a repair, of which one runs at a time',
  signInDemoUser: 'creates a token, which costs nothing',
  rotateWebhookSecret: 'creates the next secret; the one before stays valid for a day',
  receiveReplicate: 'each callback has an id and counts once',
  receiveFal: 'each callback has an id and counts once',
  downloadAvatars: 'reads',
  batchGetAvatarsFor: 'reads',
  previewPrompt: 'reads',
  suggestPrompts: 'reads',
  enhancePrompt: 'reads',
};
