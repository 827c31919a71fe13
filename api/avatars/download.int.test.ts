import { randomBytes, randomUUID } from 'node:crypto';
import { type IncomingMessage, request } from 'node:http';
import sharp from 'sharp';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createContentSigner } from '../content-credentials/content-signer.ts';
import { readSigningCredential } from '../content-credentials/signing-credential.ts';
import { StorageFailure, type ImageStore } from '#activities/storage/port.ts';
import { record } from '#drizzle/ledger/record.ts';
import { topup } from '#drizzle/ledger/topup.ts';
import { serveApi, type ServedApi, type TestUser } from '#tests/api/serve-api.ts';
import { problemOf } from '#tests/api/api-client.ts';
import { testApi } from '#tests/api/test-api.ts';
import { admitted, anAvatar } from '#tests/support/database/world.ts';
import { readAccount } from '#drizzle/queries/accounts/accounts.ts';
import { createTokenVerifier } from '../auth/token-verifier.ts';
import { readManifest } from '#tests/support/read-manifest.ts';
import { testCredential } from '#tests/support/signing-certificate.ts';
import { unzip } from '#tests/support/unzip.ts';

const studio = testApi();
const IMAGE_BYTES = 400_000;

/** Creates avatars with these names and, unless `images` is false, stores random bytes as their images. */
async function avatarsOf(user: TestUser, names: readonly string[], { images = true } = {}) {
  const { database } = studio.fixture;
  await topup(database, { accountId: user.accountId, amount: names.length * 10, reference: randomUUID() });
  const account = (await readAccount(database, user.accountId))!;
  return Promise.all(
    names.map(async (name) => {
      const generation = await admitted(database, { account, projectId: user.projectId });
      const avatar = anAvatar(user.accountId, { name });
      await record(database, generation.id, avatar);
      const bytes = randomBytes(IMAGE_BYTES);
      const options = { contentType: 'image/webp', immutable: true };
      if (images) await studio.store.write(avatar.image.object, bytes, options);
      return { id: avatar.id, bytes, object: avatar.image.object };
    }),
  );
}

function download(token: string, ids: readonly string[]): Promise<Response> {
  return studio.client.raw('downloadAvatars', { token, body: { ids: [...ids] } });
}

type ServingApi = Pick<ServedApi, 'client'>;

/** An API whose downloads are signed with a new certificate. */
async function serveSigned(): Promise<ServingApi> {
  await using credential = await testCredential();
  const contentSigner = createContentSigner(readSigningCredential(credential.files, new Date()));
  const { fixture, workflows, tokens, store } = studio;
  const verify = createTokenVerifier(tokens.rules);
  const { database } = fixture;
  const api = await serveApi({ database, listenUrl: fixture.urls.url, workflows, store, verify, contentSigner });
  onTestFinished(() => Promise.all([api.stop(), contentSigner.close()]).then(() => undefined));
  return api;
}

describe('GET /avatars/:id/image', () => {
  const downloadImage = (token: string, id: string, headers: Record<string, string> = {}) =>
    studio.client.raw('downloadImage', { token, id, headers });

  it('sends the stored bytes under the avatar’s name, and 304 when the client has them', async () => {
    const user = await studio.user();
    const [avatar] = await avatarsOf(user, ['Bärd / "of" the\nhill']);
    const answer = await downloadImage(user.token, avatar!.id);
    expect(answer.headers.get('Content-Type')).toBe('image/webp');
    expect(answer.headers.get('Content-Disposition')).toBe(
      `attachment; filename="B?rd of the hill.webp"; filename*=UTF-8''B%C3%A4rd%20of%20the%20hill.webp`,
    );
    expect(Buffer.from(await answer.arrayBuffer()).equals(avatar!.bytes)).toBe(true);
    const again = { 'If-None-Match': answer.headers.get('ETag')!, 'Cache-Control': 'max-age=0' };
    expect((await downloadImage(user.token, avatar!.id, again)).status).toBe(304);
  });

  it('sends a conversion of the image, each kept by clients on its own', async () => {
    const user = await studio.user();
    const [avatar] = await avatarsOf(user, ['Bard'], { images: false });
    const stored = await sharp({ create: { width: 600, height: 800, channels: 3, background: '#357' } })
      .webp()
      .toBuffer();
    await studio.store.write(avatar!.object, stored, { contentType: 'image/webp', immutable: true });
    const send = (query: Record<string, string>, headers: Record<string, string> = {}) =>
      studio.client.raw('downloadImage', { token: user.token, id: avatar!.id, query, headers });

    const circle = await send({ format: 'png', size: 'github', shape: 'circle' });
    expect(circle.headers.get('Content-Type')).toBe('image/png');
    expect(circle.headers.get('Content-Disposition')).toBe('attachment; filename=Bard-github-circle.png');
    const bytes = Buffer.from(await circle.arrayBuffer());
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'png', width: 500, height: 500, hasAlpha: true });

    const fresh = { 'If-None-Match': circle.headers.get('ETag')!, 'Cache-Control': 'max-age=0' };
    expect((await send({ format: 'png', size: 'github', shape: 'circle' }, fresh)).status).toBe(304);
    const others = [{ format: 'png', size: 'github' }, { format: 'avif', size: '128' }, { format: 'jpeg' }] as const;
    for (const other of others) expect((await send(other, fresh)).status).toBe(200);
    const paints = await Promise.all(['#000000', '#ffffff'].map((background) => send({ format: 'jpeg', background })));
    expect(new Set(paints.map(({ headers }) => headers.get('ETag'))).size).toBe(2);
  });

  it('converts while an upload of the same account is decoded', async () => {
    const user = await studio.user();
    const [avatar] = await avatarsOf(user, ['Bard'], { images: false });
    const webp = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#357' } })
      .webp()
      .toBuffer();
    await studio.store.write(avatar!.object, webp, { contentType: 'image/webp', immutable: true });
    const turn = `hashtextextended('decode upload ' || $1, 0)`;
    await studio.fixture.owner.query(`SELECT pg_advisory_lock(${turn})`, [user.accountId]);
    const query = { format: 'png' };
    const answer = await studio.client.raw('downloadImage', { token: user.token, id: avatar!.id, query });
    await studio.fixture.owner.query(`SELECT pg_advisory_unlock(${turn})`, [user.accountId]);
    expect(answer.status).toBe(200);
  });

  it('signs PNG and JPEG files, and persona cards, where there is a certificate; a new one makes new files', async () => {
    const user = await studio.user();
    const [avatar] = await avatarsOf(user, ['Bard'], { images: false });
    const webp = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#357' } })
      .webp()
      .toBuffer();
    await studio.store.write(avatar!.object, webp, { contentType: 'image/webp', immutable: true });
    const first = await serveSigned();
    const send = ({ client }: ServingApi, format: string) =>
      client.raw('downloadImage', { token: user.token, id: avatar!.id, query: { format } });
    const card = ({ client }: ServingApi) => client.raw('readPersonaCard', { token: user.token, id: avatar!.id });

    const signed = await Promise.all([send(first, 'png'), send(first, 'jpeg'), card(first)]);
    for (const answer of signed) {
      const manifest = await readManifest(Buffer.from(await answer.arrayBuffer()));
      expect(manifest).toMatchObject({ isValid: true, actions: [{ action: 'c2pa.created' }] });
    }
    const second = await serveSigned();
    const again = await Promise.all([send(second, 'png'), send(second, 'jpeg'), card(second)]);
    const unsigned = await Promise.all([send(studio, 'png'), send(studio, 'jpeg'), card(studio)]);
    const etags = [...signed, ...again, ...unsigned].map(({ headers }) => headers.get('ETag'));
    expect(new Set(etags).size).toBe(9);
    const plain = await Promise.all([first, second, studio].map((api) => send(api, 'webp')));
    expect(new Set(plain.map(({ headers }) => headers.get('ETag'))).size).toBe(1);
  });

  it('refuses to convert a damaged image, and unknown formats, sizes and colors', async () => {
    const user = await studio.user();
    const [damaged] = await avatarsOf(user, ['Damaged']);
    const refusal = (query: Record<string, string>) =>
      studio.client.problem('downloadImage', { token: user.token, id: damaged!.id, query });
    expect((await refusal({ format: 'png' })).body).toMatchObject({ status: 422, code: 'image_rejected' });
    for (const query of ['format=gif', 'size=1000', 'shape=star', 'background=red'])
      expect((await refusal(Object.fromEntries(new URLSearchParams(query)))).status).toBe(400);
  });

  it('answers 404 while the avatar is in review, when the object is missing, and to other users', async () => {
    const [user, stranger] = await Promise.all([studio.user(), studio.user()]);
    const [held] = await avatarsOf(user, ['Held']);
    const [missing] = await avatarsOf(user, ['Missing'], { images: false });
    await studio.fixture.owner.query(`UPDATE avatars SET review = 'needs_review' WHERE id = $1`, [held!.id]);
    const answers = await Promise.all([
      downloadImage(user.token, held!.id),
      downloadImage(user.token, missing!.id),
      downloadImage(stranger.token, held!.id),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
  });
});

describe('POST /avatars/download', () => {
  it('sends a zip of images and persona sheets under safe, unique names', async () => {
    const user = await studio.user({ tier: 'plus' });
    const avatars = await avatarsOf(user, ['Bard', 'bard', '../../etc/passwd', '🦊', 'con']);
    const answer = await download(
      user.token,
      avatars.map(({ id }) => id),
    );
    expect(answer.status).toBe(200);
    expect(answer.headers.get('Content-Type')).toBe('application/zip');
    expect(answer.headers.get('Content-Disposition')).toBe('attachment; filename="avatars.zip"');
    const files = await unzip(Buffer.from(await answer.arrayBuffer()));
    const names = ['Bard', 'bard (2)', 'etc passwd', 'avatar', '_con'];
    expect([...files.keys()]).toEqual(names.flatMap((name) => [`${name}.webp`, `${name}.json`]));
    for (const [index, name] of names.entries()) {
      expect(files.get(`${name}.webp`)!.equals(avatars[index]!.bytes)).toBe(true);
      const sheet: unknown = JSON.parse(files.get(`${name}.json`)!.toString());
      expect(sheet).toMatchObject({
        id: avatars[index]!.id,
        image: `${name}.webp`,
        persona: { name: 'Ysolde', age: 61, personality: ['wry'] },
        attributes: { gender: 'woman' },
        prompt: 'an archmage.',
      });
    }
  });

  it('answers 404 before the first byte when one avatar is missing or belongs to another user', async () => {
    const [user, stranger] = [await studio.user(), await studio.user()];
    const [own] = await avatarsOf(user, ['Own']);
    const [other] = await avatarsOf(stranger, ['Other']);
    const [missing, foreign] = await Promise.all(
      [randomUUID(), other!.id].map(async (id) => problemOf(await download(user.token, [own!.id, id]))),
    );
    expect(missing!.code).toBe('not_found');
    expect({ ...foreign, requestId: '' }).toEqual({ ...missing, requestId: '' });
  });

  it('leaves out the image of an avatar in review', async () => {
    const user = await studio.user();
    const [held] = await avatarsOf(user, ['Doubtful']);
    await studio.fixture.owner.query(`UPDATE avatars SET review = 'needs_review' WHERE id = $1`, [held!.id]);
    const files = await unzip(Buffer.from(await (await download(user.token, [held!.id])).arrayBuffer()));
    expect([...files.keys()]).toEqual(['Doubtful.json']);
    expect(JSON.parse(files.get('Doubtful.json')!.toString())).toMatchObject({ image: null, heldBackForReview: true });
  });

  it.each([
    ['no ids', { ids: [] }],
    ['201 ids', { ids: Array.from({ length: 201 }, () => randomUUID()) }],
    ['an invalid id', { ids: ['x'] }],
  ])('refuses %s', async (_what, body) => {
    const { token } = await studio.user();
    expect((await studio.client.problem('downloadAvatars', { token, body })).status).toBe(400);
  });
});

describe('the client of a download', () => {
  /** The studio's store with generated images, which counts reads. */
  function countedStore(read: ImageStore['read']) {
    let reads = 0;
    const store: ImageStore = {
      ...studio.store,
      read: (name) => {
        reads += 1;
        return read(name);
      },
    };
    return { store, reads: () => reads };
  }

  async function serve(store: ImageStore) {
    const { fixture, workflows, tokens } = studio;
    const verify = createTokenVerifier(tokens.rules);
    const api = await serveApi({ database: fixture.database, listenUrl: fixture.urls.url, workflows, store, verify });
    onTestFinished(() => api.stop());
    return api;
  }

  it('controls the pace: the next image is read when the client has received the last one', async () => {
    const user = await studio.user({ tier: 'plus' });
    const avatars = await avatarsOf(
      user,
      Array.from({ length: 60 }, (_, index) => `Face ${index}`),
      { images: false },
    );
    const { store, reads } = countedStore(async () => Buffer.alloc(2_000_000, 7));
    const api = await serve(store);
    const body = JSON.stringify({ ids: avatars.map(({ id }) => id) });
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const headers = { Authorization: `Bearer ${user.token}`, 'Content-Type': 'application/json' };
      request(`${api.address}/api/v1/avatars/download`, { method: 'POST', headers }, resolve)
        .on('error', reject)
        .end(body);
    });
    // The client doesn't read, so the socket's buffers fill up and the archive waits.
    await expect.poll(reads).toBeGreaterThan(0);
    const waiting = await settled(reads);
    expect(waiting).toBeLessThan(avatars.length / 2);
    response.destroy();
    await expect.poll(() => settled(reads)).toBeLessThanOrEqual(waiting + 1);
  });

  it('gets a problem when the first image can’t be read, and a cut connection when a later one can’t', async () => {
    const user = await studio.user();
    const avatars = await avatarsOf(user, ['One', 'Two'], { images: false });
    let readableImages = 0;
    const { store } = countedStore(async () => {
      readableImages -= 1;
      if (readableImages < 0) throw new StorageFailure('unavailable', 'unavailable in this test');
      return randomBytes(IMAGE_BYTES);
    });
    const api = await serve(store);
    const downloadRequest = { token: user.token, body: { ids: avatars.map(({ id }) => id) } };
    expect((await api.client.problem('downloadAvatars', downloadRequest)).body.code).toBe('unavailable');
    readableImages = 1;
    const cut = await api.client.raw('downloadAvatars', downloadRequest);
    expect(cut.status).toBe(200);
    await expect(cut.arrayBuffer()).rejects.toThrow('terminated');
    readableImages = 2;
    const whole = await api.client.raw('downloadAvatars', downloadRequest);
    expect((await unzip(Buffer.from(await whole.arrayBuffer()))).size).toBe(4);
  });
});

/** Returns a count once it no longer changes. */
async function settled(count: () => number): Promise<number> {
  for (let last = -1; ;) {
    const now = count();
    if (now === last) return now;
    last = now;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}
