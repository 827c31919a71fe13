import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { record } from '#drizzle/ledger/record.ts';
import { SCOPES, type Scope } from '#contract/profile.ts';
import type { TestUser } from '#tests/api/serve-api.ts';
import { testApi } from '#tests/api/test-api.ts';
import { anAvatar } from '#tests/support/database/world.ts';

const studio = testApi();
const BODY = { sourceType: 'text_to_image', prompt: 'a signal tower' } as const;

/** Credentials of a service that acts on behalf of a user. */
async function serviceFor(user: TestUser | undefined, scopes: readonly Scope[] = SCOPES) {
  const token = await studio.tokens.forService({ sub: 'chat', scopes });
  return { token, headers: user ? { 'X-On-Behalf-Of': user.subject } : {} };
}

async function createAvatar({ token, projectId, accountId }: TestUser): Promise<string> {
  const { body } = await studio.client.ok('createGeneration', { token, id: projectId, body: BODY });
  const avatar = anAvatar(accountId);
  await record(studio.fixture.database, body.id, avatar);
  return avatar.id;
}

describe('internal routes', () => {
  it("read a user's avatars, one or many, in the requested order, and list missing ids", async () => {
    const [ada, bea] = [await studio.user(), await studio.user()];
    const [first, second, foreign] = [await createAvatar(ada), await createAvatar(ada), await createAvatar(bea)];
    const service = await serviceFor(ada);
    expect((await studio.client.ok('readAvatarFor', { ...service, id: first })).body.id).toBe(first);
    const ids = [second, foreign, first, randomUUID(), second];
    const { body } = await studio.client.ok('batchGetAvatarsFor', { ...service, body: { ids } });
    expect(body.data.map(({ id }) => id)).toEqual([second, first]);
    expect(body.missing).toEqual([foreign, ids[3]]);
    expect((await studio.client.problem('readAvatarFor', { ...service, id: foreign })).status).toBe(404);
  });

  it('accept a hundred ids and refuse more', async () => {
    const service = await serviceFor(await studio.user());
    const ids = Array.from({ length: 101 }, () => randomUUID());
    const { body } = await studio.client.ok('batchGetAvatarsFor', { ...service, body: { ids: ids.slice(1) } });
    expect(body.missing).toHaveLength(100);
    expect((await studio.client.problem('batchGetAvatarsFor', { ...service, body: { ids } })).status).toBe(400);
  });

  it("create a generation with the user's credits, once per key, and only in the user's project", async () => {
    const [ada, bea] = [await studio.user(), await studio.user()];
    const service = await serviceFor(ada);
    const headers = { ...service.headers, 'Idempotency-Key': 'request 7' };
    const createGeneration = () =>
      studio.client.ok('createGenerationFor', {
        token: service.token,
        headers,
        body: { ...BODY, projectId: ada.projectId },
      });
    const [first, replayed] = [await createGeneration(), await createGeneration()];
    expect(first).toMatchObject({ status: 202, body: { status: 'pending', projectId: ada.projectId } });
    expect(replayed.body.id).toBe(first.body.id);
    expect(replayed.headers.get('Idempotent-Replayed')).toBe('true');
    expect((await studio.client.ok('readCredits', { token: ada.token })).body).toMatchObject({ held: 10 });
    const body = { ...BODY, projectId: bea.projectId };
    expect((await studio.client.problem('createGenerationFor', { ...service, body })).status).toBe(404);
  });

  it("record a use of the user's avatar, once per key, and answer 404 for another user's", async () => {
    const [ada, bea] = [await studio.user(), await studio.user()];
    const id = await createAvatar(ada);
    const service = await serviceFor(ada);
    const body = { appId: 'chat', appName: 'Chat', action: 'shown_as_author' };
    const headers = { ...service.headers, 'Idempotency-Key': 'message 1' };
    const use = () => studio.client.ok('trackUsageFor', { token: service.token, headers, id, body });
    expect([(await use()).body.usageCount, (await use()).body.usageCount]).toEqual([1, 1]);
    const { status } = await studio.client.problem('trackUsageFor', { ...(await serviceFor(bea)), id, body });
    expect(status).toBe(404);
  });

  it('change the priority of a waiting generation and cancel it', async () => {
    const ada = await studio.user();
    const service = await serviceFor(ada);
    const createBody = { ...BODY, projectId: ada.projectId };
    const { id } = (await studio.client.ok('createGenerationFor', { ...service, body: createBody })).body;
    const priority = { type: 'setPriority', priority: 1 } as const;
    const moved = await studio.client.ok('signalGenerationFor', { ...service, id, body: priority });
    expect(moved.body.priority).toBe(1);
    const cancel = { type: 'cancel', reason: 'withdrawn' } as const;
    const { body } = await studio.client.ok('signalGenerationFor', { ...service, id, body: cancel });
    expect(body).toMatchObject({ status: 'cancelled', cancelReason: 'withdrawn', creditsReturned: 10 });
    expect((await studio.client.problem('signalGenerationFor', { ...service, id, body: cancel })).status).toBe(409);
  });

  it('are forbidden to users and to services without the scope, and require X-On-Behalf-Of', async () => {
    const ada = await studio.user();
    const id = await createAvatar(ada);
    const asUser = await studio.client.problem('readAvatarFor', { token: ada.token, id });
    expect(asUser.body.code).toBe('forbidden');
    const unscoped = await serviceFor(ada, ['usage:write']);
    expect((await studio.client.problem('readAvatarFor', { ...unscoped, id })).body.code).toBe('forbidden');
    const { body } = await studio.client.problem('readAvatarFor', { ...(await serviceFor(undefined)), id });
    expect(body).toMatchObject({ code: 'validation_failed', errors: [{ path: 'X-On-Behalf-Of' }] });
  });
});
