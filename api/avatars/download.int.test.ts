import { randomBytes, randomUUID } from 'node:crypto';
import { type IncomingMessage, request } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { StorageFailure, type ImageStore } from '#activities/storage/port.ts';
import { record } from '#drizzle/ledger/record.ts';
import { topup } from '#drizzle/ledger/topup.ts';
import { serveApi, type TestUser } from '#tests/api/serve-api.ts';
import { problemOf } from '#tests/api/api-client.ts';
import { testApi } from '#tests/api/test-api.ts';
import { admitted, anAvatar } from '#tests/support/database/world.ts';
import { readAccount } from '#drizzle/queries/accounts/accounts.ts';
import { createTokenVerifier } from '../auth/token-verifier.ts';
import { unzip } from '#tests/support/unzip.ts';

const studio = testApi();
const IMAGE_BYTES = 400_000;

/** Avatars of these names, with images of random bytes in the bucket unless it says otherwise. */
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
      const how = { contentType: 'image/webp', immutable: true };
      if (images) await studio.store.write(avatar.image.object, bytes, how);
      return { id: avatar.id, bytes };
    }),
  );
}

function download(token: string, ids: readonly string[]): Promise<Response> {
  return studio.client.raw('downloadAvatars', { token, body: { ids: [...ids] } });
}

describe('an image alone', () => {
  const ask = (token: string, id: string, headers: Record<string, string> = {}) =>
    studio.client.raw('downloadImage', { token, id, headers });

  it('is a file of the avatar’s name, byte for byte, sent once', async () => {
    const user = await studio.user();
    const [avatar] = await avatarsOf(user, ['Bärd / "of" the\nhill']);
    const answer = await ask(user.token, avatar!.id);
    expect(answer.headers.get('Content-Type')).toBe('image/webp');
    expect(answer.headers.get('Content-Disposition')).toBe(
      `attachment; filename="B?rd of the hill.webp"; filename*=UTF-8''B%C3%A4rd%20of%20the%20hill.webp`,
    );
    expect(Buffer.from(await answer.arrayBuffer()).equals(avatar!.bytes)).toBe(true);
    const again = { 'If-None-Match': answer.headers.get('ETag')!, 'Cache-Control': 'max-age=0' };
    expect((await ask(user.token, avatar!.id, again)).status).toBe(304);
  });

  it('is not found while it needs review, when its bytes are gone, and for anybody else', async () => {
    const [user, stranger] = await Promise.all([studio.user(), studio.user()]);
    const [held] = await avatarsOf(user, ['Held']);
    const [gone] = await avatarsOf(user, ['Gone'], { images: false });
    await studio.fixture.owner.query(`UPDATE avatars SET review = 'needs_review' WHERE id = $1`, [held!.id]);
    const answers = await Promise.all([
      ask(user.token, held!.id),
      ask(user.token, gone!.id),
      ask(stranger.token, held!.id),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
  });
});

describe('a download', () => {
  it('is a zip of images and persona sheets under safe names of their own', async () => {
    const user = await studio.user({ tier: 'plus' });
    const made = await avatarsOf(user, ['Bard', 'bard', '../../etc/passwd', '🦊', 'con']);
    const answer = await download(
      user.token,
      made.map(({ id }) => id),
    );
    expect(answer.status).toBe(200);
    expect(answer.headers.get('Content-Type')).toBe('application/zip');
    expect(answer.headers.get('Content-Disposition')).toBe('attachment; filename="avatars.zip"');
    const files = await unzip(Buffer.from(await answer.arrayBuffer()));
    const names = ['Bard', 'bard (2)', 'etc passwd', 'avatar', '_con'];
    expect([...files.keys()]).toEqual(names.flatMap((name) => [`${name}.webp`, `${name}.json`]));
    for (const [index, name] of names.entries()) {
      expect(files.get(`${name}.webp`)!.equals(made[index]!.bytes)).toBe(true);
      const sheet: unknown = JSON.parse(files.get(`${name}.json`)!.toString());
      expect(sheet).toMatchObject({
        id: made[index]!.id,
        image: `${name}.webp`,
        persona: { name: 'Ysolde', age: 61, personality: ['wry'] },
        attributes: { gender: 'woman' },
        prompt: 'an archmage.',
      });
    }
  });

  it('is of all or nothing: one that is missing or somebody else’s makes it a 404 before the first byte', async () => {
    const [user, stranger] = [await studio.user(), await studio.user()];
    const [mine] = await avatarsOf(user, ['Mine']);
    const [theirs] = await avatarsOf(stranger, ['Theirs']);
    const [missing, foreign] = await Promise.all(
      [randomUUID(), theirs!.id].map(async (id) => problemOf(await download(user.token, [mine!.id, id]))),
    );
    expect(missing!.code).toBe('not_found');
    expect({ ...foreign, requestId: '' }).toEqual({ ...missing, requestId: '' });
  });

  it('keeps an image back that waits for its review', async () => {
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
    ['what is no id', { ids: ['x'] }],
  ])('is refused with %s', async (_what, body) => {
    const { token } = await studio.user();
    expect((await studio.client.problem('downloadAvatars', { token, body })).status).toBe(400);
  });
});

describe('a reader of a download', () => {
  /** The studio's store, counted; an image is made of the air and not of the bucket. */
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

  it('is given no more than they take: the next image is read when the last one left', async () => {
    const user = await studio.user({ tier: 'plus' });
    const made = await avatarsOf(
      user,
      Array.from({ length: 60 }, (_, index) => `Face ${index}`),
      { images: false },
    );
    const { store, reads } = countedStore(async () => Buffer.alloc(2_000_000, 7));
    const api = await serve(store);
    const body = JSON.stringify({ ids: made.map(({ id }) => id) });
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const headers = { Authorization: `Bearer ${user.token}`, 'Content-Type': 'application/json' };
      request(`${api.address}/api/v1/avatars/download`, { method: 'POST', headers }, resolve)
        .on('error', reject)
        .end(body);
    });
    // Nobody reads: sockets fill up and the archive waits.
    await expect.poll(reads).toBeGreaterThan(0);
    const waiting = await settled(reads);
    expect(waiting).toBeLessThan(made.length / 2);
    response.destroy();
    await expect.poll(() => settled(reads)).toBeLessThanOrEqual(waiting + 1);
  });

  it('who can not be given the first image is told so, and later ones cut the archive off', async () => {
    const user = await studio.user();
    const made = await avatarsOf(user, ['One', 'Two'], { images: false });
    let good = 0;
    const { store } = countedStore(async () => {
      good -= 1;
      if (good < 0) throw new StorageFailure('unavailable', 'away, as the test says');
      return randomBytes(IMAGE_BYTES);
    });
    const api = await serve(store);
    const ask = { token: user.token, body: { ids: made.map(({ id }) => id) } };
    expect((await api.client.problem('downloadAvatars', ask)).body.code).toBe('unavailable');
    good = 1;
    const cut = await api.client.raw('downloadAvatars', ask);
    expect(cut.status).toBe(200);
    await expect(cut.arrayBuffer()).rejects.toThrow('terminated');
    good = 2;
    const whole = await api.client.raw('downloadAvatars', ask);
    expect((await unzip(Buffer.from(await whole.arrayBuffer()))).size).toBe(4);
  });
});

/** A count once it stands still. */
async function settled(count: () => number): Promise<number> {
  for (let last = -1; ;) {
    const now = count();
    if (now === last) return now;
    last = now;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}
