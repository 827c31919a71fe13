import { ROUTES } from '#contract/routes.ts';
import { createApiClient } from '#tests/api/api-client.ts';
import { until } from '#tests/support/until.ts';
import { send } from '../matrix/send-request.ts';
import type { Resources } from '../matrix/resources.ts';
import { bearer } from '../matrix/callers.ts';
import { image } from '../matrix/image.ts';

/** More than a long run spends. */
const CREDITS = 1_000_000;
/** The worker has just started on a busy machine. */
const GENERATION_TIMEOUT_MS = 120_000;
const INPUT = { sourceType: 'text_to_image', prompt: 'a lighthouse keeper', options: { size: 512 } } as const;

interface Credentials {
  readonly user: string;
  readonly service: string;
  readonly subject: string;
}

/** Gives a user of the running service credits, and creates one of every resource with API requests only. */
export async function createResourcesOverHttp(
  address: string,
  { user: token, service, subject }: Credentials,
): Promise<Resources> {
  const client = createApiClient(address);
  const { body: profile } = await client.ok('readProfile', { token });
  const topup = { userId: subject, amount: CREDITS, reference: 'a long run' };
  await client.ok('createTopup', { token: service, body: topup });
  const { body: project } = await client.ok('createProject', { token, body: { name: 'Faces' } });
  const { body: batch } = await client.ok('createBatch', {
    token,
    id: project.id,
    body: { items: [INPUT, INPUT, INPUT] },
  });
  const [first, second, third] = await until(
    async () => {
      const { generations } = (await client.ok('readBatch', { token, id: batch.id })).body;
      const avatars = generations.flatMap(({ avatar }) => avatar ?? []);
      return avatars.length === generations.length ? avatars : undefined;
    },
    { timeoutMs: GENERATION_TIMEOUT_MS, what: 'three avatars' },
  );
  const { body: waiting } = await client.ok('createGeneration', { token, id: project.id, body: INPUT });
  const preset = { name: 'Mine', category: 'Private', prompt: 'a lighthouse keeper' };
  const { body: own } = await client.ok('createPreset', { token, body: preset });
  const { body: notifications } = await client.ok('listNotifications', { token });
  const upload = await send(address, ROUTES.createUpload, bearer(token), { form: { image: await image() } });
  return {
    projects: project.id,
    avatars: first!.id,
    spareAvatars: second!.id,
    generations: waiting.id,
    batches: batch.id,
    presets: own.id,
    uploads: ((await upload.json()) as { id: string }).id,
    notifications: notifications.data[0]!.id,
    accounts: profile.accountId,
    moderation: third!.id,
  };
}
