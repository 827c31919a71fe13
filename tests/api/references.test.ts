import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/stack.ts';
import { openStudio, type Studio } from '../support/studio.ts';
import { until } from '../support/until.ts';
import { serveApi, type ServedApi, type TestUser } from './serve-api.ts';

let urls: TestDatabase;
let studio: Studio;
let api: ServedApi;

beforeAll(async () => {
  urls = await createTestDatabase();
  studio = await openStudio({ database: urls });
  const { database, store, temporal } = studio;
  api = await serveApi({ database, listenUrl: urls.url, workflows: temporal.generations, store });
  await studio.startWorkers();
});
afterAll(async () => {
  await api.stop();
  await studio.close();
  await urls.drop();
});

type Body = NonNullable<Parameters<typeof api.client.ok<'createGeneration'>>[1]>['body'];

async function order({ token, projectId }: TestUser, body: Body) {
  return (await api.client.ok('createGeneration', { token, id: projectId, body: body! })).body;
}

async function made(user: TestUser, body: Body) {
  const { id } = await order(user, body);
  await studio.ended(id);
  return (await api.client.ok('readGeneration', { token: user.token, id })).body;
}

/** An avatar to begin with: drawn by the illustrator, so that the providers' ledger begins empty. */
async function original(user: TestUser) {
  const { avatar } = await made(user, {
    sourceType: 'text_to_image',
    prompt: 'an archmage in a tower',
    style: 'fantasy',
    attributes: { gender: 'woman', hairColor: 'silver' },
    persona: { name: 'Ysolde' },
    options: { provider: 'illustrator', size: 512, seed: 41 },
  });
  studio.replicate.reset();
  return avatar!;
}

async function uploaded({ accountId }: TestUser): Promise<string> {
  const id = randomUUID();
  const object = `uploads/${accountId}/${id}`;
  const bytes = await sharp({ create: { width: 400, height: 300, channels: 3, background: '#204080' } })
    .webp()
    .toBuffer();
  await studio.store.write(object, bytes, { contentType: 'image/webp', immutable: false });
  await studio.database.call(
    'test.upload',
    `INSERT INTO uploads (id, account_id, object, mime_type, bytes, width, height, sha256, expires_at)
     VALUES ($1, $2, $3, 'image/webp', $4, 400, 300, $5, now() + interval '1 day')`,
    [id, accountId, object, bytes.length, 'a'.repeat(64)],
  );
  return id;
}

const fromAvatar = (avatarId: string) => ({ sourceType: 'from_reference', reference: { avatarId } }) as const;

describe('a generation that begins with an avatar', () => {
  it.each([
    ['reference', {}, 'black-forest-labs/flux-kontext-pro'],
    ['style', { style: 'clay' }, 'black-forest-labs/flux-kontext-pro'],
    ['variation', {}, 'black-forest-labs/flux-redux-dev'],
    ['variation', { strength: 0.3 }, 'black-forest-labs/flux-dev'],
  ] as const)('by %s %j is painted by %s, which gets its image', async (mode, more, model) => {
    const user = await api.user();
    const { id } = await original(user);
    const ended = await made(user, { ...fromAvatar(id), mode, ...more });
    expect(ended).toMatchObject({
      status: 'completed',
      sourceType: 'from_reference',
      request: { mode, reference: { avatarId: id } },
    });
    const [paid, ...others] = studio.replicate.ledger();
    expect(others).toEqual([]);
    expect(paid).toMatchObject({ model, seed: ended.seed });
    expect((await sharp(paid!.image).metadata()).format).toBe('jpeg');
    expect(ended.avatar?.generation).toMatchObject({ seed: ended.seed, provider: 'replicate' });
    studio.replicate.reset();
  });

  it('keeps who it is: words, looks, persona; a style the seed, a variation a neighbor of it', async () => {
    const user = await api.user();
    const { id } = await original(user);
    const options = { provider: 'illustrator', size: 512 } as const;
    const styled = await made(user, { ...fromAvatar(id), mode: 'style', style: 'noir', options });
    expect(styled.avatar).toMatchObject({
      name: 'Ysolde',
      persona: { name: 'Ysolde' },
      attributes: { gender: 'woman', hairColor: 'silver' },
      generation: { seed: 41 },
    });
    const varied = await made(user, { ...fromAvatar(id), mode: 'variation', options });
    expect(varied.seed! - 41).toBeGreaterThan(0);
    expect(varied.seed! - 41).toBeLessThanOrEqual(1000);
    const followed = await made(user, { ...fromAvatar(id), prompt: 'a pirate', options });
    expect(followed.avatar).toMatchObject({ name: 'A pirate', persona: {}, attributes: { hairColor: 'silver' } });
  });

  it('is kept with all that is needed to make it again, print finish included', async () => {
    const user = await api.user();
    const { id } = await original(user);
    const options = { provider: 'illustrator', size: 512, quality: 'high' } as const;
    const { avatar } = await made(user, { ...fromAvatar(id), mode: 'variation', strength: 0.5, options });
    expect(avatar).toMatchObject({ width: 2048, height: 2048 });
    expect(avatar?.generation.recipe).toEqual({
      mode: 'variation',
      strength: 0.5,
      reference: { avatarId: id, uploadId: null, seed: 41 },
      presetId: null,
      aspectRatio: '1:1',
      size: 512,
      quality: 'high',
      finish: 'print',
    });
  });

  it('can be asked for many at once', async () => {
    const user = await api.user();
    const { id } = await original(user);
    const options = { provider: 'illustrator', size: 512 } as const;
    const request = { ...fromAvatar(id), mode: 'variation', strength: 0.5, options } as const;
    const body = { request, count: 3, vary: 'seed' } as const;
    const { body: batch } = await api.client.ok('createBatch', { token: user.token, id: user.projectId, body });
    for (const member of batch.generations) expect((await studio.ended(member.id)).status).toBe('completed');
    expect(new Set(batch.generations.map(({ seed }) => seed)).size).toBe(3);
  });

  it('ends with its credits back, and says why, when the original is deleted before it is painted', async () => {
    const user = await api.user({ tier: 'plus' });
    const { id } = await original(user);
    studio.replicate.script({ on: 'create', fault: 'rate_limited', retryAfterS: 2 });
    const { id: generationId } = await order(user, { ...fromAvatar(id), mode: 'style', style: 'noir' });
    await until(() => isPainting(generationId), { what: 'the first try' });
    await api.client.raw('deleteAvatar', { token: user.token, id, query: { forever: 'true' } });
    const row = await studio.ended(generationId);
    expect(row).toMatchObject({ status: 'failed', failure: { code: 'reference_gone' }, creditsReturned: true });
    expect(studio.replicate.ledger()).toEqual([]);
    const retry = await api.client.problem('retryGeneration', { token: user.token, id: generationId });
    expect(retry.body.code).toBe('conflict');
    studio.replicate.reset();
  });
});

describe('a generation that begins with an upload', () => {
  it('hands its bytes to the provider', async () => {
    const user = await api.user();
    const uploadId = await uploaded(user);
    const ended = await made(user, { sourceType: 'from_reference', reference: { uploadId }, prompt: 'a sailor' });
    expect(ended.status).toBe('completed');
    const { dominant } = await sharp(studio.replicate.ledger()[0]!.image).stats();
    expect(dominant.b).toBeGreaterThan(dominant.r);
    studio.replicate.reset();
  });

  it("is refused for somebody else's image as for a missing one", async () => {
    const [user, other] = [await api.user(), await api.user()];
    const [uploadId, avatar] = [await uploaded(other), await original(other)];
    for (const reference of [{ uploadId }, { avatarId: avatar.id }]) {
      const body = { sourceType: 'from_reference', reference } as const;
      const theirs = await api.client.problem('createGeneration', { token: user.token, id: user.projectId, body });
      const key = Object.keys(reference)[0]!;
      const missing = await api.client.problem('createGeneration', {
        token: user.token,
        id: user.projectId,
        body: { ...body, reference: { [key]: randomUUID() } },
      });
      expect({ ...theirs.body, requestId: '' }).toEqual({ ...missing.body, requestId: '' });
    }
  });
});

describe('what does not go together', () => {
  const reference = { avatarId: randomUUID() };
  it.each([
    ['a reference without from_reference', { sourceType: 'text_to_image', prompt: 'x', reference }, 'reference'],
    ['from_reference without one', { sourceType: 'from_reference' }, 'reference'],
    ['both images', { sourceType: 'from_reference', reference: { ...reference, uploadId: randomUUID() } }, 'reference'],
    ['a mode for words alone', { sourceType: 'text_to_image', prompt: 'x', mode: 'style', style: 'noir' }, 'mode'],
    [
      'a variation of an upload',
      { sourceType: 'from_reference', reference: { uploadId: randomUUID() }, mode: 'variation' },
      'reference',
    ],
    ['a style transfer without a style', { sourceType: 'from_reference', reference, mode: 'style' }, 'style'],
    [
      'a strength of a style',
      { sourceType: 'from_reference', reference, mode: 'style', style: 'noir', strength: 0.5 },
      'strength',
    ],
    ['too much strength', { sourceType: 'from_reference', reference, mode: 'variation', strength: 1.5 }, 'strength'],
  ])('is refused: %s', async (_what, body, path) => {
    const { token, projectId } = await api.user();
    const { body: problem } = await api.client.problem('createGeneration', { token, id: projectId, body });
    expect(problem.code).toBe('validation_failed');
    expect(problem.errors?.map((error) => error.path)).toContain(path);
  });
});

it('has left a ledger without a fault', async () => {
  expect(await studio.violations()).toEqual([]);
});

async function isPainting(id: string): Promise<boolean> {
  const [row] = await studio.database.call<{ state: string }>(
    'test.attempt',
    'SELECT state FROM provider_attempts WHERE generation_id = $1',
    [id],
  );
  return row !== undefined;
}
