import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { COOL_DOWNS } from '#domain/moderation/abuse.ts';
import { OBJECTION_LIMITS } from '#domain/moderation/objection.ts';
import { REPORT_LIMITS } from '#domain/moderation/report.ts';
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

describe('an objection to a refused text', () => {
  const PROMPT = 'A portrait of kike garcía, chef';
  const texts = [{ path: 'prompt', text: PROMPT }];
  const comment = 'Short for Enrique';
  const object = ({ token }: TestUser, more: object = {}) =>
    studio.client.ok('createObjection', { token, body: { rule: 'hate', texts, comment, ...more } });
  const generate = ({ token, projectId: id }: TestUser) =>
    studio.client.raw('createGeneration', { token, id, body: { ...body, prompt: PROMPT } });
  const open = async ({ accountId }: TestUser) =>
    (await studio.client.ok('listObjections', { token: admin.token, query: { limit: '100' } })).body.data.filter(
      (item) => item.accountId === accountId,
    );
  const decide = (id: string, decision: 'allowed' | 'refused') =>
    studio.client.raw('decideObjection', { token: admin.token, id, body: { decision } });

  it('reaches the admins once, and their decision allows the text for this account and forgives its strikes', async () => {
    const [user, other] = [await studio.user(), await studio.user()];
    for (let n = 0; n < COOL_DOWNS.refused_prompt.strikes; n += 1) expect((await generate(user)).status).toBe(422);
    expect((await generate(user)).status).toBe(429);
    const [first, again] = [await object(user), await object(user, { comment: undefined })];
    expect(again.body).toEqual(first.body);
    const waiting = { rule: 'hate', decision: null, comment, texts: [{ path: 'prompt', text: PROMPT, term: 'kike' }] };
    expect(await open(user)).toMatchObject([{ id: first.body.id, ...waiting }]);
    expect((await decide(first.body.id, 'allowed')).status).toBe(200);
    expect((await decide(first.body.id, 'allowed')).status).toBe(200);
    expect((await decide(first.body.id, 'refused')).status).toBe(409);
    expect((await decide(randomUUID(), 'allowed')).status).toBe(404);
    expect(await open(user)).toEqual([]);
    expect(await notified(user)).toEqual(['objection_allowed']);
    expect((await generate(user)).status).toBe(202);
    expect((await generate(other)).status).toBe(422);
    expect((await object(user)).body).toEqual({ ...first.body, decision: 'allowed' });
    const acts = await studio.client.ok('listAudit', { token: admin.token, query: { act: 'objection.decide' } });
    expect(acts.body.data.filter(({ target }) => target === first.body.id)).toMatchObject([
      { outcome: 'refused', body: { decision: 'refused' } },
      { outcome: 'done' },
      { outcome: 'done', body: { decision: 'allowed' } },
    ]);
    expect(studio.logged.join('\n')).not.toContain(PROMPT);
  });

  it('may be declined: the text remains refused, on every route', async () => {
    const user = await studio.user();
    const name = 'Kikes';
    const { body: objection } = await object(user, { texts: [{ path: 'name', text: name }] });
    await decide(objection.id, 'refused');
    expect(await notified(user)).toEqual(['objection_refused']);
    const project = () => studio.client.raw('createProject', { token: user.token, body: { name } });
    expect((await project()).status).toBe(422);
  });

  it('is accepted only for texts that break the rule, and not without limit', async () => {
    const user = await studio.user();
    const call = { token: user.token, body: { rule: 'obscene' as const, texts } };
    expect((await studio.client.problem('createObjection', call)).body.code).toBe('conflict');
    for (let n = 0; n < OBJECTION_LIMITS.openMax; n += 1) {
      await object(user, { texts: [{ path: 'prompt', text: `${PROMPT}, ${n}` }] });
    }
    const full = { token: user.token, body: { rule: 'hate' as const, texts } };
    expect((await studio.client.problem('createObjection', full)).body.code).toBe('conflict');
  });
});

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
    const { id } = await delivered(owner, 'pass');
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
    const { id, generationId } = await delivered(owner, 'pass');
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
    const shown = await delivered(owner, 'pass');
    expect((await restore(shown.id)).status).toBe(409);
  });

  it('can’t be reported without limit', async () => {
    const reporter = await studio.user();
    const { accountId, token } = reporter;
    const { id } = await delivered(reporter, 'pass');
    const others = await Promise.all(Array.from({ length: 7 }, () => delivered(reporter, 'pass')));
    await studio.fixture.owner.query(
      `INSERT INTO avatar_reports (account_id, avatar_id, kind, statement)
       SELECT $1, a, k, 'x' FROM unnest($2::uuid[]) a, unnest(ARRAY['likeness', 'copyright', 'other']) k LIMIT $3`,
      [accountId, others.map((other) => other.id), REPORT_LIMITS.openMax],
    );
    const call = { token, body: { avatarId: id, kind: 'other' as const, statement: STATEMENT } };
    expect((await studio.client.problem('createReport', call)).body.code).toBe('conflict');
  });
});
