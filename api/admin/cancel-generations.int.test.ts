import { describe, expect, it } from 'vitest';
import { adminApi } from '#tests/api/admin-api.ts';

const { studio, admin, createGeneration, audit } = adminApi();

describe('POST /admin/generations/cancel', () => {
  const cancel = (filter: Record<string, unknown>) =>
    studio.client.ok('cancelGenerations', { token: admin.token, body: filter });

  it('cancels the oldest matching generations, returns their credits and reports whether there are more', async () => {
    const [user, other] = [await studio.user(), await studio.user()];
    const ids = [await createGeneration(user), await createGeneration(user), await createGeneration(user)];
    const otherId = await createGeneration(other);
    const first = await cancel({ accountId: user.accountId, limit: 2, reason: 'outage' });
    expect(first.status).toBe(202);
    expect(first.body).toMatchObject({ count: 2, notReached: [], more: true });
    expect(first.body.ids.toSorted()).toEqual(ids.slice(0, 2).toSorted());
    expect((await cancel({ accountId: user.accountId })).body).toMatchObject({
      count: 1,
      ids: [ids[2]],
      more: false,
    });
    const { body: credits } = await studio.client.ok('readCredits', { token: user.token });
    expect(credits).toEqual({ posted: 100, held: 0, available: 100 });
    const { body: unaffected } = await studio.client.ok('readGeneration', { token: other.token, id: otherId });
    expect(unaffected.status).toBe('pending');
    const [last] = await audit({ act: 'generations.cancel' });
    expect(last?.result).toMatchObject({ ids: [ids[2]] });
  });

  it('lists the generations whose workflow could not be signaled', async () => {
    const user = await studio.user();
    const id = await createGeneration(user);
    studio.workflows.outage = 'temporal';
    expect((await cancel({ accountId: user.accountId })).body).toMatchObject({ count: 0, ids: [], notReached: [id] });
  });

  it('filters by age, status and provider', async () => {
    const user = await studio.user();
    const generationId = await createGeneration(user, { options: { provider: 'illustrator' } });
    const only = { accountId: user.accountId };
    expect((await cancel({ ...only, olderThanSeconds: 60 })).body.count).toBe(0);
    expect((await cancel({ ...only, status: 'processing' })).body.count).toBe(0);
    expect((await cancel({ ...only, provider: 'replicate' })).body.count).toBe(0);
    expect((await cancel({ ...only, provider: 'illustrator', status: 'pending' })).body.ids).toEqual([generationId]);
  });

  it('refuses a request without a filter', async () => {
    const { body: refused } = await studio.client.problem('cancelGenerations', {
      token: admin.token,
      body: { limit: 5 },
    });
    expect(refused.code).toBe('validation_failed');
  });
});
