import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { record } from '#drizzle/ledger/record.ts';
import type { TestUser } from '#tests/api/serve-api.ts';
import { testApi } from '#tests/api/test-api.ts';

const studio = testApi();

/** An avatar that was made and paid for; its images need not exist to be signed for. */
async function delivered({ token, projectId, accountId }: TestUser, name: string): Promise<string> {
  const body = { sourceType: 'text_to_image', prompt: `a portrait of ${name}` } as const;
  const { body: generation } = await studio.client.ok('createGeneration', { token, id: projectId, body });
  const id = randomUUID();
  await record(studio.fixture.database, generation.id, {
    id,
    name,
    persona: { name, age: 30 },
    attributes: { gender: 'woman', ageRange: '30s' },
    style: 'noir',
    prompt: `A portrait of ${name}.`,
    seed: 7,
    provider: 'illustrator',
    model: 'illustrator-1',
    costUsd: 0,
    credit: 'Drawn by somebody, CC BY 4.0',
    image: { object: `avatars/${accountId}/${id}/image.webp`, bytes: 100, sha256: 'a'.repeat(64) },
    thumbnail: { object: `avatars/${accountId}/${id}/thumb.webp`, bytes: 10 },
    widthPx: 1024,
    heightPx: 1024,
    thumbhash: 'YTkGJwaRhWUIt4lbgnhZl3ath2BUBGYA',
  });
  return id;
}

describe('avatars', () => {
  it('are shown with signed images, with how they were made, and on their project and generation', async () => {
    const user = await studio.user();
    const id = await delivered(user, 'Ada');
    const { body } = await studio.client.ok('readAvatar', { token: user.token, id });
    expect(body).toMatchObject({
      name: 'Ada',
      attributes: { style: 'noir' },
      generation: { model: 'Illustrator', seed: 7 },
    });
    for (const url of [body.imageUrl, body.thumbnailUrl]) expect(url).toMatch(/X-Goog-Signature=/);
    const generation = await studio.client.ok('readGeneration', { token: user.token, id: body.generation.id });
    expect(generation.body).toMatchObject({ status: 'completed', stage: 'done', avatar: body });
    const project = await studio.client.ok('readProject', { token: user.token, id: user.projectId });
    expect(project.body).toMatchObject({ avatarCount: 1, covers: [{ placeholder: body.placeholder }] });
    const credits = await studio.client.ok('readCredits', { token: user.token });
    expect(credits.body).toEqual({ posted: 90, held: 0, available: 90 });
  });

  it('keep one address for a while, so that a browser keeps the image', async () => {
    const user = await studio.user();
    const id = await delivered(user, 'Bea');
    const read = () => studio.client.ok('readAvatar', { token: user.token, id });
    expect((await read()).body.imageUrl).toBe((await read()).body.imageUrl);
  });

  it('are listed by what is looked for', async () => {
    const user = await studio.user();
    const [ada, bea] = [await delivered(user, 'Ada'), await delivered(user, 'Bea 100%')];
    const find = async (query: Record<string, string>) => {
      const { body } = await studio.client.ok('listProjectAvatars', {
        token: user.token,
        id: user.projectId,
        query,
      });
      return body.data.map(({ id }) => id);
    };
    expect(await find({})).toEqual([bea, ada]);
    expect(await find({ q: 'ada' })).toEqual([ada]);
    expect(await find({ q: '0%' })).toEqual([bea]);
    expect(await find({ style: 'noir', gender: 'woman', ageRange: '30s' })).toHaveLength(2);
    expect(await find({ style: 'anime' })).toEqual([]);
    expect(await find({ limit: '1' })).toEqual([bea]);
  });

  it("of somebody else's are not found", async () => {
    const user = await studio.user();
    const id = await delivered(user, 'Cleo');
    const { token } = await studio.user();
    expect((await studio.client.problem('readAvatar', { token, id })).status).toBe(404);
    expect((await studio.client.problem('listProjectAvatars', { token, id: user.projectId })).status).toBe(404);
  });
});

describe('the statement', () => {
  it('lists every movement, newest first', async () => {
    const user = await studio.user();
    await delivered(user, 'Ada');
    const { body } = await studio.client.ok('listTransfers', { token: user.token });
    expect(body.data.map(({ kind, amount }) => [kind, amount])).toEqual([
      ['capture', 10],
      ['reserve', 10],
      ['topup', 100],
    ]);
    const page = await studio.client.ok('listTransfers', { token: user.token, query: { limit: '2' } });
    const query = { cursor: page.body.meta.nextCursor ?? '' };
    const rest = await studio.client.ok('listTransfers', { token: user.token, query });
    expect(rest.body.data.map(({ kind }) => kind)).toEqual(['topup']);
  });

  it('goes with the price list', async () => {
    const { token } = await studio.user();
    const { body } = await studio.client.ok('readPrices', { token });
    expect(body).toEqual({ generate: 10, preset: 8, upload: 2 });
  });
});
