import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { StorageFailure, type ImageStore } from '#activities/storage/port.ts';
import { uploadedAvatar } from '#contract/upload.ts';
import { serveApi, type ServedApi, type TestUser } from '../api/serve-api.ts';
import { photo } from './images.ts';
import { sendRejectedImage, type ImageRequest, sendImage } from './send-image.ts';
import { useUploadStudio } from './upload-studio.ts';

const upload = useUploadStudio({ workers: false });

/** An API whose bucket can be taken away from it. */
let api: ServedApi;
let bucketAway = false;

beforeAll(async () => {
  const { database, store, temporal } = upload.studio;
  const mayFail: ImageStore = {
    ...store,
    async write(...what) {
      if (bucketAway) throw new StorageFailure('unavailable', 'away, as the test says');
      return store.write(...what);
    },
  };
  api = await serveApi({ database, listenUrl: upload.urls.url, workflows: temporal.generations, store: mayFail });
});
afterAll(() => api.stop());

async function bodyOf({ token, projectId: id }: TestUser, seed: number): Promise<ImageRequest> {
  return { token, id, key: randomUUID(), image: await (await photo(seed)).jpeg().toBuffer() };
}

it('with the bucket away an image is refused for now, costs nothing, and is taken later under the same key', async () => {
  const user = await api.user();
  const wish = await bodyOf(user, 1);
  bucketAway = true;
  for (const route of ['uploadAvatar', 'createUpload'] as const) {
    const { body, headers } = await sendRejectedImage(api.address, route, wish);
    expect(body.code).toBe('unavailable');
    expect(headers.get('Retry-After')).toBeTruthy();
  }
  bucketAway = false;
  expect(await upload.creditsOf(user)).toEqual({ posted: 100, held: 0 });
  expect((await sendImage(api.address, 'createUpload', wish)).status).toBe(201);
});

it('with no worker there an image is accepted and kept, and is an avatar when one comes', async () => {
  const user = await api.user();
  const wish = await bodyOf(user, 2);
  const { status, body, headers } = await sendImage(api.address, 'uploadAvatar', wish);
  expect(status).toBe(202);
  expect(body).toMatchObject({ sourceType: 'upload', status: 'requested', avatar: null });
  expect(headers.get('Location')).toBe(`/api/v1/generations/${body.id}`);
  await upload.studio.startWorkers();
  expect(await upload.studio.ended(body.id)).toMatchObject({ status: 'completed' });
  const replayed = await sendImage(api.address, 'uploadAvatar', wish);
  expect(replayed.status).toBe(201);
  expect(uploadedAvatar.parse(replayed.body)).toMatchObject({ generation: { id: body.id }, sourceType: 'upload' });
  expect(await upload.creditsOf(user)).toEqual({ posted: 98, held: 0 });
});

it('one that failed can’t be asked for again without its image', async () => {
  const user = await api.user();
  const { accountId, projectId, token } = user;
  const { id } = await upload.studio.generate(
    { accountId, projectId, tier: 'free' },
    { upload: Buffer.from('the bytes were lost') },
  );
  expect(await upload.studio.ended(id)).toMatchObject({ status: 'failed', creditsReturned: true });
  const { body } = await api.client.problem('retryGeneration', { token, id });
  expect(body).toMatchObject({ code: 'conflict', detail: 'The uploaded image was not stored: upload it again' });
});
