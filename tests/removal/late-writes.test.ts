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

/** More than anybody here has. */
const DEAR = 1_000;
const LONG_AGO_MS = 11 * 60_000;

let urls: TestDatabase;
let owner: Client;
let bucket: UploadDelayProxy;
let studio: Studio;
let api: ServedApi;
/** Runs that may still write, those of ended generations too. */
let running = 0;

function counted<Order, Result>(step: (order: Order) => Promise<Result>): (order: Order) => Promise<Result> {
  return async (order) => {
    running += 1;
    return step(order).finally(() => (running -= 1));
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
  const { database: connection, temporal } = studio;
  api = await serveApi({
    database: connection,
    listenUrl: urls.url,
    workflows: temporal.generations,
    store,
    prices: { generate: 10, preset: 8, upload: DEAR },
  });
  owner = new Client({ connectionString: urls.ownerUrl });
  await owner.connect();
});
/** What one test left over is not held against the next. */
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
const known = () => names('SELECT name FROM stored_objects ORDER BY name');
const owned = () => names('SELECT unnest(ARRAY[image_object, thumbnail_object]) AS name FROM avatars ORDER BY name');

async function cancelled(id: string): Promise<void> {
  await studio.temporal.generations.cancel(id, { reason: 'changed_mind', by: 'user' });
  expect(await studio.ended(id)).toMatchObject({ status: 'cancelled', creditsReturned: true });
  await closed(id);
}

/** Its objects are discarded, and no further step of it begins. */
const closed = (id: string) => studio.temporal.client.workflow.getHandle(`generation-${id}`).result();

/** Until both of somebody's images are on their way. */
async function saving({ accountId }: TestUser): Promise<void> {
  const [image, thumbnail] = ['image', 'thumb'].map((kind) => new RegExp(`avatars/${accountId}/.*${kind}`));
  await until(() => bucket.holds(image!) && bucket.holds(thumbnail!));
}

/** What its workflow does, without its pauses. */
async function erased({ accountId }: Pick<TestUser, 'accountId'>): Promise<void> {
  const { endGenerations, stopGenerations, eraseRows, removeAllObjects } = studio.activities.publish;
  expect(await eraseAccount(studio.database, accountId)).toBe(true);
  await stopGenerations(await endGenerations({ accountId }));
  while ((await eraseRows({ accountId })).removed > 0);
  while ((await removeAllObjects({ accountId })).removed > 0);
}

/** Lets what is held land when nobody writes any more. @returns what lies in the bucket then and is no avatar's */
async function landed(): Promise<string[]> {
  await until(() => running === 0, { what: 'the last writer' });
  bucket.hold(undefined);
  await bucket.forwardHeld();
  const avatars = new Set(await owned());
  return (await studio.objects()).filter((name) => !avatars.has(name));
}

/** What the sweep makes of it when nothing can land any longer: bucket, rows and avatars say the same. */
async function swept(): Promise<void> {
  await ageObjects();
  await studio.temporal.client.workflow.execute('reconcile', {
    workflowId: `sweep-${uniqueSuffix()}`,
    taskQueue: studio.temporal.queues.workflows,
  });
  const avatars = await owned();
  expect(await studio.objects()).toEqual(avatars);
  expect(await known()).toEqual(avatars);
}

it('bytes that are staged after the cancel are swept', async () => {
  bucket.hold(/staging\//);
  const { id } = await studio.generate(await studio.user(), { plan: [SCHNELL] });
  await until(() => bucket.holds(/staging/));
  await cancelled(id);
  expect(await landed()).toEqual([expect.stringMatching(/^staging\//)]);
  await swept();
});

it('an image and its thumbnail that land after the cancel are swept', async () => {
  const user = await studio.user();
  bucket.hold(new RegExp(`avatars/${user.accountId}`));
  const { id } = await studio.generate(user);
  await saving(user);
  await cancelled(id);
  expect(await landed()).toHaveLength(2);
  await swept();
});

it('a first try that lands after the second one did its work is swept, and the avatar stays', async () => {
  bucket.hold(/staging\//, { once: true });
  const { id } = await studio.generate(await studio.user(), { plan: [SCHNELL] });
  expect((await studio.ended(id)).status).toBe('completed');
  await until(async () => (await studio.objects()).every((name) => name.startsWith('avatars/')));
  expect(await landed()).toEqual([expect.stringMatching(/^staging\//)]);
  await swept();
  expect(await owned()).toHaveLength(2);
});

it('an image that lands after its account was erased is swept', async () => {
  const user = await studio.user();
  bucket.hold(new RegExp(`avatars/${user.accountId}`));
  const { id } = await studio.generate(user);
  await saving(user);
  await erased(user);
  await closed(id);
  expect(await landed()).toHaveLength(2);
  await swept();
});

it('a reference image that is sent once more and lands after its account was erased is swept', async () => {
  const { accountId, token } = await api.user();
  const wish = { token, key: randomUUID(), image: await (await photo(1)).jpeg().toBuffer() };
  expect((await sendImage(api.address, 'createUpload', wish)).status).toBe(201);
  await ageObjects();
  await studio.store.remove((await known()).find((name) => name.startsWith('uploads/'))!);
  bucket.hold(/uploads\//);
  const refused = sendRejectedImage(api.address, 'createUpload', wish);
  await until(() => bucket.holds(/uploads/));
  await erased({ accountId });
  expect((await refused).body.code).toBe('unavailable');
  expect(await landed()).toEqual([expect.stringContaining(accountId)]);
  await swept();
});

it('an uploaded avatar that is refused for want of credits leaves nothing, however late its bytes land', async () => {
  const { token, projectId, accountId } = await api.user();
  bucket.hold(/staging\//, { once: true });
  const image = await (await photo(2)).jpeg().toBuffer();
  const { status } = await sendRejectedImage(api.address, 'uploadAvatar', { token, id: projectId, image });
  expect(status).toBe(402);
  expect(await landed()).toEqual([expect.stringMatching(/^staging\//)]);
  const [id] = await names(`SELECT id::text AS name FROM avatar_generations WHERE account_id = '${accountId}'`);
  await studio.age(id!, LONG_AGO_MS);
  await swept();
});
