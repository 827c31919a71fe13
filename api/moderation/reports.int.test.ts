import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { REPORT_KINDS, REPORT_LIMITS } from '#domain/moderation/report.ts';
import { deliveredAvatar } from '#tests/api/delivered-avatar.ts';
import type { TestUser } from '#tests/api/serve-api.ts';
import { testApi } from '#tests/api/test-api.ts';

const studio = testApi();

let admin: TestUser;
beforeAll(async () => {
  admin = await studio.user({ role: 'admin' });
});

const read = async ({ token }: TestUser, id: string) => (await studio.client.ok('readAvatar', { token, id })).body;
const notified = async ({ token }: TestUser) =>
  (await studio.client.ok('listNotifications', { token })).body.data.map(({ kind }) => kind);

describe('a reported avatar', () => {
  const STATEMENT = 'This is my face';
  const REASON = 'It shows a real person';
  const report = ({ token }: TestUser, avatarId: string) =>
    studio.client.ok('createReport', { token, body: { avatarId, kind: 'likeness', statement: STATEMENT } });
  const open = async (id: string) =>
    (await studio.client.ok('listReports', { token: admin.token, query: { limit: '100' } })).body.data.filter(
      ({ avatarId }) => avatarId === id,
    );
  const takedown = (id: string) =>
    studio.client.ok('takedownAvatar', { token: admin.token, id, body: { reason: REASON } });
  const restore = (id: string) => studio.client.raw('restoreTakenDownAvatar', { token: admin.token, id });
  const takenDown = async (id: string) =>
    (await studio.client.ok('listTakedowns', { token: admin.token, query: { limit: '100' } })).body.data.filter(
      ({ avatarId }) => avatarId === id,
    );

  it('is listed to admins once, whoever reports it; a missing one gets the same answer', async () => {
    const [owner, reporter] = [await studio.user(), await studio.user()];
    const { id } = await deliveredAvatar(studio, owner);
    for (let n = 0; n < 2; n += 1) {
      expect((await report(reporter, id)).body).toEqual({ avatarId: id, received: true });
    }
    const missing = randomUUID();
    expect((await report(reporter, missing)).body).toEqual({ avatarId: missing, received: true });
    const found = await open(id);
    expect(found).toMatchObject([
      { accountId: owner.accountId, reporterId: reporter.accountId, kind: 'likeness', statement: STATEMENT },
    ]);
    await studio.client.ok('dismissReport', { token: admin.token, id: found[0]!.id });
    expect(await open(id)).toEqual([]);
    expect(await read(owner, id)).toMatchObject({ review: 'clear', takedownReason: null });
  });

  it('is hidden once it is taken down, with the reason for its user, until it is restored', async () => {
    const [owner, reporter] = [await studio.user(), await studio.user()];
    const { id, generationId } = await deliveredAvatar(studio, owner);
    await report(reporter, id);
    for (let n = 0; n < 2; n += 1) {
      expect((await takedown(id)).body).toEqual({ avatarId: id, review: 'taken_down' });
    }
    const hidden = {
      review: 'taken_down',
      takedownReason: REASON,
      imageUrl: null,
      thumbnailUrl: null,
      placeholder: null,
    };
    expect(await read(owner, id)).toMatchObject(hidden);
    const { token, projectId } = owner;
    const { body: generation } = await studio.client.ok('readGeneration', { token, id: generationId });
    expect(generation).toMatchObject({ avatar: hidden });
    expect((await studio.client.problem('downloadImage', { token, id })).status).toBe(404);
    const variation = { sourceType: 'from_reference', mode: 'variation', reference: { avatarId: id } };
    expect((await studio.client.problem('createGeneration', { token, id: projectId, body: variation })).status).toBe(
      404,
    );
    const { body: project } = await studio.client.ok('readProject', { token, id: projectId });
    expect(project).toMatchObject({ avatarCount: 1, covers: [] });
    expect((await studio.client.raw('approveAvatar', { token: admin.token, id })).status).toBe(409);
    expect(await open(id)).toEqual([]);
    expect(await takenDown(id)).toMatchObject([
      { reason: REASON, imageUrl: expect.stringMatching(/X-Goog-Signature=/) },
    ]);

    expect((await restore(id)).status).toBe(200);
    expect((await restore(id)).status).toBe(200);
    expect(await read(owner, id)).toMatchObject({
      review: 'approved',
      takedownReason: null,
      imageUrl: expect.anything(),
    });
    expect(await takenDown(id)).toEqual([]);
    expect(await notified(owner)).toEqual(['avatar_restored', 'avatar_taken_down', 'avatar_completed']);
    const { body: acts } = await studio.client.ok('listAudit', { token: admin.token, query: { target: id } });
    expect(acts.data.map(({ act }) => act)).toEqual([
      'moderation.restore',
      'moderation.restore',
      'moderation.approve',
      'moderation.takedown',
      'moderation.takedown',
    ]);
    expect((await studio.client.raw('restoreTakenDownAvatar', { token: admin.token, id: randomUUID() })).status).toBe(
      404,
    );
    const shown = await deliveredAvatar(studio, owner);
    expect((await restore(shown.id)).status).toBe(409);
  });

  it('can’t be reported without limit', async () => {
    const reporter = await studio.user();
    const { accountId, token } = reporter;
    const { id } = await deliveredAvatar(studio, reporter);
    const others = await Promise.all(Array.from({ length: 7 }, () => deliveredAvatar(studio, reporter)));
    await studio.fixture.owner.query(
      `INSERT INTO avatar_reports (account_id, avatar_id, kind, statement)
       SELECT $1, a, k, 'x' FROM unnest($2::uuid[]) a, unnest(ARRAY['likeness', 'copyright', 'other']) k LIMIT $3`,
      [accountId, others.map((other) => other.id), REPORT_LIMITS.openMax],
    );
    const call = { token, body: { avatarId: id, kind: 'other' as const, statement: STATEMENT } };
    expect((await studio.client.problem('createReport', call)).body.code).toBe('conflict');
  });

  it('can’t be reported without limit by requests at the same time, across avatars either', async () => {
    const reporter = await studio.user();
    const ids = await Promise.all(Array.from({ length: 8 }, async () => (await deliveredAvatar(studio, reporter)).id));
    const reports = ids.flatMap((avatarId) => REPORT_KINDS.map((kind) => ({ avatarId, kind, statement: STATEMENT })));
    const answers = await Promise.all(
      reports.map((body) => studio.client.raw('createReport', { token: reporter.token, body })),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 202)).toHaveLength(REPORT_LIMITS.openMax);
    expect(statuses.filter((status) => status === 409)).toHaveLength(reports.length - REPORT_LIMITS.openMax);
    // What was received is received: a repetition is no further report.
    const repeated = { token: reporter.token, body: reports[statuses.indexOf(202)]! };
    expect((await studio.client.raw('createReport', repeated)).status).toBe(202);
  });
});
