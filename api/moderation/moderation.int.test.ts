import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { record } from '#drizzle/ledger/record.ts';
import { recordImageCheck } from '#drizzle/queries/admin/moderation.ts';
import { readEvents } from '#tests/api/event-reader.ts';
import type { TestUser } from '#tests/api/serve-api.ts';
import { testApi } from '#tests/api/test-api.ts';
import { anAvatar } from '#tests/support/database/world.ts';

const studio = testApi();
const body = { sourceType: 'text_to_image', prompt: 'a lamplighter' } as const;
const SCORES = { sexy: 0.7, neutral: 0.3 };

let admin: TestUser;
beforeAll(async () => {
  admin = await studio.user({ role: 'admin' });
});

/** An avatar that was paid for and recorded, with what the content check said before. */
async function delivered(user: TestUser, outcome: 'pass' | 'review'): Promise<{ id: string; generationId: string }> {
  const created = await studio.client.ok('createGeneration', { token: user.token, id: user.projectId, body });
  const generationId = created.body.id;
  await recordImageCheck(studio.fixture.database, { generationId, outcome, scores: SCORES });
  const { id } = anAvatar(user.accountId);
  await record(studio.fixture.database, generationId, anAvatar(user.accountId, { id, name: 'Lamplighter' }));
  return { id, generationId };
}

const read = async ({ token }: TestUser, id: string) => (await studio.client.ok('readAvatar', { token, id })).body;
const notified = async ({ token }: TestUser) =>
  (await studio.client.ok('listNotifications', { token })).body.data.map(({ kind }) => kind);
const credits = async ({ token }: TestUser) => (await studio.client.ok('readCredits', { token })).body;
const queue = async () =>
  (await studio.client.ok('listReviewQueue', { token: admin.token, query: { limit: '100' } })).body.data;
const approve = (id: string) => studio.client.ok('approveAvatar', { token: admin.token, id });
const reject = (id: string, reason?: string) =>
  studio.client.ok('rejectAvatar', { token: admin.token, id, ...(reason !== undefined && { body: { reason } }) });

describe('an avatar in review', () => {
  it('is shown to its user without its image, with a notification', async () => {
    const user = await studio.user();
    const { id, generationId } = await delivered(user, 'review');
    const hidden = { review: 'needs_review', imageUrl: null, thumbnailUrl: null, placeholder: null };
    expect(await read(user, id)).toMatchObject(hidden);
    const { body: generation } = await studio.client.ok('readGeneration', { token: user.token, id: generationId });
    expect(generation).toMatchObject({ status: 'completed', avatar: hidden });
    const { body: project } = await studio.client.ok('readProject', { token: user.token, id: user.projectId });
    expect(project).toMatchObject({ avatarCount: 1, covers: [] });
    expect(await notified(user)).toEqual(['needs_review']);
    expect(await credits(user)).toMatchObject({ posted: 90 });
  });

  it('is listed to admins with its image and the scores of the check, oldest first', async () => {
    const user = await studio.user();
    const first = await delivered(user, 'review');
    const second = await delivered(user, 'review');
    await delivered(user, 'pass');
    const items = (await queue()).filter(({ accountId }) => accountId === user.accountId);
    expect(items.map(({ avatarId }) => avatarId)).toEqual([first.id, second.id]);
    expect(items[0]).toMatchObject({
      name: 'Lamplighter',
      scores: SCORES,
      imageUrl: expect.stringMatching(/X-Goog-Signature=/),
    });
  });

  it('is shown once approved, with a notification and events on open streams', async () => {
    const user = await studio.user();
    const { id, generationId } = await delivered(user, 'review');
    const stream = await readEvents(`${studio.address}/api/v1/events`, user.token);
    await stream.until(({ name }) => name === 'snapshot');
    expect((await approve(id)).body).toEqual({ avatarId: id, review: 'approved' });
    const approved = await stream.until(
      (event) =>
        event.name === 'generation' && event.data.id === generationId && event.data.avatar?.review === 'approved',
    );
    expect(approved.data).toMatchObject({ avatar: { imageUrl: expect.stringMatching(/X-Goog-Signature=/) } });
    await stream.until((event) => event.name === 'notification' && event.data.kind === 'avatar_completed');
    stream.cut();
    expect(await notified(user)).toEqual(['avatar_completed', 'needs_review']);
    expect((await queue()).map(({ avatarId }) => avatarId)).not.toContain(id);
    await approve(id);
    expect(await notified(user)).toHaveLength(2);
  });

  it('is the only one that can be approved: others answer conflict or 404', async () => {
    const { id } = await delivered(await studio.user(), 'pass');
    expect((await studio.client.problem('approveAvatar', { token: admin.token, id })).body.code).toBe('conflict');
    const missing = await studio.client.problem('approveAvatar', { token: admin.token, id: randomUUID() });
    expect(missing.body.code).toBe('not_found');
  });
});

describe('a rejected avatar', () => {
  it('is deleted, refunded once, and its user is notified', async () => {
    const user = await studio.user();
    const { id, generationId } = await delivered(user, 'review');
    const answers = await Promise.all(Array.from({ length: 6 }, () => reject(id, 'against the rules')));
    for (const answer of answers) expect(answer.body).toEqual({ avatarId: id, generationId, creditsReturned: 10 });
    expect(answers.filter(({ headers }) => headers.get('Idempotent-Replayed') === null)).toHaveLength(1);
    expect((await studio.client.problem('readAvatar', { token: user.token, id })).status).toBe(404);
    expect(await credits(user)).toEqual({ posted: 100, held: 0, available: 100 });
    expect(await notified(user)).toEqual(['avatar_rejected', 'needs_review']);
    const objects = await studio.fixture.owner.query('SELECT avatar_id FROM stored_objects WHERE generation_id = $1', [
      generationId,
    ]);
    expect(objects.rows).toEqual([{ avatar_id: null }, { avatar_id: null }]);
  });

  it('may also be one that passed the content check', async () => {
    const user = await studio.user();
    const { id } = await delivered(user, 'pass');
    expect((await reject(id)).body.creditsReturned).toBe(10);
    expect((await studio.client.problem('rejectAvatar', { token: admin.token, id: randomUUID() })).status).toBe(404);
  });

  it('is not refunded when its user had already deleted it', async () => {
    const user = await studio.user();
    const { id } = await delivered(user, 'review');
    await studio.fixture.owner.query('DELETE FROM avatars WHERE id = $1', [id]);
    expect((await reject(id)).body.creditsReturned).toBe(0);
    expect(await credits(user)).toMatchObject({ posted: 90 });
  });

  it('stays deleted when it is approved at the same time', async () => {
    const user = await studio.user();
    for (let round = 0; round < 4; round += 1) {
      const { id } = await delivered(user, 'review');
      await Promise.all([studio.client.raw('approveAvatar', { token: admin.token, id }), reject(id)]);
      expect((await studio.client.problem('readAvatar', { token: user.token, id })).status).toBe(404);
    }
    expect(await credits(user)).toEqual({ posted: 100, held: 0, available: 100 });
  });
});

describe('moderation routes', () => {
  it('are forbidden to users, and audit every read and decision', async () => {
    const user = await studio.user();
    const { id } = await delivered(user, 'review');
    for (const name of ['listReviewQueue', 'approveAvatar', 'rejectAvatar'] as const) {
      expect((await studio.client.problem(name, { token: user.token, id })).status).toBe(403);
    }
    await reject(id, 'against the rules');
    const { body: acts } = await studio.client.ok('listAudit', { token: admin.token, query: { target: id } });
    expect(acts.data).toMatchObject([
      { act: 'moderation.reject', body: { reason: 'against the rules' }, result: { creditsReturned: 10 } },
    ]);
    await queue();
    const reads = await studio.client.ok('listAudit', {
      token: admin.token,
      query: { act: 'moderation.read', limit: '1' },
    });
    expect(reads.body.data).toMatchObject([{ outcome: 'done', result: { avatarIds: expect.any(Array) } }]);
  });
});
