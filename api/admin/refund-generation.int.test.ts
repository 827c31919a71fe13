import { describe, expect, it } from 'vitest';
import { deliveredAvatar } from '#tests/api/delivered-avatar.ts';
import type { TestUser } from '#tests/api/serve-api.ts';
import { adminApi, GENERATION } from '#tests/api/admin-api.ts';

const { studio, admin, audit } = adminApi();

describe('POST /admin/accounts/:id/refund', () => {
  const refund = (user: TestUser, generationId: string) => ({
    token: admin.token,
    id: user.accountId,
    body: { generationId, reason: 'six fingers' },
  });

  it('returns the charged credits once, however many identical requests arrive at the same time', async () => {
    const user = await studio.user();
    const { generationId } = await deliveredAvatar(studio, user);
    const request = refund(user, generationId);
    const answers = await Promise.all(Array.from({ length: 8 }, () => studio.client.ok('refundGeneration', request)));
    expect(new Set(answers.map((answer) => answer.body.amount))).toEqual(new Set([10]));
    expect(answers.filter(({ headers }) => headers.get('Idempotent-Replayed') === null)).toHaveLength(1);
    const { body: credits } = await studio.client.ok('readCredits', { token: user.token });
    expect(credits).toEqual({ posted: 100, held: 0, available: 100 });
    const acts = await audit({ act: 'account.refund', target: user.accountId });
    expect(acts).toHaveLength(8);
    expect(acts.filter(({ result }) => result.replayed === false)).toHaveLength(1);
    expect(acts[0]?.body).toEqual({ generationId, reason: 'six fingers' });
  });

  it('answers conflict for a generation that was never charged, and 404 for one of another account', async () => {
    const [user, other] = [await studio.user(), await studio.user()];
    const request = { token: user.token, id: user.projectId, body: GENERATION };
    const { id: unfinished } = (await studio.client.ok('createGeneration', request)).body;
    const refused = (who: TestUser) => studio.client.problem('refundGeneration', refund(who, unfinished));
    expect((await refused(user)).body.code).toBe('conflict');
    expect((await refused(other)).body.code).toBe('not_found');
  });
});
