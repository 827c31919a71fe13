import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { record } from '#drizzle/ledger/record.ts';
import type { TestUser } from '#tests/api/serve-api.ts';
import { testApi } from '#tests/api/test-api.ts';

const studio = testApi();

/** A generated avatar; its images need not exist for their URLs to be signed. */
async function createAvatar({ token, projectId, accountId }: TestUser, name: string): Promise<string> {
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

describe('GET /avatars/:id', () => {
  it('returns signed image URLs and generation details, as do the project and the generation', async () => {
    const user = await studio.user();
    const id = await createAvatar(user, 'Ada');
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

  it('returns the same image URL for a while, so that browsers can cache the image', async () => {
    const user = await studio.user();
    const id = await createAvatar(user, 'Bea');
    const read = () => studio.client.ok('readAvatar', { token: user.token, id });
    expect((await read()).body.imageUrl).toBe((await read()).body.imageUrl);
  });
});

describe('GET /projects/:id/avatars', () => {
  it('filters by text, style, gender and age range', async () => {
    const user = await studio.user();
    const [ada, bea] = [await createAvatar(user, 'Ada'), await createAvatar(user, 'Bea 100%')];
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

  it("answers 404 for another user's project, as reading its avatar does", async () => {
    const user = await studio.user();
    const id = await createAvatar(user, 'Cleo');
    const { token } = await studio.user();
    expect((await studio.client.problem('readAvatar', { token, id })).status).toBe(404);
    expect((await studio.client.problem('listProjectAvatars', { token, id: user.projectId })).status).toBe(404);
  });
});

describe('GET /credits/transfers', () => {
  it('lists every transfer, newest first', async () => {
    const user = await studio.user();
    await createAvatar(user, 'Ada');
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
});

describe('GET /credits/prices', () => {
  it('returns the price of each kind of generation', async () => {
    const { token } = await studio.user();
    const { body } = await studio.client.ok('readPrices', { token });
    expect(body).toEqual({ generate: 10, preset: 8, upload: 2 });
  });
});
