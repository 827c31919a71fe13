import { describe, expect, it } from 'vitest';
import { record } from '#drizzle/ledger/record.ts';
import { release } from '#drizzle/ledger/release.ts';
import type { TestUser } from '#tests/api/serve-api.ts';
import { testApi } from '#tests/api/test-api.ts';
import { anAvatar } from '#tests/support/database/world.ts';

const studio = testApi();
const body = { sourceType: 'text_to_image', prompt: 'a lamplighter' } as const;

async function createGeneration({ token, projectId }: TestUser): Promise<string> {
  return (await studio.client.ok('createGeneration', { token, id: projectId, body })).body.id;
}

/** A user with two notifications: a completed avatar, then a failed generation. */
async function userWithTwoNotifications(): Promise<TestUser> {
  const user = await studio.user();
  await record(
    studio.fixture.database,
    await createGeneration(user),
    anAvatar(user.accountId, { name: 'Lamplighter' }),
  );
  const failure = { code: 'deadline', message: 'It took too long.' } as const;
  await release(studio.fixture.database, { generationId: await createGeneration(user), status: 'failed', failure });
  return user;
}

const list = async ({ token }: TestUser, query: Record<string, string> = {}) =>
  (await studio.client.ok('listNotifications', { token, query })).body;

describe('notifications', () => {
  it('list completed avatars and failed generations, newest first, page by page', async () => {
    const user = await userWithTwoNotifications();
    const { data, meta } = await list(user, { limit: '1' });
    expect(data[0]).toMatchObject({
      kind: 'generation_failed',
      message: 'It took too long. Your credits were returned.',
      readAt: null,
    });
    expect(meta).toMatchObject({ hasMore: true, total: 2 });
    const rest = await list(user, { limit: '1', cursor: meta.nextCursor! });
    expect(rest.data[0]).toMatchObject({ kind: 'avatar_completed', message: 'Lamplighter is ready.' });
    expect(rest.meta).toMatchObject({ hasMore: false, nextCursor: null });
  });

  it('are marked as read one by one, retain the first time, and are filtered by it', async () => {
    const user = await userWithTwoNotifications();
    const [first] = (await list(user)).data;
    const mark = () => studio.client.ok('markNotificationRead', { token: user.token, id: first!.id });
    const { body: marked } = await mark();
    expect(marked.readAt).not.toBeNull();
    expect((await mark()).body.readAt).toBe(marked.readAt);
    expect((await list(user, { unread: 'true' })).data.map(({ kind }) => kind)).toEqual(['avatar_completed']);
    expect((await list(user, { unread: 'false' })).meta.total).toBe(1);
  });

  it('are marked as read all at once, for this account only', async () => {
    const [user, other] = [await userWithTwoNotifications(), await userWithTwoNotifications()];
    const mark = () => studio.client.ok('markAllNotificationsRead', { token: user.token });
    expect((await mark()).body).toEqual({ marked: 2 });
    expect((await mark()).body).toEqual({ marked: 0 });
    expect((await list(other, { unread: 'true' })).meta.total).toBe(2);
  });

  it('of another user answer 404 and stay unread', async () => {
    const [user, other] = [await userWithTwoNotifications(), await studio.user()];
    const [first] = (await list(user)).data;
    const { status } = await studio.client.problem('markNotificationRead', { token: other.token, id: first!.id });
    expect(status).toBe(404);
    expect((await list(user, { unread: 'true' })).meta.total).toBe(2);
    expect((await list(other)).data).toEqual([]);
  });
});
