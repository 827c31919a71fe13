import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { COOL_DOWNS } from '#domain/moderation/abuse.ts';
import { OBJECTION_LIMITS } from '#domain/moderation/objection.ts';
import type { TestUser } from '#tests/api/serve-api.ts';
import { testApi } from '#tests/api/test-api.ts';

const studio = testApi();
const body = { sourceType: 'text_to_image', prompt: 'a lamplighter' } as const;

let admin: TestUser;
beforeAll(async () => {
  admin = await studio.user({ role: 'admin' });
});

const notified = async ({ token }: TestUser) =>
  (await studio.client.ok('listNotifications', { token })).body.data.map(({ kind }) => kind);

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
