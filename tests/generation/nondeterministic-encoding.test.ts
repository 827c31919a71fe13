import { createHash, randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { type ImageStore, StorageFailure } from '#activities/storage/port.ts';
import { deleteAvatar } from '#drizzle/queries/avatars/avatar-change.ts';
import { serveApi } from '../api/serve-api.ts';
import { createTestDatabase, uniqueSuffix, type TestDatabase } from '../support/stack.ts';
import { openStudio, type Studio } from '../support/studio.ts';
import { until } from '../support/until.ts';
import { photo } from '../uploads/images.ts';
import { sendImage } from '../uploads/send-image.ts';

/** Makes each run encode the same pixels to different bytes, as another CPU or libvips version may. */
const encoder = vi.hoisted(() => ({ runs: 0 }));
async function encodeDifferently(bytes: Buffer): Promise<Buffer> {
  encoder.runs += 1;
  return sharp(bytes)
    .webp({ quality: 80 - encoder.runs })
    .toBuffer();
}
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
/** The digest of the thumbnail that was encoded with each image, by the image's digest. */
const thumbnails = new Map<string, string>();

vi.mock('#activities/image/encode-image.ts', async (original) => {
  const real = await original<typeof import('#activities/image/encode-image.ts')>();
  const encodeImage: typeof real.encodeImage = async (bytes, options) => {
    const encoded = await real.encodeImage(bytes, options);
    const [image, thumbnail] = [await encodeDifferently(encoded.image), await encodeDifferently(encoded.thumbnail)];
    thumbnails.set(sha256(image), sha256(thumbnail));
    return { ...encoded, image, thumbnail, sha256: sha256(image) };
  };
  return { ...real, encodeImage };
});
// The digest is that of the image without its provenance.
vi.mock('#activities/image/xmp.ts', async (original) => ({
  ...(await original<object>()),
  addXmp: (image: Buffer) => image,
}));
vi.mock('#activities/image/decoder/decoder.ts', async (original) => {
  const real = await original<typeof import('#activities/image/decoder/decoder.ts')>();
  const createDecoder: typeof real.createDecoder = (options) => {
    const decoder = real.createDecoder(options);
    const sanitize: typeof decoder.sanitize = async (...image) => {
      const sanitized = await decoder.sanitize(...image);
      return { ...sanitized, bytes: await encodeDifferently(sanitized.bytes) };
    };
    return { ...decoder, sanitize };
  };
  return { ...real, createDecoder };
});

/** Short, so that endless retries fail within the test; long enough for a busy machine, which takes ten seconds. */
const DEADLINE_MS = 40_000;

let urls: TestDatabase;
let owner: Client;
let studio: Studio;
/** How the first run's write of the image ends. */
let firstWrite: 'normal' | 'lost answer' | 'late' = 'normal';
/** Writes that are performed after their sender has given up. */
const late: (() => Promise<unknown>)[] = [];

const withFailingWrite = (store: ImageStore): ImageStore => ({
  ...store,
  async write(...args) {
    const failure = firstWrite;
    if (failure === 'normal' || !args[0].endsWith('image.webp')) return store.write(...args);
    firstWrite = 'normal';
    if (failure === 'late') late.push(() => store.write(...args));
    else await store.write(...args);
    throw new StorageFailure('unavailable', 'unavailable in this test');
  },
});

beforeAll(async () => {
  urls = await createTestDatabase();
  studio = await openStudio({ database: urls, wrapStore: withFailingWrite, deadlineMs: DEADLINE_MS });
  await studio.startWorkers();
  owner = new Client({ connectionString: urls.ownerUrl });
  await owner.connect();
});
beforeEach(() => {
  firstWrite = 'normal';
  encoder.runs = 0;
});
afterAll(async () => {
  await owner.end();
  await studio.close();
  await urls.drop();
});

interface Delivered {
  readonly id: string;
  readonly sha256: string;
  readonly image: string;
  readonly thumbnail: string;
}

async function avatarOf(generationId: string): Promise<Delivered> {
  const { rows } = await owner.query<Delivered>(
    'SELECT id, sha256, image_object AS image, thumbnail_object AS thumbnail FROM avatars WHERE generation_id = $1',
    [generationId],
  );
  return rows[0]!;
}

/** Checks that the image and thumbnail come from one run and match the recorded digest. */
async function expectOneRun({ image, thumbnail, sha256: recorded }: Delivered): Promise<void> {
  const [imageBytes, thumbnailBytes] = [await studio.store.read(image), await studio.store.read(thumbnail)];
  expect(sha256(imageBytes)).toBe(recorded);
  expect(sha256(thumbnailBytes)).toBe(thumbnails.get(recorded));
}

async function sweep(): Promise<void> {
  await owner.query("UPDATE stored_objects SET created_at = created_at - interval '11 minutes'");
  await studio.temporal.client.workflow.execute('reconcile', {
    workflowId: `sweep-${uniqueSuffix()}`,
    taskQueue: studio.temporal.queues.workflows,
  });
}

it.each(['lost answer', 'late'] as const)(
  'a second run that encodes different bytes delivers its own objects, whatever the first run wrote (%s)',
  async (failure) => {
    const user = await studio.user({ credits: 10 });
    firstWrite = failure;
    const { id } = await studio.generate(user);
    expect((await studio.ended(id)).status).toBe('completed');
    expect(thumbnails.size).toBeGreaterThan(1);
    expect(await studio.transfers(id)).toEqual(['reserve', 'capture']);
    const avatar = await avatarOf(id);
    await expectOneRun(avatar);

    for (const write of late.splice(0)) await write();
    await until(async () => (await studio.objects()).every((name) => !name.startsWith('staging/')));
    await sweep();
    const own = [avatar.image, avatar.thumbnail].toSorted();
    expect(await studio.objects()).toEqual(own);
    await expectOneRun(avatar);

    await deleteAvatar(studio.database, user.accountId, avatar.id);
    await sweep();
    expect(await studio.objects()).toEqual([]);
    expect((await owner.query('SELECT name FROM stored_objects')).rows).toEqual([]);
    expect(await studio.violations()).toEqual([]);
  },
);

it('a reference image that is sent again is not encoded again, and keeps its first object', async () => {
  const { apiDatabase: database, store, temporal } = studio;
  const api = await serveApi({ database, listenUrl: urls.url, workflows: temporal.generations, store });
  const { token } = await api.user();
  const input = { token, key: randomUUID(), image: await (await photo(1)).jpeg().toBuffer() };
  const first = await sendImage(api.address, 'createUpload', input);
  const again = await sendImage(api.address, 'createUpload', input);
  expect(encoder.runs).toBe(1);
  expect([again.status, again.body.id]).toEqual([201, first.body.id]);
  expect(await studio.store.list('uploads/')).toHaveLength(1);
  await api.stop();
});
