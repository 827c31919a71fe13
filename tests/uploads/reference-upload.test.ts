import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { expireUploads } from '#activities/reconcile/expire-uploads.ts';
import { REFERENCE_GRACE_MS, REFERENCE_LIFETIME_MS, REFERENCES_MAX } from '#domain/generation/upload.ts';
import { insertUpload } from '#drizzle/queries/objects/uploads.ts';
import type { TestUser } from '../api/serve-api.ts';
import { testApi } from '../api/test-api.ts';
import { photo, withOrientation } from './images.ts';
import { sendRejectedImage, type ImageRequest, sendImage } from './send-image.ts';

const studio = testApi();

const LONG_AGO_MS = REFERENCE_LIFETIME_MS + REFERENCE_GRACE_MS + 1000;

const send = (request: ImageRequest) => sendImage(studio.address, 'createUpload', request);
const sendRejected = (request: ImageRequest) => sendRejectedImage(studio.address, 'createUpload', request);
async function rowOf({ accountId }: TestUser, id: string) {
  const { rows } = await studio.fixture.owner.query<{
    mime_type: string;
    width: number;
    bytes: number;
    expires_at: Date;
  }>('SELECT mime_type, width, bytes, expires_at FROM uploads WHERE id = $1 AND account_id = $2', [id, accountId]);
  return rows[0];
}
const objectsNamed = async (part: string) =>
  (await studio.store.list('uploads/')).filter(({ name }) => name.includes(part)).map(({ name }) => name);
const NOT_ABORTED = { signal: new AbortController().signal };
const sweep = () => expireUploads({ database: studio.fixture.database, store: studio.store }, NOT_ABORTED);

async function backdate(id: string, byMs: number): Promise<void> {
  const earlier = `- $2 * interval '1 millisecond'`;
  const { owner } = studio.fixture;
  await owner.query(
    `UPDATE uploads SET created_at = created_at ${earlier}, expires_at = expires_at ${earlier} WHERE id = $1`,
    [id, byMs],
  );
  await owner.query(`UPDATE stored_objects SET created_at = created_at ${earlier} WHERE name LIKE '%' || $1`, [
    id,
    byMs,
  ]);
}

describe('a reference image', () => {
  it('is stored for a day, free of charge, without metadata, and only for its user', async () => {
    const [user, stranger] = [await studio.user(), await studio.user()];
    const image = await (
      await photo(1)
    )
      .withExif({ IFD0: { Copyright: 'Somebody' } })
      .jpeg()
      .toBuffer();
    const before = Date.now();
    const { status, body } = await send({ token: user.token, image });
    expect(status).toBe(201);
    const lifetimeMs = new Date(body.expiresAt).getTime() - before;
    expect(Math.abs(lifetimeMs - REFERENCE_LIFETIME_MS)).toBeLessThan(60_000);
    const stored = Buffer.from(await (await fetch(body.url)).arrayBuffer());
    const metadata = await sharp(stored).metadata();
    expect(metadata).toMatchObject({ format: 'webp', width: 400, height: 400 });
    expect(metadata.exif).toBeUndefined();
    expect(await rowOf(user, body.id)).toMatchObject({
      mime_type: 'image/webp',
      width: 400,
      bytes: stored.length,
    });
    expect(await rowOf(stranger, body.id)).toBeUndefined();
    const credits = await studio.client.ok('readCredits', { token: user.token });
    expect(credits.body).toEqual({ posted: 100, held: 0, available: 100 });
  });

  it('is stored once per idempotency key, and another file under that key is refused', async () => {
    const { token } = await studio.user();
    const key = randomUUID();
    const image = await (await photo(2)).jpeg().toBuffer();
    const answers = await Promise.all(Array.from({ length: 4 }, () => send({ token, image, key })));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect((await send({ token, image, key })).headers.get('Idempotent-Replayed')).toBe('true');
    const other = await (await photo(3)).jpeg().toBuffer();
    expect((await sendRejected({ token, image: other, key })).body.code).toBe('idempotency_mismatch');
  });

  it('receives its bytes from a repeated request when the first one only wrote the row', async () => {
    const { token } = await studio.user();
    const request = { token, key: randomUUID(), image: await (await photo(4)).jpeg().toBuffer() };
    const { body } = await send(request);
    const [name] = await objectsNamed(body.id);
    await studio.store.remove(name!);
    expect((await send(request)).body.id).toBe(body.id);
    expect(await objectsNamed(body.id)).toEqual([name]);
  });

  it('is neither decoded nor refused again under its key, even when its account has no room left', async () => {
    const user = await studio.user();
    const request = { token: user.token, key: randomUUID(), image: await (await photo(9)).jpeg().toBuffer() };
    const { body } = await send(request);
    for (let count = 1; count < REFERENCES_MAX; count += 1) await insertReference(user);
    expect((await send(request)).body.id).toBe(body.id);
    // Neither is an image, which only decoding would tell.
    const other = { ...request, image: Buffer.from('no image') };
    expect((await sendRejected(other)).body.code).toBe('idempotency_mismatch');
    expect((await sendRejected({ ...other, key: randomUUID() })).body.code).toBe('rate_limited');
  });

  it('is the part that is asked for, and another part is another request', async () => {
    const { token } = await studio.user();
    const image = await (await photo(10)).jpeg().toBuffer();
    const part = { crop: JSON.stringify({ x: 100, y: 50, width: 300, height: 280 }) };
    const key = randomUUID();
    const { body } = await send({ token, key, image, fields: part });
    const stored = Buffer.from(await (await fetch(body.url)).arrayBuffer());
    expect(await sharp(stored).metadata()).toMatchObject({ width: 300, height: 280 });
    expect((await sendRejected({ token, key, image })).body.code).toBe('idempotency_mismatch');
  });

  it('can be inspected before, which stores nothing', async () => {
    const user = await studio.user();
    const image = await withOrientation(6);
    const crop = { x: 100, y: 0, width: 300, height: 300 };
    const { status, body } = await sendImage(studio.address, 'inspectUpload', {
      token: user.token,
      image,
      fields: { crop: JSON.stringify(crop) },
    });
    expect([status, body]).toMatchObject([
      200,
      {
        format: 'jpeg',
        width: 400,
        height: 300,
        orientation: 6,
        isAnimated: false,
        crop,
        result: { width: 300, height: 300 },
      },
    ]);
    const preview = Buffer.from(body.preview.split(',')[1]!, 'base64');
    expect(await sharp(preview).metadata()).toMatchObject({ format: 'webp', width: 320, height: 240 });
    expect(await objectsNamed(user.accountId)).toEqual([]);
  });

  it('is limited to fifty per account, also for concurrent requests', async () => {
    const user = await studio.user();
    const image = await (await photo(5)).jpeg().toBuffer();
    for (let count = 3; count < REFERENCES_MAX; count += 1) await insertReference(user);
    const answers = await Promise.all(
      Array.from({ length: 6 }, () =>
        send({ token: user.token, image }).then(
          ({ status }) => status,
          () => 429,
        ),
      ),
    );
    expect(answers.toSorted()).toEqual([201, 201, 201, 429, 429, 429]);
    const { body, headers } = await sendRejected({ token: user.token, image });
    expect(body.code).toBe('rate_limited');
    expect(Number(headers.get('Retry-After'))).toBeGreaterThan(80_000);
    expect(await objectsNamed(user.accountId)).toHaveLength(3);
  });

  it('is removed with its row after its lifetime and grace period, and not before', async () => {
    const user = await studio.user();
    const image = await (await photo(6)).jpeg().toBuffer();
    const [old, young, late] = await Promise.all([1, 2, 3].map(() => send({ token: user.token, image })));
    await backdate(old!.body.id, LONG_AGO_MS);
    await backdate(late!.body.id, REFERENCE_LIFETIME_MS + REFERENCE_GRACE_MS / 2);
    expect(await sweep()).toBe(1);
    expect(await rowOf(user, old!.body.id)).toBeUndefined();
    expect(await objectsNamed(old!.body.id)).toEqual([]);
    for (const stored of [young, late]) {
      expect(await rowOf(user, stored!.body.id)).toBeDefined();
      expect(await objectsNamed(stored!.body.id)).toHaveLength(1);
    }
    expect((await rowOf(user, late!.body.id))!.expires_at.getTime()).toBeLessThan(Date.now());
    expect(await sweep()).toBe(0);
  });

  it('is removed by a later sweep when the bucket fails during the first one', async () => {
    const user = await studio.user();
    const { body } = await send({ token: user.token, image: await (await photo(7)).jpeg().toBuffer() });
    await backdate(body.id, LONG_AGO_MS);
    const failingStore = { ...studio.store, remove: () => Promise.reject(new Error('unavailable')) };
    await expect(
      expireUploads({ database: studio.fixture.database, store: failingStore }, NOT_ABORTED),
    ).rejects.toThrow('unavailable');
    expect(await objectsNamed(body.id)).toHaveLength(1);
    expect(await sweep()).toBe(1);
    expect(await objectsNamed(body.id)).toEqual([]);
  });

  it('is refused under the key of an expired image, with the reason', async () => {
    const { token } = await studio.user();
    const request = { token, key: randomUUID(), image: await (await photo(8)).jpeg().toBuffer() };
    const { body } = await send(request);
    await backdate(body.id, REFERENCE_LIFETIME_MS + 1000);
    expect((await sendRejected(request)).body).toMatchObject({ code: 'conflict', detail: 'This upload has expired.' });
  });
});

async function insertReference({ accountId }: TestUser): Promise<void> {
  const id = randomUUID();
  const upload = {
    id,
    accountId,
    object: `uploads/${id}`,
    mimeType: 'image/webp',
    sizeBytes: 1,
    widthPx: 300,
    heightPx: 300,
  };
  const outcome = await insertUpload(
    studio.fixture.database,
    { ...upload, sha256: 'a'.repeat(64) },
    { lifetimeMs: REFERENCE_LIFETIME_MS, limit: REFERENCES_MAX },
  );
  expect(outcome.kind).toBe('stored');
}
