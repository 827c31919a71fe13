import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { SCOPES } from '#contract/profile.ts';
import { examplesOf } from '#contract/openapi/schemas.ts';
import type { Route } from '#contract/route.ts';
import { ROUTES, type RouteName } from '#contract/routes.ts';
import { testApi } from '#tests/api/test-api.ts';

const studio = testApi();
/** Routes that a service may read for a user. */
const READS = (Object.entries(ROUTES) as [RouteName, Route][]).filter(
  ([, { access, onBehalf }]) => access === 'avatars:read' && onBehalf,
);

/** The token and headers of a service with all scopes that acts for this user. */
async function actingFor(subject: string) {
  const token = await studio.tokens.forService({ sub: 'chat', scopes: [...SCOPES] });
  return { token, headers: { 'X-On-Behalf-Of': subject } };
}

async function accountsOf(subject: string): Promise<unknown[]> {
  return (await studio.fixture.owner.query('SELECT id FROM accounts WHERE subject = $1', [subject])).rows;
}

describe('a service that acts for a user', () => {
  it('reads nothing for a user without an account, and does not open the account', async () => {
    const subject = `never|${randomUUID()}`;
    const call = await actingFor(subject);
    expect((await studio.client.ok('readCredits', call)).body).toEqual({ available: 0, held: 0, posted: 0 });
    const reads = READS.filter(([, { params, path }]) => !params && !path.endsWith('/events'));
    expect(reads.length).toBeGreaterThan(8);
    for (const [name, route] of reads) {
      const [body] = route.body ? examplesOf(route.body) : [];
      const { status } = await studio.client.raw(name, { ...call, ...(body !== undefined && { body }) } as typeof call);
      expect({ name, works: status < 500 }).toEqual({ name, works: true });
    }
    const generationBody = { sourceType: 'text_to_image', prompt: 'a smith' };
    expect(
      (await studio.client.problem('createGeneration', { ...call, id: randomUUID(), body: generationBody })).status,
    ).toBe(404);
    expect(await accountsOf(subject)).toEqual([]);
  });

  it('opens the account of a new user by creating a project', async () => {
    const subject = `new|${randomUUID()}`;
    const call = await actingFor(subject);
    await studio.client.ok('listProjects', call);
    expect((await studio.client.ok('createProject', { ...call, body: { name: 'Faces' } })).status).toBe(201);
    expect((await studio.client.ok('readCredits', call)).body.available).toBe(100);
    expect(await accountsOf(subject)).toHaveLength(1);
  });

  it('cannot reopen the account of an erased user', async () => {
    const { token: own, subject } = await studio.user();
    await studio.client.raw('eraseProfile', { token: own });
    const call = await actingFor(subject);
    expect((await studio.client.ok('listProjects', call)).body.data).toEqual([]);
    const refused = await studio.client.problem('createProject', { ...call, body: { name: 'Faces' } });
    expect(refused).toMatchObject({ status: 409, body: { code: 'account_erased' } });
    expect(await accountsOf(subject)).toEqual([]);
  });

  it.each(['', ' ', 'service|other', 'x'.repeat(256), 'test|a,test|b', 'a\tb', 'zo\u00EB'])(
    'cannot act for "%.12s"',
    async (subject) => {
      const { status, body } = await studio.client.problem('listProjects', await actingFor(subject));
      expect([status, body.errors?.[0]?.path]).toEqual([400, 'X-On-Behalf-Of']);
    },
  );

  it('cannot name two users, nor the same user twice', async () => {
    const { token } = await actingFor('nobody');
    for (const names of [
      ['test|a', 'test|b'],
      ['test|a', 'test|a'],
      ['test|a', ''],
    ]) {
      const headers = [
        'Host',
        'api.test',
        'Authorization',
        `Bearer ${token}`,
        ...names.flatMap((name) => ['X-On-Behalf-Of', name]),
      ];
      const status = await new Promise((resolve, reject) => {
        request(`${studio.internalAddress}/api/v1/projects`, { headers }, (response) =>
          resolve(response.resume().statusCode),
        )
          .once('error', reject)
          .end();
      });
      expect({ names, status }).toEqual({ names, status: 400 });
    }
  });
});

describe('a user who signs in for the first time', () => {
  it('has an account and starter credits from the first request, also when it only reads', async () => {
    const subject = `first|${randomUUID()}`;
    const token = await studio.tokens.forUser({ sub: subject, tier: 'free' });
    const [me] = await Promise.all([1, 2, 3].map(() => studio.client.ok('readProfile', { token })));
    expect(await accountsOf(subject)).toEqual([{ id: me!.body.accountId }]);
    expect((await studio.client.ok('readCredits', { token })).body.available).toBe(100);
  });
});
