import { describe, expect, it } from 'vitest';
import { release } from '#drizzle/ledger/release.ts';
import { deliveredAvatar } from '#tests/api/delivered-avatar.ts';
import { testApi } from '#tests/api/test-api.ts';

const studio = testApi();

async function insertAttempt(generationId: string, state: string, more: Record<string, unknown> = {}): Promise<void> {
  const row = { generation_id: generationId, provider: 'replicate', model: 'm', state, latency_ms: 100, ...more };
  await studio.fixture.owner.query(
    `INSERT INTO provider_attempts (generation_id, ordinal, provider, model, state, latency_ms, staged_object, failure_kind, cost_usd)
     SELECT r.generation_id, (SELECT count(*) FROM provider_attempts a WHERE a.generation_id = r.generation_id), r.provider, r.model, r.state,
       r.latency_ms, r.staged_object, r.failure_kind, r.cost_usd
     FROM json_to_record($1) AS r (generation_id uuid, provider text, model text, state text, latency_ms int, staged_object text,
       failure_kind text, cost_usd numeric)`,
    [JSON.stringify(row)],
  );
}

describe('GET /stats', () => {
  it('returns outcomes, latencies, failures, storage and cost', async () => {
    const admin = await studio.user({ role: 'admin', tier: 'pro' });
    const empty = await studio.client.ok('readStats', { token: admin.token });
    expect(empty.body).toMatchObject({
      generations: { completed: 0, failed: 0, cancelled: 0, successRate: null, totalMs: null },
      tiers: [],
      errors: [],
      providers: [],
      forecast: { recommendedWorkers: 2 },
      storage: { objects: 0, bytes: 0 },
      cost: { credits: 0, costUsd: 0 },
      flags: [],
    });
    expect(empty.body.forecast.hours.map(({ generations }) => generations)).toEqual(Array(24).fill(0));
    const user = await studio.user();
    const { generationId } = await deliveredAvatar(studio, user);
    await insertAttempt(generationId, 'failed', { failure_kind: 'timeout' });
    await insertAttempt(generationId, 'succeeded', { staged_object: 'staging/1', cost_usd: 0.003 });
    await insertAttempt(generationId, 'succeeded', { staged_object: 'staging/2', latency_ms: 300 });
    await deliveredAvatar(studio, admin);
    const body = { sourceType: 'text_to_image', prompt: 'a portrait' } as const;
    const createGeneration = async () =>
      (await studio.client.ok('createGeneration', { token: user.token, id: user.projectId, body })).body.id;
    const failure = { code: 'deadline', message: 'Too late' } as const;
    await release(studio.fixture.database, { generationId: await createGeneration(), status: 'failed', failure });
    await release(studio.fixture.database, { generationId: await createGeneration(), status: 'cancelled' });
    await createGeneration();
    const { body: stats } = await studio.client.ok('readStats', { token: admin.token });
    expect(stats).toMatchObject({
      generations: { completed: 2, failed: 1, cancelled: 1, successRate: 2 / 3 },
      tiers: [
        { tier: 'free', completed: 1, failed: 1, cancelled: 1, successRate: 0.5 },
        { tier: 'pro', completed: 1, failed: 0, cancelled: 0, successRate: 1, totalMs: { p50: expect.any(Number) } },
      ],
      errors: [{ code: 'deadline', count: 1 }],
      providers: [
        {
          provider: 'replicate',
          succeeded: 2,
          failed: 1,
          cancelled: 0,
          open: 0,
          successRate: 2 / 3,
          latencyMs: { p50: 200 },
          costUsd: 0.003,
          failures: [{ kind: 'timeout', count: 1 }],
        },
      ],
      storage: { objects: 4, bytes: 2 * 1100 },
      cost: { credits: 20, costUsd: 0.003 },
    });
    expect(stats.generations.totalMs?.p95).toBeGreaterThanOrEqual(stats.generations.totalMs?.p50 ?? Infinity);
    expect(stats.queue).toMatchObject({ running: 0 });
  });

  it('omits generations older than the requested hours', async () => {
    const [admin, user] = [await studio.user({ role: 'admin' }), await studio.user()];
    const before = await studio.client.ok('readStats', { token: admin.token, query: { hours: '2' } });
    const { generationId } = await deliveredAvatar(studio, user);
    const { owner } = studio.fixture;
    await owner.query(`SET session_replication_role = replica`);
    await owner.query(`UPDATE avatar_generations SET finished_at = now() - interval '3 hours' WHERE id = $1`, [
      generationId,
    ]);
    await owner.query(`SET session_replication_role = origin`);
    const read = async (hours: string) =>
      (await studio.client.ok('readStats', { token: admin.token, query: { hours } })).body.generations.completed;
    expect(await read('2')).toBe(before.body.generations.completed);
    expect(await read('4')).toBe(before.body.generations.completed + 1);
  });

  it('is forbidden to users', async () => {
    const { token } = await studio.user();
    expect((await studio.client.problem('readStats', { token })).body.code).toBe('forbidden');
  });
});
