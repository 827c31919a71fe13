import { createHmac, createPrivateKey } from 'node:crypto';
import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { SCOPES } from '#contract/profile.ts';
import { ROUTES, type RouteName } from '#contract/routes.ts';
import type { Route } from '#contract/route.ts';
import { problemOf } from '#tests/api/api-client.ts';
import { testKey } from '#tests/api/serve-api.ts';
import { testApi } from '#tests/api/test-api.ts';
import { AUDIENCE, createDemoTokens, DEMO_ISSUER } from './demo-tokens.ts';
import { createTokenVerifier } from './token-verifier.ts';

const KEY = testKey();
const tokens = createDemoTokens(KEY);
const studio = testApi({ demoTokens: tokens, verify: createTokenVerifier(tokens.rules) });

const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const inAnHour = () => Math.floor(Date.now() / 1000) + 3600;
const claims = () => ({ iss: DEMO_ISSUER, aud: AUDIENCE, sub: 'test|subject', tier: 'pro', exp: inAnHour() });

function signed(payload: Record<string, unknown>, key = KEY): Promise<string> {
  return new SignJWT(payload).setProtectedHeader({ alg: 'ES256' }).sign(createPrivateKey(key));
}

const FORGERIES: [string, () => Promise<string> | string][] = [
  ['expired', () => signed({ ...claims(), exp: Math.floor(Date.now() / 1000) - 60 })],
  ['for another audience', () => signed({ ...claims(), aud: 'another-app' })],
  ['of another issuer', () => signed({ ...claims(), iss: 'https://evil.example' })],
  ['signed by another key', () => signed(claims(), testKey())],
  ['without an expiry', () => signed({ ...claims(), exp: undefined })],
  ['not valid yet', () => signed({ ...claims(), nbf: inAnHour() })],
  ['without a subject', () => signed({ ...claims(), sub: undefined })],
  ['of a subject that is reserved for services', () => signed({ ...claims(), sub: 'service|chat' })],
  ['of a tier that does not exist', () => signed({ ...claims(), tier: 'platinum' })],
  ['of the tier that only services have', () => signed({ ...claims(), tier: 'service' })],
  ['unsigned (alg none)', () => `${base64({ alg: 'none' })}.${base64(claims())}.`],
  [
    'signed with the public key as a shared secret',
    () => {
      const body = `${base64({ alg: 'HS256' })}.${base64(claims())}`;
      return `${body}.${createHmac('sha256', KEY).update(body).digest('base64url')}`;
    },
  ],
  ['not a JWT', () => 'hello'],
  ['a JWT without a signature', () => 'a.b'],
  ['too long', () => 'x'.repeat(10_000)],
];

describe('authentication with an invalid token', () => {
  it.each(FORGERIES)('answers 401 to a token that is %s', async (_how, createToken) => {
    const { status, body, headers } = await studio.client.problem('readProfile', { token: await createToken() });
    expect(status).toBe(401);
    expect(body.code).toBe('unauthorized');
    expect(headers.get('WWW-Authenticate')).toBe('Bearer');
  });
});

describe('authentication without a token', () => {
  const protectedRoutes = (Object.entries(ROUTES) as [RouteName, Route][]).filter(
    ([, { access }]) => access !== 'public',
  );

  it.each(protectedRoutes.map(([name]) => name))('answers 401 on %s', async (name) => {
    const answer = await studio.client.problem(name, { id: '01a2078b-42ea-73f9-b0ce-3cf6f8ae5a6f' });
    expect(answer.status).toBe(401);
  });

  it.each(['Basic YTpi', 'Bearer', 'Bearer a b', 'token'])(
    'answers 401 to the Authorization header "%s"',
    async (Authorization) => {
      const { status } = await studio.client.problem('readProfile', { headers: { Authorization } });
      expect(status).toBe(401);
    },
  );
});

describe('demo sign-in', () => {
  it('lists the demo users and issues a token that the API accepts', async () => {
    const options = await studio.client.ok('readSignInOptions');
    expect(options.body.demo.map(({ user }) => user)).toEqual(['alice', 'bob', 'admin']);
    const { body, headers } = await studio.client.ok('signInDemoUser', { body: { user: 'bob' } });
    expect(headers.get('Cache-Control')).toBe('no-store');
    const me = await studio.client.ok('readProfile', { token: body.token });
    expect(me.body).toMatchObject({ name: 'Bob', tier: 'pro', role: 'user', limits: { dailyGenerations: 1000 } });
  });

  it('refuses a name that is not a demo user', async () => {
    const { body } = await studio.client.problem('signInDemoUser', { body: { user: 'root' } });
    expect(body.code).toBe('validation_failed');
  });
});

describe('a user', () => {
  it('has one account for all tokens, with the tier of the latest one', async () => {
    const one = await studio.client.ok('readProfile', {
      token: await tokens.forUser({ sub: 'test|grows', tier: 'free' }),
    });
    const two = await studio.client.ok('readProfile', {
      token: await tokens.forUser({ sub: 'test|grows', tier: 'pro' }),
    });
    expect(two.body.accountId).toBe(one.body.accountId);
    expect([one.body.limits.dailyGenerations, two.body.limits.dailyGenerations]).toEqual([50, 1000]);
  });

  it('gets the starter credits once, also with concurrent first requests', async () => {
    const token = await tokens.forUser({ sub: 'test|starter', tier: 'plus' });
    await Promise.all(Array.from({ length: 8 }, () => studio.client.ok('readProfile', { token })));
    const { body } = await studio.client.ok('readCredits', { token });
    expect(body.available).toBe(500);
  });

  it('gets no starter credits from a crowded network until an address is verified or an admin grants them', async () => {
    const headers = { 'X-Forwarded-For': '203.0.113.7' };
    const profileOf = async (user: { sub: string; tier: 'free'; email_verified?: boolean; email?: string }) =>
      (await studio.client.ok('readProfile', { token: await tokens.forUser(user), headers })).body;
    const availableOf = async (sub: string) =>
      (await studio.client.ok('readCredits', { token: await tokens.forUser({ sub, tier: 'free' }), headers })).body
        .available;
    for (let n = 0; n < 10; n += 1)
      expect((await profileOf({ sub: `crowd|${n}`, tier: 'free' })).starterCredits).toBeNull();
    const { starterCredits } = await profileOf({ sub: 'crowd|late', tier: 'free' });
    expect(starterCredits).toMatchObject({ amount: 100, reason: 'network', retryAt: expect.any(String) });
    expect(await availableOf('crowd|late')).toBe(0);

    const verified = { sub: 'crowd|late', tier: 'free', email_verified: true, email: 'late@example.com' } as const;
    expect((await profileOf(verified)).starterCredits).toBeNull();
    expect(await availableOf('crowd|late')).toBe(100);

    const { accountId } = await profileOf({ sub: 'crowd|other', tier: 'free' });
    const admin = await tokens.forUser({ sub: 'test|admin', tier: 'pro', role: 'admin' });
    const call = { token: admin, id: accountId };
    expect((await studio.client.ok('readAdminAccount', call)).body.starterCredits).toMatchObject({ reason: 'network' });
    expect((await studio.client.ok('grantStarterCredits', call)).body.amount).toBe(100);
    expect((await studio.client.ok('grantStarterCredits', call)).headers.get('Idempotent-Replayed')).toBe('true');
    expect(await availableOf('crowd|other')).toBe(100);
  });

  it('cannot act on behalf of another user', async () => {
    const token = await tokens.forUser({ sub: 'test|me', tier: 'free' });
    const { status } = await studio.client.problem('readProfile', { token, headers: { 'X-On-Behalf-Of': 'test|you' } });
    expect(status).toBe(403);
  });

  it('gets the same 404 for a project of another account, a missing one and a malformed id', async () => {
    const otherProject = await studio.client.ok('createProject', {
      token: await tokens.forUser({ sub: 'test|owner', tier: 'free' }),
      body: { name: 'Secret' },
    });
    const token = await tokens.forUser({ sub: 'test|curious', tier: 'free', role: 'admin' });
    const missing = '01a2078b-42ea-73f9-b0ce-3cf6f8ae5a6f';
    const answers = await Promise.all(
      [otherProject.body.id, missing, 'not-an-id'].map((id) => studio.client.problem('readProject', { token, id })),
    );
    const problems = answers.map(({ body }) => ({ ...body, instance: '', requestId: '' }));
    expect(problems[0]).toEqual(problems[1]);
    expect(problems[0]).toEqual(problems[2]);
    expect(problems[0]?.status).toBe(404);
  });
});

describe('a service', () => {
  const onBehalfOf = (subject: string) => ({ 'X-On-Behalf-Of': subject });

  it('is limited to its scopes', async () => {
    const token = await tokens.forService({ sub: 'chat', scopes: ['avatars:read'] });
    expect((await studio.client.ok('listProjects', { token })).status).toBe(200);
    const { status, body } = await studio.client.problem('createProject', { token, body: { name: 'x' } });
    expect([status, body.code]).toEqual([403, 'forbidden']);
    expect(body.detail).toContain('avatars:write');
  });

  it('reads the resources of the user it acts for', async () => {
    const userToken = await tokens.forUser({ sub: 'test|client', tier: 'pro' });
    const { body: project } = await studio.client.ok('createProject', { token: userToken, body: { name: 'Ours' } });
    const token = await tokens.forService({ sub: 'chat', scopes: [...SCOPES] });
    const { body } = await studio.client.ok('listProjects', { token, headers: onBehalfOf('test|client') });
    expect(body.data.map(({ id }) => id)).toEqual([project.id]);
    const profile = await studio.client.problem('readProfile', { token, headers: onBehalfOf('test|client') });
    expect([profile.status, profile.body.detail]).toEqual([403, 'This route can not be used on behalf of a user.']);
  });

  it('has its own account, separate from a user with the same subject', async () => {
    const token = await tokens.forService({ sub: 'chat', scopes: [...SCOPES] });
    const userToken = await tokens.forUser({ sub: 'chat', tier: 'free' });
    const [service, user] = [
      await studio.client.ok('readProfile', { token }),
      await studio.client.ok('readProfile', { token: userToken }),
    ];
    expect(service.body).toMatchObject({ tier: 'service', role: 'user' });
    expect(service.body.accountId).not.toBe(user.body.accountId);
  });

  it('is refused when all of its scopes are unknown', async () => {
    const token = await signed({ ...claims(), typ: 'service', tier: undefined, scopes: ['everything'] });
    expect((await studio.client.problem('readProfile', { token })).status).toBe(403);
  });
});

describe('a request that matches no route', () => {
  it.each([
    ['an unknown path', '/api/v1/nothing'],
    ['a path outside the API', '/nothing'],
    ['a malformed path', '/api/v1/projects/%E0%A4%A'],
  ])('gets a 404 problem: %s', async (_what, path) => {
    const response = await fetch(studio.address + path);
    expect((await problemOf(response)).status).toBe(404);
  });

  it('gets 405 with the allowed methods when only the method is wrong', async () => {
    const response = await fetch(`${studio.address}/api/v1/queue`, { method: 'DELETE' });
    expect((await problemOf(response)).code).toBe('method_not_allowed');
    expect(response.headers.get('Allow')).toBe('GET, HEAD');
  });
});
