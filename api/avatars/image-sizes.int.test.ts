import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { createRemoveOrphanedObjects } from '#activities/removal/remove-orphaned-objects.ts';
import { IMAGE_SIZES } from '#domain/avatar/image-size.ts';
import { listRegistered } from '#drizzle/queries/objects/inventory.ts';
import { deliveredAvatar } from '#tests/api/delivered-avatar.ts';
import type { TestUser } from '#tests/api/serve-api.ts';
import { testApi } from '#tests/api/test-api.ts';
import { anAvatar } from '#tests/support/database/world.ts';
import { readProvenance } from '#tests/support/read-provenance.ts';

const studio = testApi();

/** An avatar whose image is stored, and the folder of its objects. */
async function avatarOf(user: TestUser, { width = 600, height = 800 } = {}) {
  const avatar = anAvatar(user.accountId);
  const image = await sharp({ create: { width, height, channels: 3, background: 'teal' } })
    .webp()
    .toBuffer();
  await studio.store.write(avatar.image.object, image, { contentType: 'image/webp', immutable: true });
  const { id } = await deliveredAvatar(studio, user, avatar);
  const folder = avatar.image.object.slice(0, -'image.webp'.length);
  return { id, folder, image };
}

const readImages = async (token: string, id: string) => (await studio.client.ok('readImages', { token, id })).body;
const bytesAt = async (url: string) => Buffer.from(await (await fetch(url)).arrayBuffer());
const namesIn = async (folder: string) =>
  (await studio.store.list(folder)).map(({ name }) => name.slice(folder.length)).toSorted();
const SIZED = IMAGE_SIZES.map((size) => `${size}.webp`);

describe('GET /avatars/:id/images', () => {
  it('stores each size once, at the first request, also for requests at the same time', async () => {
    const user = await studio.user();
    const { id, folder, image } = await avatarOf(user);
    expect(await namesIn(folder)).toEqual(['image.webp']);
    const [first, ...others] = await Promise.all(Array.from({ length: 4 }, () => readImages(user.token, id)));
    for (const other of others) expect(other).toEqual(first);
    expect(await namesIn(folder)).toEqual([...SIZED, 'image.webp'].toSorted());
    const { provenance } = (await studio.client.ok('readAvatar', { token: user.token, id })).body;
    for (const size of IMAGE_SIZES) {
      const bytes = await bytesAt(first![size]);
      expect(await sharp(bytes).metadata()).toMatchObject({ format: 'webp', height: Number(size) });
      expect(readProvenance(bytes)?.digitalSourceType).toBe(provenance!.digitalSourceType);
    }
    expect((await bytesAt(first!.original)).equals(image)).toBe(true);
  });

  it('enlarges nothing', async () => {
    const user = await studio.user();
    const { id } = await avatarOf(user, { width: 200, height: 100 });
    const images = await readImages(user.token, id);
    const widths = await Promise.all(
      IMAGE_SIZES.map(async (size) => (await sharp(await bytesAt(images[size])).metadata()).width),
    );
    expect(widths).toEqual([128, 200, 200]);
  });

  it('writes again what a crash left registered but not written', async () => {
    const user = await studio.user();
    const { id, folder } = await avatarOf(user);
    await readImages(user.token, id);
    await studio.store.remove(`${folder}128.webp`);
    await studio.fixture.owner.query('UPDATE stored_objects SET bytes = 0 WHERE name = $1', [`${folder}128.webp`]);
    const images = await readImages(user.token, id);
    expect((await sharp(await bytesAt(images[128])).metadata()).height).toBe(128);
  });

  it('counts them as the account’s bytes, and they go with the avatar', async () => {
    const user = await studio.user();
    const [gone, left] = [await avatarOf(user), await avatarOf(user)];
    for (const { id } of [gone, left]) await readImages(user.token, id);
    const range = { prefix: 'avatars/', after: gone.folder, through: `${gone.folder}~` };
    const rows = await listRegistered(studio.fixture.database, range, { limit: 10, settledMs: -1_000 });
    const sizes = rows.filter(({ kind }) => kind === 'size');
    expect(sizes).toHaveLength(SIZED.length);
    for (const row of sizes) expect(row).toMatchObject({ isStored: true, isNeeded: true });
    await studio.client.ok('deleteAvatar', { token: user.token, id: gone.id, query: { forever: 'true' } });
    const { database } = studio.fixture;
    await createRemoveOrphanedObjects({ database, store: studio.store })({ accountId: user.accountId });
    expect(await namesIn(gone.folder)).toEqual([]);
    expect(await namesIn(left.folder)).toEqual([...SIZED, 'image.webp'].toSorted());
  });

  it('shows nothing of a hidden avatar, of another user’s, or of one whose image is missing', async () => {
    const [user, stranger] = [await studio.user(), await studio.user()];
    const [hidden, missing] = [await avatarOf(user), await avatarOf(user)];
    await studio.fixture.owner.query(`UPDATE avatars SET review = 'taken_down' WHERE id = $1`, [hidden.id]);
    await studio.store.remove(`${missing.folder}image.webp`);
    for (const [token, id] of [
      [user.token, hidden.id],
      [stranger.token, hidden.id],
      [user.token, missing.id],
    ] as const) {
      expect((await studio.client.problem('readImages', { token, id })).status).toBe(404);
    }
    expect(await namesIn(hidden.folder)).toEqual(['image.webp']);
    expect(await namesIn(missing.folder)).toEqual([]);
  });

  it('gives them to a service on behalf of a user', async () => {
    const user = await studio.user();
    const { id } = await avatarOf(user);
    const token = await studio.tokens.forService({ sub: 'chat', scopes: ['avatars:read'] });
    const { body } = await studio.client.ok('readImages', { token, id, headers: { 'X-On-Behalf-Of': user.subject } });
    expect(Object.keys(body)).toEqual([...IMAGE_SIZES, 'original']);
  });
});
