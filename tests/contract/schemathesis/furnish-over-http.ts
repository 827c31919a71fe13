import { createApiClient } from '../../api/client.ts';
import { until } from '../../support/until.ts';
import type { Belongings } from '../matrix/belongings.ts';

/** More than all requests of a long run spend. */
const CREDITS = 1_000_000;
/** The worker has just started, and the machine is busy. */
const PAINTED_WITHIN_MS = 90_000;
const WISH = { sourceType: 'text_to_image', prompt: 'a lighthouse keeper', options: { size: 512 } } as const;

interface Asking {
  readonly user: string;
  readonly service: string;
  readonly subject: string;
}

/** Gives a user of the running service credits and one of everything, as any client could. */
export async function furnishOverHttp(address: string, { user: token, service, subject }: Asking): Promise<Belongings> {
  const client = createApiClient(address);
  const { body: me } = await client.ok('readMe', { token });
  const topup = { userId: subject, amount: CREDITS, reference: 'a long run' };
  await client.ok('createTopup', { token: service, body: topup });
  const { body: project } = await client.ok('createProject', { token, body: { name: 'Faces' } });
  const { body: ordered } = await client.ok('createGeneration', { token, id: project.id, body: WISH });
  const avatar = await until(
    async () => (await client.ok('readGeneration', { token, id: ordered.id })).body.avatar ?? undefined,
    { timeoutMs: PAINTED_WITHIN_MS, what: 'an avatar' },
  );
  const preset = { name: 'Mine', category: 'Private', prompt: 'a lighthouse keeper' };
  const { body: own } = await client.ok('createPreset', { token, body: preset });
  const { body: notifications } = await client.ok('listNotifications', { token });
  return {
    projects: project.id,
    avatars: avatar.id,
    generations: ordered.id,
    presets: own.id,
    notifications: notifications.data[0]!.id,
    accounts: me.accountId,
    moderation: avatar.id,
  };
}
