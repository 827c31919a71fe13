import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { topup } from '#drizzle/ledger/topup.ts';
import type { TestUser } from '#tests/api/serve-api.ts';
import { adminApi, GENERATION } from '#tests/api/admin-api.ts';
import { noise } from '#tests/uploads/images.ts';
import { requestOf, sendRejectedImage } from '#tests/uploads/send-image.ts';

const { studio, admin, audit } = adminApi();

describe('POST /admin/new-generations', () => {
  const pause = (paused: boolean) => studio.client.ok('setNewGenerations', { token: admin.token, body: { paused } });

  it('refuses new generations while paused, but not replays and cancels', async () => {
    const user = await studio.user();
    const headers = { 'Idempotency-Key': 'before' };
    const request = { token: user.token, id: user.projectId, body: GENERATION, headers };
    const before = await studio.client.ok('createGeneration', request);
    expect((await pause(true)).body.newGenerations.paused).toBe(true);
    try {
      const later = { token: user.token, id: user.projectId, body: GENERATION };
      await expect.poll(async () => (await studio.client.raw('createGeneration', later)).status).toBe(503);
      const refused = await studio.client.problem('createGeneration', later);
      expect(refused.body.code).toBe('unavailable');
      expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0);
      const replayed = await studio.client.ok('createGeneration', request);
      expect(replayed.body.id).toBe(before.body.id);
      const cancelled = await studio.client.ok('cancelGeneration', { token: user.token, id: before.body.id });
      expect(cancelled.body.status).toBe('cancelled');
      expect((await studio.client.problem('retryGeneration', { token: user.token, id: before.body.id })).status).toBe(
        503,
      );
    } finally {
      await pause(false);
    }
    await expect
      .poll(async () => (await studio.client.raw('createGeneration', { ...request, headers: {} })).status)
      .toBe(202);
    expect((await audit({ act: 'new_generations.set' })).map((act) => act.body)).toEqual([
      { paused: false },
      { paused: true },
    ]);
  });

  it('refuses the replay of a generation and of a batch that were never admitted, after all their other errors', async () => {
    const [user, other] = [await studio.user(), await studio.user()];
    const request = (key: string) => ({
      token: user.token,
      id: user.projectId,
      headers: { 'Idempotency-Key': key },
    });
    const single = { ...request('single'), body: GENERATION };
    const batch = { ...request('batch'), body: { request: GENERATION, count: 2, vary: 'seed' } } as const;
    await studio.client.ok('createBatch', { ...request('all credits'), body: { ...batch.body, count: 10 } });
    expect((await studio.client.problem('createGeneration', single)).status).toBe(402);
    expect((await studio.client.problem('createBatch', batch)).status).toBe(402);
    await topup(studio.fixture.database, { accountId: user.accountId, amount: 100, reference: 'paid' });
    await pause(true);
    try {
      const fresh = { token: other.token, id: other.projectId, body: GENERATION };
      await expect.poll(async () => (await studio.client.raw('createGeneration', fresh)).status).toBe(503);
      expect((await studio.client.problem('createGeneration', single)).status).toBe(503);
      expect((await studio.client.problem('createBatch', batch)).status).toBe(503);
      const unknown = { sourceType: 'from_preset', presetId: randomUUID() } as const;
      const code = (await studio.client.problem('createGeneration', { ...request('one'), body: unknown })).body.code;
      expect(code).not.toBe('unavailable');
      const items = { ...request('two'), body: { items: [unknown] } };
      expect((await studio.client.problem('createBatch', items)).body.code).toBe(code);
      // Whether generations are paused is nothing that a project which does not exist tells.
      const image = await noise(64, 64).png().toBuffer();
      const foreign = requestOf(user, image, { id: other.projectId });
      expect((await sendRejectedImage(studio.address, 'uploadAvatar', foreign)).status).toBe(404);
      expect((await sendRejectedImage(studio.address, 'uploadAvatar', requestOf(user, image))).status).toBe(503);
    } finally {
      await pause(false);
    }
    await expect.poll(async () => (await studio.client.raw('createBatch', batch)).status).toBe(202);
    expect((await studio.client.raw('createGeneration', single)).status).toBe(202);
  });
});

describe('POST /admin/providers/:name', () => {
  const set = (name: string, enabled: boolean) =>
    studio.client.ok('setProvider', { token: admin.token, id: name, body: { enabled } });
  const planOf = async (user: TestUser) => {
    const request = { token: user.token, id: user.projectId, body: GENERATION };
    const { id } = (await studio.client.ok('createGeneration', request)).body;
    const rows = await studio.fixture.owner.query<{ plan: { provider: string }[] }>(
      'SELECT plan FROM avatar_generations WHERE id = $1',
      [id],
    );
    return [...new Set(rows.rows[0]!.plan.map(({ provider }) => provider))];
  };

  it('excludes a disabled provider from new plans until it is enabled again', async () => {
    const user = await studio.user({ tier: 'pro' });
    expect(await planOf(user)).toEqual(['replicate', 'illustrator']);
    const { body: switches } = await set('replicate', false);
    expect(switches.providers.find(({ name }) => name === 'replicate')).toMatchObject({
      enabled: false,
      configured: true,
    });
    await expect.poll(() => planOf(user)).toEqual(['illustrator']);
    await set('replicate', true);
    await expect.poll(() => planOf(user)).toEqual(['replicate', 'illustrator']);
  });

  it('answers 404 for an unknown provider', async () => {
    const request = { token: admin.token, id: 'crayon', body: { enabled: false } };
    expect((await studio.client.problem('setProvider', request)).status).toBe(404);
  });
});
