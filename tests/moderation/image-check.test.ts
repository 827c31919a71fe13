import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ImageScores } from '#domain/moderation/image-check.ts';
import { avatarsOfGenerations } from '#drizzle/queries/avatars/avatars.ts';
import { listReviewQueue } from '#drizzle/queries/admin/moderation.ts';
import { listNotifications } from '#drizzle/queries/accounts/notifications.ts';
import { openStudio, type Studio } from '../support/studio.ts';
import { ILLUSTRATOR, SCHNELL, type TestUser } from '../support/insert-request.ts';

const HARMLESS: ImageScores = { drawing: 0, hentai: 0, neutral: 1, porn: 0, sexy: 0 };
const DOUBTFUL: ImageScores = { ...HARMLESS, neutral: 0.4, porn: 0.6 };
const EXPLICIT: ImageScores = { ...HARMLESS, neutral: 0.05, porn: 0.95 };

let studio: Studio;
/** The scores that the moderator returns; explicit images are not drawn in tests. */
let scores: ImageScores;
let checks = 0;
let failuresLeft = 0;

beforeAll(async () => {
  studio = await openStudio({
    moderator: {
      async score() {
        checks += 1;
        if (failuresLeft > 0) {
          failuresLeft -= 1;
          throw new Error('the thread ended');
        }
        return scores;
      },
      close: async () => undefined,
    },
  });
  await studio.startWorkers();
});
afterAll(() => studio.close());
beforeEach(() => {
  scores = HARMLESS;
  checks = 0;
});

const kinds = async ({ accountId }: TestUser) =>
  (await listNotifications(studio.database, accountId, { limit: 5 })).items.map(({ kind }) => kind);

async function generate(user: TestUser, plan = [SCHNELL]) {
  const { id } = await studio.generate(user, { plan });
  const row = await studio.ended(id);
  const [avatar] = await avatarsOfGenerations(studio.database, [id]);
  return { id, row, avatar };
}

describe('the image check of a provider’s image', () => {
  it('shows a harmless image', async () => {
    const user = await studio.user();
    const { row, avatar } = await generate(user);
    expect([row.status, avatar?.review, checks]).toEqual(['completed', 'clear', 1]);
    expect(await kinds(user)).toEqual(['avatar_completed']);
  });

  it('delivers and charges a doubtful image, hidden, and adds it to the review queue with its scores', async () => {
    scores = DOUBTFUL;
    const user = await studio.user();
    const { id, row, avatar } = await generate(user);
    expect([row.status, avatar?.review]).toEqual(['completed', 'needs_review']);
    expect(await kinds(user)).toEqual(['needs_review']);
    const { items } = await listReviewQueue(studio.database, { limit: 10 });
    expect(items.find(({ generationId }) => generationId === id)?.scores).toMatchObject({ porn: 0.6 });
    expect(await studio.transfers(id)).toEqual(['reserve', 'capture']);
  });

  it('stores no explicit image and releases the credits with the reason', async () => {
    scores = EXPLICIT;
    const user = await studio.user();
    const { id, row, avatar } = await generate(user, [SCHNELL, ILLUSTRATOR]);
    expect(row).toMatchObject({ status: 'failed', failure: { code: 'image_rejected' }, creditsReturned: true });
    expect(avatar).toBeUndefined();
    expect(await studio.transfers(id)).toEqual(['reserve', 'release']);
    await expect.poll(async () => (await studio.objects()).filter((name) => name.includes(user.accountId))).toEqual([]);
  });

  it('is repeated after a failure, and nothing is shown before', async () => {
    failuresLeft = 2;
    const { row, avatar } = await generate(await studio.user());
    expect([row.status, avatar?.review, checks]).toEqual(['completed', 'clear', 3]);
  });
});

describe('the image check of the illustrator’s image', () => {
  it('is skipped', async () => {
    scores = EXPLICIT;
    const { row } = await generate(await studio.user(), [ILLUSTRATOR]);
    expect([row.status, checks]).toEqual(['completed', 0]);
  });
});
