import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { StorageFailure, type ImageStore } from '#activities/storage/port.ts';
import { uploadedAvatar } from '#contract/upload.ts';
import { serveApi, type ServedApi, type TestUser } from '../api/serve-api.ts';
import { photo } from './images.ts';
import { sendRejectedImage, type ImageRequest, sendImage } from './send-image.ts';
import { useUploadStudio } from './upload-studio.ts';

const upload = useUploadStudio({ workers: false });

/** An API whose bucket can fail. */
let api: ServedApi;
let bucketUnavailable = false;

beforeAll(async () => {
  const { database, store, temporal } = upload.studio;
  const failingStore: ImageStore = {
    ...store,
    async write(...args) {
      if (bucketUnavailable) throw new StorageFailure('unavailable', 'unavailable in this test');
      return store.write(...args);
    },
  };
  api = await serveApi({ database, listenUrl: upload.urls.url, workflows: temporal.generations, store: failingStore });
});
afterAll(() => api.stop());

async function requestOf({ token, projectId: id }: TestUser, seed: number): Promise<ImageRequest> {
  return { token, id, key: randomUUID(), image: await (await photo(seed)).jpeg().toBuffer() };
}

it('an upload during a bucket outage is answered with 503 without a charge, and is accepted later under the same key', async () => {
  const user = await api.user();
  const request = await requestOf(user, 1);
  bucketUnavailable = true;
  for (const route of ['uploadAvatar', 'createUpload'] as const) {
    const { body, headers } = await sendRejectedImage(api.address, route, request);
    expect(body.code).toBe('unavailable');
    expect(headers.get('Retry-After')).toBeTruthy();
  }
  bucketUnavailable = false;
  expect(await upload.creditsOf(user)).toEqual({ posted: 100, held: 0 });
  expect((await sendImage(api.address, 'createUpload', request)).status).toBe(201);
});

it('an upload without a running worker is accepted, and becomes an avatar once a worker starts', async () => {
  const user = await api.user();
  const request = await requestOf(user, 2);
  const { status, body, headers } = await sendImage(api.address, 'uploadAvatar', request);
  expect(status).toBe(202);
  expect(body).toMatchObject({ sourceType: 'upload', status: 'requested', avatar: null });
  expect(headers.get('Location')).toBe(`/api/v1/generations/${body.id}`);
  await upload.studio.startWorkers();
  expect(await upload.studio.ended(body.id)).toMatchObject({ status: 'completed' });
  const replayed = await sendImage(api.address, 'uploadAvatar', request);
  expect(replayed.status).toBe(201);
  expect(uploadedAvatar.parse(replayed.body)).toMatchObject({ generation: { id: body.id }, sourceType: 'upload' });
  expect(await upload.creditsOf(user)).toEqual({ posted: 98, held: 0 });
});

it('a failed upload cannot be retried without its image', async () => {
  const user = await api.user();
  const { accountId, projectId, token } = user;
  const { id } = await upload.studio.generate(
    { accountId, projectId, tier: 'free' },
    { upload: Buffer.from('the bytes were lost') },
  );
  expect(await upload.studio.ended(id)).toMatchObject({ status: 'failed', creditsReturned: true });
  const { body } = await api.client.problem('retryGeneration', { token, id });
  expect(body).toMatchObject({ code: 'conflict', detail: 'The uploaded image was not stored: upload it again.' });
});
