import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { readAccount } from '#drizzle/queries/accounts/accounts.ts';
import { record } from '#drizzle/ledger/record.ts';
import type { TestUser } from '#tests/api/serve-api.ts';
import { testApi } from '#tests/api/test-api.ts';
import { admitted, anAvatar } from '#tests/support/database/world.ts';

const studio = testApi();
const PERSONA = { name: 'Ysolde', age: 61, personality: ['wry'], background: 'Keeps the light.' };

/** An avatar of the user with a red image in the bucket. */
async function createAvatar(user: TestUser): Promise<string> {
  const { database } = studio.fixture;
  const account = (await readAccount(database, user.accountId))!;
  const generation = await admitted(database, { account, projectId: user.projectId });
  const avatar = anAvatar(user.accountId, { name: 'Ysolde', persona: PERSONA });
  await record(database, generation.id, avatar);
  const bytes = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#c81e1e' } })
    .webp()
    .toBuffer();
  await studio.store.write(avatar.image.object, bytes, { contentType: 'image/webp', immutable: true });
  return avatar.id;
}

/** With an ETag, sends what a browser's cache sends; fetch on its own would forbid 304. */
const card = (token: string, id: string, etag?: string | null) => {
  const headers = etag ? { 'If-None-Match': etag, 'Cache-Control': 'max-age=0' } : {};
  return studio.client.raw('readPersonaCard', { token, id, headers });
};
const redness = async (answer: Response) => {
  const left = sharp(Buffer.from(await answer.arrayBuffer())).extract({ left: 0, top: 0, width: 600, height: 600 });
  const { channels } = await sharp(await left.png().toBuffer()).stats();
  return channels[0]!.mean - channels[1]!.mean;
};

describe('GET /avatars/:id/sheet', () => {
  it('returns the persona as fields and as text', async () => {
    const user = await studio.user();
    const id = await createAvatar(user);
    const { body } = await studio.client.ok('readPersonaSheet', { token: user.token, id });
    expect(body).toMatchObject({
      avatarId: id,
      name: 'Ysolde',
      persona: PERSONA,
      cardUrl: `/api/v1/avatars/${id}/card`,
    });
    expect(body.lines[0]).toBe('61 years old, wry');
    expect((await fetch(body.imageUrl!)).status).toBe(200);
  });
});

describe('GET /avatars/:id/card', () => {
  it('returns the sheet as a JPEG, and 304 until the avatar changes', async () => {
    const user = await studio.user();
    const id = await createAvatar(user);
    const first = await card(user.token, id);
    expect([first.status, first.headers.get('Content-Type')]).toEqual([200, 'image/jpeg']);
    expect(await redness(first)).toBeGreaterThan(100);
    const etag = first.headers.get('ETag');
    expect((await card(user.token, id, etag)).status).toBe(304);
    await studio.client.ok('updateAvatar', { token: user.token, id, body: { persona: { age: 62 } } });
    expect((await card(user.token, id, etag)).status).toBe(200);
  });

  it('leaves an image in review blank, as the sheet does, and draws it once it is approved', async () => {
    const user = await studio.user();
    const id = await createAvatar(user);
    const review = (state: string) =>
      studio.fixture.owner.query('UPDATE avatars SET review = $2 WHERE id = $1', [id, state]);
    await review('needs_review');
    const blank = await card(user.token, id);
    expect(await redness(blank)).toBeLessThan(20);
    const { body } = await studio.client.ok('readPersonaSheet', { token: user.token, id });
    expect([body.imageUrl, body.thumbnailUrl]).toEqual([null, null]);
    await review('approved');
    expect(await redness(await card(user.token, id, blank.headers.get('ETag')))).toBeGreaterThan(100);
  });

  it("answers 404 for another user's avatar, as the sheet does", async () => {
    const id = await createAvatar(await studio.user());
    const { token } = await studio.user();
    for (const name of ['readPersonaSheet', 'readPersonaCard'] as const) {
      const answers = await Promise.all(
        [id, randomUUID()].map((avatarId) => studio.client.problem(name, { token, id: avatarId })),
      );
      expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
        [404, 'not_found'],
        [404, 'not_found'],
      ]);
    }
  });
});
