import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listAvatars } from '#drizzle/queries/avatars/avatar-list.ts';
import { openStudio, type Studio } from '../support/studio.ts';
import { until } from '../support/until.ts';

let studio: Studio;
beforeAll(async () => {
  studio = await openStudio();
  await studio.startWorkers();
});
afterAll(() => studio.close());

const photo = () =>
  sharp({ create: { width: 800, height: 600, channels: 3, background: '#3a6ea5' } })
    .jpeg()
    .toBuffer();

describe('an uploaded image', () => {
  it('becomes an avatar for two credits, in the same workflow, without a provider', async () => {
    const user = await studio.user({ credits: 10 });
    const { id } = await studio.generate(user, { upload: await photo() });
    expect(await studio.ended(id)).toMatchObject({ status: 'completed', provider: null });
    expect(await studio.credits(user)).toEqual({ posted: 8, held: 0 });
    const { items } = await listAvatars(studio.database, user.accountId, {}, { limit: 10 });
    expect(items).toMatchObject([{ sourceType: 'upload', widthPx: 800, heightPx: 600, provider: null, prompt: null }]);
    await until(async () => (await studio.objects()).every((name) => name.startsWith('avatars/')));
    expect(await studio.violations()).toEqual([]);
  });

  it('fails and returns the credits when its bytes are not an image, and leaves no objects', async () => {
    const user = await studio.user({ credits: 10 });
    const { id } = await studio.generate(user, { upload: Buffer.from('not an image') });
    expect(await studio.ended(id)).toMatchObject({ status: 'failed', failure: { code: 'corrupt_image' } });
    expect(await studio.credits(user)).toEqual({ posted: 10, held: 0 });
    await until(async () => (await studio.store.list(`avatars/${user.accountId}/`)).length === 0);
    await until(async () => (await studio.objects()).every((name) => !name.startsWith('staging/')));
  });
});
