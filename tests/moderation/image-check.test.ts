import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ImageScores } from '#domain/moderation/image-check.ts';
import { avatarsOfGenerations } from '#drizzle/queries/avatars/avatars.ts';
import { listReviewQueue } from '#drizzle/queries/admin/moderation.ts';
import { listNotifications } from '#drizzle/queries/accounts/notifications.ts';
import { openStudio, type Studio } from '../support/studio.ts';
import { ILLUSTRATOR, SCHNELL, type TestUser } from '../support/insert-request.ts';

const CALM: ImageScores = { drawing: 0, hentai: 0, neutral: 1, porn: 0, sexy: 0 };
const DOUBTFUL: ImageScores = { ...CALM, neutral: 0.4, porn: 0.6 };
const EXPLICIT: ImageScores = { ...CALM, neutral: 0.05, porn: 0.95 };

let studio: Studio;
/** What the check says; images it should really fear are none that a test may draw. */
let says: ImageScores;
let checks = 0;
let failing = 0;

beforeAll(async () => {
  studio = await openStudio({
    moderator: {
      async score() {
        checks += 1;
        if (failing > 0) {
          failing -= 1;
          throw new Error('the thread is gone');
        }
        return says;
      },
      close: async () => undefined,
    },
  });
  await studio.startWorkers();
});
afterAll(() => studio.close());
beforeEach(() => {
  says = CALM;
  checks = 0;
});

const kinds = async ({ accountId }: TestUser) =>
  (await listNotifications(studio.database, accountId, { limit: 5 })).items.map(({ kind }) => kind);

async function made(user: TestUser, plan = [SCHNELL]) {
  const { id } = await studio.generate(user, { plan });
  const row = await studio.ended(id);
  const [avatar] = await avatarsOfGenerations(studio.database, [id]);
  return { id, row, avatar };
}

describe('an image from a provider', () => {
  it('that the check finds calm is shown', async () => {
    const user = await studio.user();
    const { row, avatar } = await made(user);
    expect([row.status, avatar?.review, checks]).toEqual(['completed', 'clear', 1]);
    expect(await kinds(user)).toEqual(['avatar_completed']);
  });

  it('that is in doubt is delivered, paid, hidden, and waits for an admin with its scores', async () => {
    says = DOUBTFUL;
    const user = await studio.user();
    const { id, row, avatar } = await made(user);
    expect([row.status, avatar?.review]).toEqual(['completed', 'needs_review']);
    expect(await kinds(user)).toEqual(['needs_review']);
    const { items } = await listReviewQueue(studio.database, { limit: 10 });
    expect(items.find(({ generationId }) => generationId === id)?.scores).toMatchObject({ porn: 0.6 });
    expect(await studio.transfers(id)).toEqual(['reserve', 'capture']);
  });

  it('that is explicit is never stored: the credits come back with the reason', async () => {
    says = EXPLICIT;
    const user = await studio.user();
    const { id, row, avatar } = await made(user, [SCHNELL, ILLUSTRATOR]);
    expect(row).toMatchObject({ status: 'failed', failure: { code: 'image_rejected' }, creditsReturned: true });
    expect(avatar).toBeUndefined();
    expect(await studio.transfers(id)).toEqual(['reserve', 'release']);
    await expect.poll(async () => (await studio.objects()).filter((name) => name.includes(user.accountId))).toEqual([]);
  });

  it('is looked at again when the check could not say, and is not shown before', async () => {
    failing = 2;
    const { row, avatar } = await made(await studio.user());
    expect([row.status, avatar?.review, checks]).toEqual(['completed', 'clear', 3]);
  });
});

describe('a drawing of our own', () => {
  it('is not looked at', async () => {
    says = EXPLICIT;
    const { row } = await made(await studio.user(), [ILLUSTRATOR]);
    expect([row.status, checks]).toEqual(['completed', 0]);
  });
});
