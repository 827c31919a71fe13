import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { uploadedAvatar } from '#contract/upload.ts';
import { LEXICON } from '#domain/moderation/prompt-policy-lexicon.ts';
import { topup } from '#drizzle/ledger/topup.ts';
import { serveApi, type TestUser } from '../api/serve-api.ts';
import { photo } from './images.ts';
import { sendRejectedImage, type ImageRequest, sendImage } from './send-image.ts';
import { useUploadStudio } from './upload-studio.ts';

const upload = useUploadStudio();

const bodyOf = ({ token, projectId: id }: TestUser, image: Buffer, more: Partial<ImageRequest> = {}): ImageRequest => ({
  token,
  id,
  image,
  ...more,
});
async function send(wish: ImageRequest, address = upload.api.address) {
  const { status, body, headers } = await sendImage(address, 'uploadAvatar', wish);
  expect(status).toBe(201);
  return { body: uploadedAvatar.parse(body), headers };
}
const refused = (wish: ImageRequest) => sendRejectedImage(upload.api.address, 'uploadAvatar', wish);

describe('an image of one’s own', () => {
  it('becomes an avatar for two credits, with its words, by the one request', async () => {
    const user = await upload.api.user();
    const image = await (await photo(1)).jpeg().toBuffer();
    const fields = {
      name: 'My self',
      persona: JSON.stringify({ name: 'Me', age: 41 }),
      attributes: JSON.stringify({ gender: 'woman', style: 'noir' }),
    };
    const { body, headers } = await send(bodyOf(user, image, { fields }));
    expect(body).toMatchObject({
      projectId: user.projectId,
      name: 'My self',
      persona: { name: 'Me', age: 41 },
      attributes: { gender: 'woman', style: 'noir' },
      sourceType: 'upload',
      width: 400,
      height: 400,
      generation: { prompt: null, provider: null },
      duplicates: [],
    });
    expect(headers.get('Location')).toBe(`/api/v1/avatars/${body.id}`);
    const read = await upload.api.client.ok('readAvatar', { token: user.token, id: body.id });
    expect({ ...read.body, duplicates: [] }).toEqual(body);
    expect(await upload.creditsOf(user)).toEqual({ posted: 98, held: 0 });
    expect(await upload.objectsOf(user, 2)).toEqual([
      expect.stringMatching(/image\.webp$/),
      expect.stringMatching(/thumb\.webp$/),
    ]);
  });

  it('is made and charged once for one key, however often and at once it is sent', async () => {
    const user = await upload.api.user();
    const image = await (await photo(2)).jpeg().toBuffer();
    const wish = bodyOf(user, image, { key: randomUUID() });
    const answers = await Promise.all(Array.from({ length: 6 }, () => send(wish)));
    const [first] = answers;
    expect(new Set(answers.map(({ body }) => body.id))).toEqual(new Set([first!.body.id]));
    const replayed = await send(wish);
    expect(replayed.headers.get('Idempotent-Replayed')).toBe('true');
    expect(await upload.creditsOf(user)).toEqual({ posted: 98, held: 0 });
    await upload.objectsOf(user, 2);
  });

  it('is another request under the same key when a byte or a word of it is other', async () => {
    const user = await upload.api.user();
    const key = randomUUID();
    await send(bodyOf(user, await (await photo(3)).jpeg({ quality: 80 }).toBuffer(), { key }));
    const other = await refused(bodyOf(user, await (await photo(3)).jpeg({ quality: 81 }).toBuffer(), { key }));
    expect(other.body.code).toBe('idempotency_mismatch');
    const image = await (await photo(3)).jpeg({ quality: 80 }).toBuffer();
    expect((await refused(bodyOf(user, image, { key, fields: { name: 'Other' } }))).body.code).toBe(
      'idempotency_mismatch',
    );
    expect(await upload.creditsOf(user)).toEqual({ posted: 98, held: 0 });
  });

  it('is refused with words that break a rule, before its bytes are looked at', async () => {
    const user = await upload.api.user();
    const persona = JSON.stringify({ background: LEXICON.hate[0] });
    const { status, body } = await refused(bodyOf(user, Buffer.from('no image'), { fields: { persona } }));
    expect([status, body.code, body.rule]).toEqual([422, 'prompt_rejected', 'hate']);
    expect(body.errors?.map(({ path }) => path)).toEqual(['persona.background']);
    expect(await upload.creditsOf(user)).toEqual({ posted: 100, held: 0 });
  });

  it('that is there already is taken all the same, with a word about it', async () => {
    const user = await upload.api.user();
    const first = await send(bodyOf(user, await (await photo(4)).png().toBuffer()));
    const again = await send(bodyOf(user, await (await photo(4)).png().toBuffer()));
    const small = await send(bodyOf(user, await (await photo(4)).resize(300).jpeg({ quality: 60 }).toBuffer()));
    const other = await send(bodyOf(user, await (await photo(5)).png().toBuffer()));
    expect(first.body.duplicates).toEqual([]);
    expect(again.body.duplicates).toEqual([{ avatarId: first.body.id, match: 'exact', distance: 0 }]);
    expect(small.body.duplicates.map(({ avatarId, match }) => [avatarId, match])).toEqual([
      [again.body.id, 'near'],
      [first.body.id, 'near'],
    ]);
    expect(other.body.duplicates).toEqual([]);
    const { token } = user;
    const { body: groups } = await upload.api.client.ok('listDuplicates', { token });
    expect(groups).toMatchObject({
      data: [{ match: 'near', count: 3, keeper: { reason: 'oldest' } }],
      meta: { total: 1 },
    });
  });

  it('without credits is refused, leaves nothing in the bucket, and is taken under the same key after a top-up', async () => {
    const { database, store, temporal } = upload.studio;
    const prices = { generate: 60, preset: 60, upload: 60 };
    const dear = await serveApi({
      database,
      listenUrl: upload.urls.url,
      workflows: temporal.generations,
      store,
      prices,
    });
    const user = await dear.user();
    await send(bodyOf(user, await (await photo(6)).png().toBuffer()), dear.address);
    const left = await upload.objectsOf(user, 2);
    const wish = bodyOf(user, await (await photo(7)).png().toBuffer(), { key: randomUUID() });
    const { body } = await sendRejectedImage(dear.address, 'uploadAvatar', wish);
    expect(body).toMatchObject({ status: 402, required: 60, available: 40 });
    expect(await upload.objectsOf(user, 2)).toEqual(left);
    await topup(database, { accountId: user.accountId, amount: 20, reference: 'enough' });
    await send(wish, dear.address);
    expect(await upload.creditsOf(user)).toEqual({ posted: 0, held: 0 });
    await dear.stop();
  });

  it('for somebody else’s project is refused like one for none', async () => {
    const [user, stranger] = [await upload.api.user(), await upload.api.user()];
    const image = await (await photo(7)).jpeg().toBuffer();
    for (const id of [stranger.projectId, randomUUID()]) {
      expect((await refused({ ...bodyOf(user, image), id })).body.code).toBe('not_found');
    }
    expect(await upload.objectsOf(user, 0)).toEqual([]);
  });

  it('keeps its size up to 2048 pixels and is brought down to that', async () => {
    const user = await upload.api.user();
    const tall = await (await photo(8)).resize(1000, 4000, { fit: 'fill' }).jpeg().toBuffer();
    expect((await send(bodyOf(user, tall))).body).toMatchObject({ width: 512, height: 2048 });
  });

  it('has left a ledger without a fault', async () => {
    expect(await upload.studio.violations()).toEqual([]);
  });
});
