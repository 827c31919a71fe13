import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { deliveredAvatar } from '#tests/api/delivered-avatar.ts';
import { testApi } from '#tests/api/test-api.ts';

const studio = testApi();
const IN_CHAT = { appId: 'chat', appName: 'Chat', action: 'shown' };

describe('POST /avatars/:id/usage', () => {
  it('records and counts a use, and lists uses newest first', async () => {
    const user = await studio.user();
    const { id } = await deliveredAvatar(studio, user);
    const body = { ...IN_CHAT, referenceId: 'm-1', referenceType: 'message', metadata: { size: 64, round: true } };
    const first = await studio.client.ok('trackUsage', { token: user.token, id, body });
    expect(first).toMatchObject({ status: 201, body: { usageCount: 1, use: { avatarId: id, ...body } } });
    const second = await studio.client.ok('trackUsage', { token: user.token, id, body: IN_CHAT });
    expect(second.body).toMatchObject({ usageCount: 2, use: { referenceId: null, metadata: {} } });
    const avatar = await studio.client.ok('readAvatar', { token: user.token, id });
    expect(avatar.body).toMatchObject({ usageCount: 2, lastUsedAt: second.body.lastUsedAt });
    const list = await studio.client.ok('listUsage', { token: user.token, id, query: { limit: '1' } });
    expect(list.body).toMatchObject({ data: [second.body.use], meta: { total: 2, hasMore: true } });
    const query = { cursor: list.body.meta.nextCursor ?? '' };
    const rest = await studio.client.ok('listUsage', { token: user.token, id, query });
    expect(rest.body.data).toEqual([first.body.use]);
  });

  it('counts once per idempotency key, however many requests arrive at the same time', async () => {
    const user = await studio.user();
    const { id } = await deliveredAvatar(studio, user);
    const headers = { 'Idempotency-Key': 'm-1' };
    const track = () => studio.client.ok('trackUsage', { token: user.token, id, body: IN_CHAT, headers });
    const answers = await Promise.all(Array.from({ length: 12 }, track));
    expect(new Set(answers.map(({ body }) => body.use.id)).size).toBe(1);
    expect(answers.filter((answer) => answer.headers.get('Idempotent-Replayed') === 'true')).toHaveLength(11);
    const avatar = await studio.client.ok('readAvatar', { token: user.token, id });
    expect(avatar.body.usageCount).toBe(1);
  });

  it('counts every one of many concurrent uses', async () => {
    const user = await studio.user();
    const { id } = await deliveredAvatar(studio, user);
    const track = () => studio.client.ok('trackUsage', { token: user.token, id, body: IN_CHAT });
    const counts = await Promise.all(Array.from({ length: 40 }, async () => (await track()).body.usageCount));
    expect(counts.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_unused, index) => index + 1));
  });

  it('refuses an idempotency key that was used for another request', async () => {
    const user = await studio.user();
    const { id } = await deliveredAvatar(studio, user);
    const other = await deliveredAvatar(studio, user);
    const headers = { 'Idempotency-Key': 'm-1' };
    await studio.client.ok('trackUsage', { token: user.token, id, body: IN_CHAT, headers });
    for (const request of [
      { id, body: { ...IN_CHAT, action: 'sent' } },
      { id, body: { ...IN_CHAT, metadata: { size: 1 } } },
      { id: other.id, body: IN_CHAT },
    ]) {
      const answer = await studio.client.problem('trackUsage', { token: user.token, headers, ...request });
      expect(answer.body.code).toBe('idempotency_mismatch');
    }
    const untouched = await studio.client.ok('readAvatar', { token: user.token, id: other.id });
    expect(untouched.body.usageCount).toBe(0);
  });

  it('counts a use by a service for the user on whose behalf it acts', async () => {
    const user = await studio.user();
    const { id } = await deliveredAvatar(studio, user);
    const trackAs = async (scopes: readonly ('usage:write' | 'avatars:read')[], subject: string) => {
      const token = await studio.tokens.forService({ sub: 'chat', scopes });
      return studio.client.raw('trackUsage', { token, id, body: IN_CHAT, headers: { 'X-On-Behalf-Of': subject } });
    };
    expect((await trackAs(['usage:write'], user.subject)).status).toBe(201);
    expect((await trackAs(['avatars:read'], user.subject)).status).toBe(403);
    const stranger = await studio.user();
    expect((await trackAs(['usage:write'], stranger.subject)).status).toBe(404);
  });

  it('answers for another user’s avatar as for a missing one, as the list of uses does', async () => {
    const [owner, stranger] = [await studio.user(), await studio.user()];
    const { id } = await deliveredAvatar(studio, owner);
    for (const name of ['trackUsage', 'listUsage'] as const) {
      const body = name === 'trackUsage' ? { body: IN_CHAT } : {};
      const foreign = await studio.client.problem(name, { token: stranger.token, id, ...body });
      const missing = await studio.client.problem(name, { token: stranger.token, id: randomUUID(), ...body });
      expect(foreign.status).toBe(404);
      expect({ ...foreign.body, instance: '', requestId: '' }).toEqual({
        ...missing.body,
        instance: '',
        requestId: '',
      });
    }
  });

  it.each([
    ['an app without a name', { ...IN_CHAT, appName: ' ' }],
    ['an unknown field', { ...IN_CHAT, user: 'alice' }],
    [
      'more metadata pairs than allowed',
      { ...IN_CHAT, metadata: Object.fromEntries([...'abcdefghijklmnopq'].map((key) => [key, 1])) },
    ],
    ['nested metadata', { ...IN_CHAT, metadata: { size: { width: 1 } } }],
    ['a character that Postgres cannot store', { ...IN_CHAT, metadata: { 'a\u0000': 1 } }],
  ])('refuses %s', async (_what, body) => {
    const user = await studio.user();
    const { id } = await deliveredAvatar(studio, user);
    const answer = await studio.client.problem('trackUsage', { token: user.token, id, body });
    expect(answer.body.code).toBe('validation_failed');
  });

  it.each([
    ['/api/v1', 'by the user'],
    ['/internal/v1', 'by a service'],
  ])('stores metadata as it was sent to %s %s, and compares it exactly', async (base, by) => {
    const user = await studio.user();
    const { id } = await deliveredAvatar(studio, user);
    const isService = by === 'by a service';
    const service = await studio.tokens.forService({ sub: 'chat', scopes: ['usage:write'] });
    const send = async (metadata: string, key: string) => {
      const answer = await fetch(`${isService ? studio.internalAddress : studio.address}${base}/avatars/${id}/usage`, {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${isService ? service : user.token}`,
          ...(isService && { 'X-On-Behalf-Of': user.subject }),
          'Content-Type': 'application/json',
          'Idempotency-Key': key,
        },
        body: `{"appId":"chat","appName":"Chat","action":"shown","metadata":${metadata}}`,
      });
      return { status: answer.status, text: await answer.text() };
    };
    const sent = `{"n":12345678901234567890,"__proto__":"x","constructor":"y","é":"NFC","e\u0301":"NFD","price":0.1}`;
    const first = await send(sent, 'one');
    expect(first.status).toBe(201);
    for (const pair of sent.slice(1, -1).split(',')) expect(first.text).toContain(pair);
    expect((await send(sent, 'one')).status).toBe(201);
    expect((await send(sent.replace('890,', '891,'), 'one')).text).toContain('idempotency_mismatch');
    expect((await send(sent.replace('"x"', '"z"'), 'one')).text).toContain('idempotency_mismatch');
    const list = await fetch(`${studio.address}/api/v1/avatars/${id}/usage`, {
      headers: { Authorization: `Bearer ${user.token}` },
    }).then((answer) => answer.text());
    for (const pair of sent.slice(1, -1).split(',')) expect(list).toContain(pair);
    expect((await send('{"a":1,"\\u0061":2}', 'two')).text).toContain('was sent more than once');
  });

  it('accepts the largest metadata that the contract allows', async () => {
    const user = await studio.user();
    const { id } = await deliveredAvatar(studio, user);
    const keys = [...'abcdefghijklmnop'].map((letter) => letter + '🜁'.repeat(39));
    const metadata = Object.fromEntries(
      keys.map((key, index) => [key, index < 2 ? [1e308, 5e-324][index] : '🜁'.repeat(200)]),
    );
    const { body } = await studio.client.ok('trackUsage', { token: user.token, id, body: { ...IN_CHAT, metadata } });
    expect(body.use.metadata).toEqual(metadata);
  });
});
