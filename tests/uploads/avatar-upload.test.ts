import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { uploadedAvatar } from '#contract/upload.ts';
import { LEXICON } from '#domain/moderation/prompt-lexicon.ts';
import { topup } from '#drizzle/ledger/topup.ts';
import { serveApi } from '../api/serve-api.ts';
import { photo, withOrientation } from './images.ts';
import { sendRejectedImage, type ImageRequest, sendImage, requestOf } from './send-image.ts';
import { useUploadStudio } from './upload-studio.ts';

const upload = useUploadStudio();

async function send(request: ImageRequest, address = upload.api.address) {
  const { status, body, headers } = await sendImage(address, 'uploadAvatar', request);
  expect(status).toBe(201);
  return { body: uploadedAvatar.parse(body), headers };
}
const sendRejected = (request: ImageRequest) => sendRejectedImage(upload.api.address, 'uploadAvatar', request);

describe('an uploaded avatar', () => {
  it('is created for two credits with its name, persona and attributes in one request', async () => {
    const user = await upload.api.user();
    const image = await (await photo(1)).jpeg().toBuffer();
    const fields = {
      name: 'Self-portrait',
      persona: JSON.stringify({ name: 'Me', age: 41 }),
      attributes: JSON.stringify({ gender: 'woman', style: 'noir' }),
    };
    const { body, headers } = await send(requestOf(user, image, { fields }));
    expect(body).toMatchObject({
      projectId: user.projectId,
      name: 'Self-portrait',
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

  it('is created and charged once per idempotency key, also for concurrent requests', async () => {
    const user = await upload.api.user();
    const image = await (await photo(2)).jpeg().toBuffer();
    const request = requestOf(user, image, { key: randomUUID() });
    const answers = await Promise.all(Array.from({ length: 6 }, () => send(request)));
    const [first] = answers;
    expect(new Set(answers.map(({ body }) => body.id))).toEqual(new Set([first!.body.id]));
    const replayed = await send(request);
    expect(replayed.headers.get('Idempotent-Replayed')).toBe('true');
    expect(await upload.creditsOf(user)).toEqual({ posted: 98, held: 0 });
    await upload.objectsOf(user, 2);
  });

  it('is refused under a used key when a byte or a field differs', async () => {
    const user = await upload.api.user();
    const key = randomUUID();
    await send(requestOf(user, await (await photo(3)).jpeg({ quality: 80 }).toBuffer(), { key }));
    const other = await sendRejected(requestOf(user, await (await photo(3)).jpeg({ quality: 81 }).toBuffer(), { key }));
    expect(other.body.code).toBe('idempotency_mismatch');
    const image = await (await photo(3)).jpeg({ quality: 80 }).toBuffer();
    expect((await sendRejected(requestOf(user, image, { key, fields: { name: 'Other' } }))).body.code).toBe(
      'idempotency_mismatch',
    );
    expect(await upload.creditsOf(user)).toEqual({ posted: 98, held: 0 });
  });

  it('is refused for text that violates a rule before its bytes are read', async () => {
    const user = await upload.api.user();
    const persona = JSON.stringify({ background: LEXICON.hate[0] });
    const { status, body } = await sendRejected(requestOf(user, Buffer.from('no image'), { fields: { persona } }));
    expect([status, body.code, body.rule]).toEqual([422, 'prompt_not_allowed', 'hate']);
    expect(body.errors?.map(({ path }) => path)).toEqual(['persona.background']);
    expect(await upload.creditsOf(user)).toEqual({ posted: 100, held: 0 });
  });

  it('is accepted when it duplicates another avatar, and lists the duplicates', async () => {
    const user = await upload.api.user();
    const first = await send(requestOf(user, await (await photo(4)).png().toBuffer()));
    const again = await send(requestOf(user, await (await photo(4)).png().toBuffer()));
    const small = await send(requestOf(user, await (await photo(4)).resize(300).jpeg({ quality: 60 }).toBuffer()));
    const other = await send(requestOf(user, await (await photo(5)).png().toBuffer()));
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

  it('is refused without credits, leaves nothing in the bucket, and is accepted under the same key after a top-up', async () => {
    const { database, store, temporal } = upload.studio;
    const prices = { generate: 60, preset: 60, upload: 60 };
    const expensive = await serveApi({
      database,
      listenUrl: upload.urls.url,
      workflows: temporal.generations,
      store,
      prices,
    });
    const user = await expensive.user();
    await send(requestOf(user, await (await photo(6)).png().toBuffer()), expensive.address);
    const left = await upload.objectsOf(user, 2);
    const request = requestOf(user, await (await photo(7)).png().toBuffer(), { key: randomUUID() });
    // Refused before a byte is decoded: an image or not.
    for (const image of [request.image, Buffer.from('no image')]) {
      const { body } = await sendRejectedImage(expensive.address, 'uploadAvatar', { ...request, image });
      expect(body).toMatchObject({ status: 402, required: 60, available: 40 });
    }
    expect(await upload.objectsOf(user, 2)).toEqual(left);
    await topup(database, { accountId: user.accountId, amount: 20, reference: 'enough' });
    await send(request, expensive.address);
    expect(await upload.creditsOf(user)).toEqual({ posted: 0, held: 0 });
    await expensive.stop();
  });

  it('keeps the part that is asked for, and is another request for another part', async () => {
    const user = await upload.api.user();
    const image = await withOrientation(6);
    const key = randomUUID();
    const part = (x: number) => ({ crop: JSON.stringify({ x, y: 0, width: 300, height: 300 }) });
    const { body } = await send(requestOf(user, image, { key, fields: part(0) }));
    expect(body).toMatchObject({ width: 300, height: 300 });
    const other = await sendRejected(requestOf(user, image, { key, fields: part(100) }));
    expect(other.body.code).toBe('idempotency_mismatch');
    const beyond = await sendRejected(requestOf(user, image, { fields: part(101) }));
    expect(beyond.body).toMatchObject({ code: 'validation_failed', errors: [{ path: 'crop' }] });
    expect(await upload.creditsOf(user)).toEqual({ posted: 98, held: 0 });
  });

  it('is refused for another user’s project like for a missing one', async () => {
    const [user, stranger] = [await upload.api.user(), await upload.api.user()];
    const image = await (await photo(7)).jpeg().toBuffer();
    for (const id of [stranger.projectId, randomUUID()]) {
      expect((await sendRejected({ ...requestOf(user, image), id })).body.code).toBe('not_found');
    }
    expect(await upload.objectsOf(user, 0)).toEqual([]);
  });

  it('is scaled down to at most 2048 pixels a side', async () => {
    const user = await upload.api.user();
    const tall = await (await photo(8)).resize(1000, 4000, { fit: 'fill' }).jpeg().toBuffer();
    expect((await send(requestOf(user, tall))).body).toMatchObject({ width: 512, height: 2048 });
  });

  it('leaves a ledger without violations', async () => {
    expect(await upload.studio.violations()).toEqual([]);
  });
});
