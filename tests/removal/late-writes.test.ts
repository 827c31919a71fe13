import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { createGcsImageStore } from '#activities/storage/gcs-image-store.ts';
import { eraseAccount } from '#drizzle/queries/accounts/erasure.ts';
import { serveApi, type ServedApi } from '../api/serve-api.ts';
import { openUploadDelayProxy, type UploadDelayProxy } from '../support/upload-delay-proxy.ts';
import { createTestBucket, createTestDatabase, uniqueSuffix, type TestDatabase } from '../support/stack.ts';
import { openStudio, type Studio } from '../support/studio.ts';
import { until } from '../support/until.ts';
import { SCHNELL, type TestUser } from '../support/insert-request.ts';
import { photo } from '../uploads/images.ts';
import { sendRejectedImage, sendImage } from '../uploads/send-image.ts';

/** More than any account here has. */
const UNAFFORDABLE = 1_000;
const LONG_AGO_MS = 11 * 60_000;

let urls: TestDatabase;
let owner: Client;
let bucket: UploadDelayProxy;
let studio: Studio;
let api: ServedApi;
/** Activity runs that may still write, including those of ended generations. */
let running = 0;

function counted<Input, Result>(step: (input: Input) => Promise<Result>): (input: Input) => Promise<Result> {
  return async (input) => {
    running += 1;
    return step(input).finally(() => (running -= 1));
  };
}

beforeAll(async () => {
  const [database, storage] = await Promise.all([createTestDatabase(), createTestBucket()]);
  urls = database;
  bucket = await openUploadDelayProxy(storage.endpoint!);
  const credentials = { clientEmail: storage.clientEmail!, privateKey: storage.privateKey! };
  const store = createGcsImageStore({ bucket: storage.bucket, endpoint: bucket.endpoint, credentials });
  studio = await openStudio({ database, storage, wrapStore: () => store });
  const { local, generate, publish } = studio.activities;
  const saveImage = counted(publish.saveImage);
  Object.assign(local, { saveImage });
  Object.assign(publish, { saveImage });
  Object.assign(generate, { generateImage: counted(generate.generateImage) });
  await studio.startWorkers();
  const { apiDatabase: connection, temporal } = studio;
  api = await serveApi({
    database: connection,
    listenUrl: urls.url,
    workflows: temporal.generations,
    store,
    prices: { generate: 10, preset: 8, upload: UNAFFORDABLE },
  });
  owner = new Client({ connectionString: urls.ownerUrl });
  await owner.connect();
});
/** Removes orphans, so that tests do not affect each other. */
afterEach(async () => {
  const avatars = new Set(await owned());
  for (const name of await studio.objects()) if (!avatars.has(name)) await studio.store.remove(name);
});
afterAll(async () => {
  await owner.end();
  await api.stop();
  await studio.close();
  await bucket.stop();
  await urls.drop();
});

const ageObjects = () =>
  owner.query("UPDATE stored_objects SET created_at = created_at - $1 * interval '1 millisecond'", [LONG_AGO_MS]);
const names = async (text: string) => (await owner.query<{ name: string }>(text)).rows.map(({ name }) => name);
const recorded = () => names('SELECT name FROM stored_objects ORDER BY name');
const owned = () => names('SELECT unnest(ARRAY[image_object, thumbnail_object]) AS name FROM avatars ORDER BY name');

async function cancel(id: string): Promise<void> {
  await studio.temporal.generations.cancel(id, { reason: 'changed_mind', by: 'user' });
  expect(await studio.ended(id)).toMatchObject({ status: 'cancelled', creditsReturned: true });
  await waitForClose(id);
}

/** Waits for the end of a workflow: its objects are discarded, and no further activity starts. */
const waitForClose = (id: string) => studio.temporal.client.workflow.getHandle(`generation-${id}`).result();

/** Waits until the writes of both of the user's images are held. */
async function untilImagesHeld({ accountId }: TestUser): Promise<void> {
  const [image, thumbnail] = ['image', 'thumb'].map((kind) => new RegExp(`avatars/${accountId}/.*${kind}`));
  await until(() => bucket.holds(image!) && bucket.holds(thumbnail!));
}

/** Runs the steps of the erasure workflow without its pauses. */
async function erase({ accountId }: Pick<TestUser, 'accountId'>): Promise<void> {
  const { endGenerations, stopGenerations, eraseRows, removeAllObjects } = studio.activities.publish;
  expect(await eraseAccount(studio.database, accountId)).toBe(true);
  await stopGenerations(await endGenerations({ accountId }));
  while ((await eraseRows({ accountId })).removed > 0);
  while ((await removeAllObjects({ accountId })).removed > 0);
}

/** Waits for all writers and forwards the held writes. @returns the orphans in the bucket */
async function forwardLateWrites(): Promise<string[]> {
  await until(() => running === 0, { what: 'the end of the last writer' });
  bucket.hold(undefined);
  await bucket.forwardHeld();
  const avatars = new Set(await owned());
  return (await studio.objects()).filter((name) => !avatars.has(name));
}

/** Runs a sweep after all writes, and checks that bucket, rows and avatars agree. */
const reconcile = () =>
  studio.temporal.client.workflow.execute('reconcile', {
    workflowId: `sweep-${uniqueSuffix()}`,
    taskQueue: studio.temporal.queues.workflows,
  });

async function sweepAndCheck(): Promise<void> {
  await ageObjects();
  await reconcile();
  const avatars = await owned();
  expect(await studio.objects()).toEqual(avatars);
  expect(await recorded()).toEqual(avatars);
}

it('the sweep removes an image that is staged after the cancel', async () => {
  bucket.hold(/staging\//);
  const { id } = await studio.generate(await studio.user(), { plan: [SCHNELL] });
  await until(() => bucket.holds(/staging/));
  await cancel(id);
  expect(await forwardLateWrites()).toEqual([expect.stringMatching(/^staging\//)]);
  await sweepAndCheck();
});

it('the sweep removes an image and a thumbnail that are written after the cancel', async () => {
  const user = await studio.user();
  bucket.hold(new RegExp(`avatars/${user.accountId}`));
  const { id } = await studio.generate(user);
  await untilImagesHeld(user);
  await cancel(id);
  expect(await forwardLateWrites()).toHaveLength(2);
  await sweepAndCheck();
});

it('the sweep removes the late write of a first try and keeps the avatar of the second one', async () => {
  bucket.hold(/staging\//, { once: true });
  const { id } = await studio.generate(await studio.user(), { plan: [SCHNELL] });
  expect((await studio.ended(id)).status).toBe('completed');
  await until(async () => (await studio.objects()).every((name) => name.startsWith('avatars/')));
  expect(await forwardLateWrites()).toEqual([expect.stringMatching(/^staging\//)]);
  await sweepAndCheck();
  expect(await owned()).toHaveLength(2);
});

it('the sweep removes an image that is written after its account was erased', async () => {
  const user = await studio.user();
  bucket.hold(new RegExp(`avatars/${user.accountId}`));
  const { id } = await studio.generate(user);
  await untilImagesHeld(user);
  await erase(user);
  await waitForClose(id);
  expect(await forwardLateWrites()).toHaveLength(2);
  await sweepAndCheck();
});

it('the sweep removes a repeated reference upload that is written after its account was erased', async () => {
  const { accountId, token } = await api.user();
  const upload = { token, key: randomUUID(), image: await (await photo(1)).jpeg().toBuffer() };
  expect((await sendImage(api.address, 'createUpload', upload)).status).toBe(201);
  await ageObjects();
  await studio.store.remove((await recorded()).find((name) => name.startsWith('uploads/'))!);
  bucket.hold(/uploads\//);
  const refused = sendRejectedImage(api.address, 'createUpload', upload);
  await until(() => bucket.holds(/uploads/));
  await erase({ accountId });
  expect((await refused).body.code).toBe('unavailable');
  expect(await forwardLateWrites()).toEqual([expect.stringContaining(accountId)]);
  await sweepAndCheck();
});

it('an uploaded avatar that is refused for lack of credits writes nothing, not even late', async () => {
  const { token, projectId } = await api.user();
  bucket.hold(/staging\//, { once: true });
  const image = await (await photo(2)).jpeg().toBuffer();
  const { status } = await sendRejectedImage(api.address, 'uploadAvatar', { token, id: projectId, image });
  expect(status).toBe(402);
  expect(await forwardLateWrites()).toEqual([]);
});
