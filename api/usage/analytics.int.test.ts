import { describe, expect, it } from 'vitest';
import { refund } from '#drizzle/ledger/refund.ts';
import { release } from '#drizzle/ledger/release.ts';
import { deliveredAvatar } from '#tests/api/delivered-avatar.ts';
import type { TestUser } from '#tests/api/serve-api.ts';
import { testApi } from '#tests/api/test-api.ts';

const studio = testApi();
const HOUR_MS = 3_600_000;
const hoursAgo = (hours: number): string => new Date(Date.now() - hours * HOUR_MS).toISOString();

async function trackUses(user: TestUser, id: string, appId: string, times: number): Promise<void> {
  const body = { appId, appName: appId.toUpperCase(), action: 'shown' };
  for (let count = 0; count < times; count += 1) await studio.client.ok('trackUsage', { token: user.token, id, body });
}

/** Records a succeeded attempt with the provider's cost. */
async function insertPaidAttempt(generationId: string, provider: string, costUsd: number): Promise<void> {
  await studio.fixture.owner.query(
    `INSERT INTO provider_attempts (generation_id, ordinal, provider, model, state, staged_object, cost_usd)
     VALUES ($1, (SELECT count(*) FROM provider_attempts WHERE generation_id = $1), $2, 'm', 'succeeded', 'staging/' || $1, $3)`,
    [generationId, provider, costUsd],
  );
}

async function secondProject(user: TestUser): Promise<TestUser> {
  const { body } = await studio.client.ok('createProject', { token: user.token, body: { name: 'Second' } });
  return { ...user, projectId: body.id };
}

describe('GET /usage/summary', () => {
  it('returns uses by app, avatars generated, failures and costs', async () => {
    const user = await studio.user();
    const { id, generationId } = await deliveredAvatar(studio, user);
    await insertPaidAttempt(generationId, 'replicate', 0.003);
    await trackUses(user, id, 'chat', 2);
    await trackUses(user, id, 'mail', 1);
    const body = { sourceType: 'text_to_image', prompt: 'a portrait' } as const;
    const { body: generation } = await studio.client.ok('createGeneration', {
      token: user.token,
      id: user.projectId,
      body,
    });
    const failure = { code: 'deadline', message: 'Too late' } as const;
    await release(studio.fixture.database, { generationId: generation.id, status: 'failed', failure });
    const summary = await studio.client.ok('readUsageSummary', { token: user.token });
    expect(summary.body).toMatchObject({
      uses: 3,
      usesOfDeleted: 0,
      apps: [
        { appId: 'chat', appName: 'CHAT', uses: 2 },
        { appId: 'mail', appName: 'MAIL', uses: 1 },
      ],
      credits: 10,
      costUsd: 0.003,
      completed: 1,
      failed: 1,
      successRate: 0.5,
    });
  });

  it('returns zeros for an account without usage', async () => {
    const { token } = await studio.user();
    const { body } = await studio.client.ok('readUsageSummary', { token });
    expect(body).toMatchObject({
      uses: 0,
      apps: [],
      credits: 0,
      costUsd: 0,
      completed: 0,
      failed: 0,
      successRate: null,
    });
  });

  it('counts the uses of deleted avatars, and reports how many there were', async () => {
    const user = await studio.user();
    const { id } = await deliveredAvatar(studio, user);
    await trackUses(user, id, 'chat', 2);
    await studio.fixture.owner.query('DELETE FROM avatars WHERE id = $1', [id]);
    const { body } = await studio.client.ok('readUsageSummary', { token: user.token });
    expect(body).toMatchObject({ uses: 2, usesOfDeleted: 2, completed: 1, credits: 10 });
  });

  it('subtracts refunds from charged credits', async () => {
    const user = await studio.user();
    const { generationId } = await deliveredAvatar(studio, user);
    await refund(studio.fixture.database, generationId, 'six fingers');
    const { body } = await studio.client.ok('readUsageSummary', { token: user.token });
    expect(body).toMatchObject({ credits: 0, completed: 1 });
  });

  it('covers all accounts for an admin on request, and is refused to users, as are trends and costs', async () => {
    const [user, admin] = [await studio.user(), await studio.user({ role: 'admin' })];
    const before = await studio.client.ok('readUsageSummary', { token: admin.token, query: { account: 'all' } });
    const { id } = await deliveredAvatar(studio, user);
    await trackUses(user, id, 'chat', 3);
    const after = await studio.client.ok('readUsageSummary', { token: admin.token, query: { account: 'all' } });
    expect(after.body.uses).toBe(before.body.uses + 3);
    expect(after.body.credits).toBe(before.body.credits + 10);
    const own = await studio.client.ok('readUsageSummary', { token: admin.token });
    expect(own.body).toMatchObject({ uses: 0, credits: 0 });
    for (const name of ['readUsageSummary', 'readUsageTrends', 'readUsageCosts'] as const) {
      const query = { account: 'all', ...(name === 'readUsageCosts' && { by: 'app' }) };
      const answer = await studio.client.problem(name, { token: user.token, query });
      expect(answer.body.code).toBe('forbidden');
    }
  });
});

describe('GET /usage/trends', () => {
  it('returns a point for every bucket, including empty ones', async () => {
    const user = await studio.user();
    const { id } = await deliveredAvatar(studio, user);
    await trackUses(user, id, 'chat', 1);
    await studio.fixture.owner.query(
      `INSERT INTO avatar_usage_history (account_id, avatar_id, project_id, app_id, app_name, action, created_at)
       SELECT account_id, id, project_id, 'chat', 'Chat', 'shown', now() - interval '5 hours' FROM avatars, generate_series(1, 4) WHERE id = $1`,
      [id],
    );
    const query = { bucket: 'hour', from: hoursAgo(7) };
    const { body } = await studio.client.ok('readUsageTrends', { token: user.token, query });
    expect(body.data).toHaveLength(8);
    expect(body.data[2]).toMatchObject({ uses: 4, completed: 0, credits: 0 });
    expect(body.data[7]).toMatchObject({ uses: 1, completed: 1, failed: 0, credits: 10 });
    expect(body.data.reduce((sum, { uses }) => sum + uses, 0)).toBe(5);
    const starts = body.data.map(({ at }) => new Date(at).getTime());
    expect(starts.slice(1).map((at, index) => at - (starts[index] ?? 0))).toEqual(Array(7).fill(HOUR_MS));
  });

  it('covers thirty days by day by default, and starts weeks on Monday', async () => {
    const { token } = await studio.user();
    const days = await studio.client.ok('readUsageTrends', { token });
    expect(days.body).toMatchObject({ bucket: 'day' });
    expect(days.body.data).toHaveLength(31);
    const query = { bucket: 'week', from: '2026-11-18T12:00:00Z', to: '2026-11-24T00:00:00Z' };
    const weeks = await studio.client.ok('readUsageTrends', { token, query });
    expect(weeks.body.data.map(({ at }) => at)).toEqual(['2026-11-16T00:00:00.000Z', '2026-11-23T00:00:00.000Z']);
  });

  it.each([
    ['a period that ends before it starts', { from: '2026-11-24T00:00:00Z', to: '2026-11-23T00:00:00Z' }],
    ['an empty period', { from: '2026-11-24T00:00:00Z', to: '2026-11-24T00:00:00Z' }],
    ['more hours than a month has', { bucket: 'hour', from: '2026-09-01T00:00:00Z', to: '2026-11-01T00:00:00Z' }],
    ['a hundred years', { bucket: 'week', from: '2020-01-01T00:00:00Z', to: '2120-01-01T00:00:00Z' }],
    ['the year zero', { from: '0000-01-01T00:00:00Z', to: '0000-01-02T00:00:00Z' }],
    ['a time zone other than UTC', { from: '2026-11-23T00:00:00+01:00' }],
    ['buckets of a month', { bucket: 'month' }],
  ])('refuses %s', async (_what, query) => {
    const { token } = await studio.user();
    const answer = await studio.client.problem('readUsageTrends', { token, query });
    expect(answer.body.code).toBe('validation_failed');
  });
});

describe('GET /usage/costs', () => {
  it('lists projects with their uses, most expensive first, and deleted projects without a name', async () => {
    const user = await studio.user();
    const second = await secondProject(user);
    const { id } = await deliveredAvatar(studio, user);
    await deliveredAvatar(studio, user);
    await deliveredAvatar(studio, second);
    await trackUses(user, id, 'chat', 2);
    await studio.fixture.owner.query('DELETE FROM avatar_projects WHERE id = $1', [second.projectId]);
    const { body } = await studio.client.ok('readUsageCosts', { token: user.token, query: { by: 'project' } });
    expect(body.data).toEqual([
      { key: user.projectId, name: 'Faces', credits: 20, costUsd: 0, completed: 2, uses: 2 },
      { key: second.projectId, name: null, credits: 10, costUsd: 0, completed: 1, uses: 0 },
    ]);
    expect(body.total).toEqual({ credits: 30, costUsd: 0, completed: 3 });
  });

  it('divides the costs of an avatar among apps by their uses, and lists unused avatars without an app', async () => {
    const user = await studio.user();
    const second = await secondProject(user);
    const { id, generationId } = await deliveredAvatar(studio, user);
    await insertPaidAttempt(generationId, 'replicate', 0.04);
    await deliveredAvatar(studio, second);
    await trackUses(user, id, 'chat', 3);
    await trackUses(user, id, 'mail', 1);
    const { body } = await studio.client.ok('readUsageCosts', { token: user.token, query: { by: 'app' } });
    expect(body.data).toEqual([
      { key: null, name: null, credits: 10, costUsd: 0, completed: 1, uses: 0 },
      { key: 'chat', name: 'CHAT', credits: 7.5, costUsd: 0.03, completed: 0.75, uses: 3 },
      { key: 'mail', name: 'MAIL', credits: 2.5, costUsd: 0.01, completed: 0.25, uses: 1 },
    ]);
    expect(body.total).toEqual({ credits: 20, costUsd: 0.04, completed: 2 });
  });

  it('lists what each provider cost, including attempts without an avatar', async () => {
    const user = await studio.user();
    const { generationId } = await deliveredAvatar(studio, user, { provider: 'illustrator' });
    await insertPaidAttempt(generationId, 'replicate', 0.025);
    await insertPaidAttempt(generationId, 'illustrator', 0.001);
    const { body } = await studio.client.ok('readUsageCosts', { token: user.token, query: { by: 'provider' } });
    expect(body.data).toEqual([
      { key: 'illustrator', name: 'illustrator', credits: 10, costUsd: 0.001, completed: 1, uses: null },
      { key: 'replicate', name: 'replicate', credits: 0, costUsd: 0.025, completed: 0, uses: null },
    ]);
  });

  it('lists every day, oldest first', async () => {
    const user = await studio.user();
    await deliveredAvatar(studio, user);
    const query = { by: 'day', from: hoursAgo(48) };
    const { body } = await studio.client.ok('readUsageCosts', { token: user.token, query });
    expect(body.data.map(({ credits }) => credits)).toEqual([0, 0, 10]);
    expect(body.data[2]?.name).toBe(new Date().toISOString().slice(0, 10));
  });

  it('sums the projects beyond the limit in `rest`', async () => {
    const user = await studio.user();
    await studio.fixture.owner.query(
      `INSERT INTO generation_hours (account_id, hour, project_id, completed, captured)
       SELECT $1, date_trunc('hour', now()), gen_random_uuid(), 1, n FROM generate_series(1, 103) n`,
      [user.accountId],
    );
    const { body } = await studio.client.ok('readUsageCosts', { token: user.token, query: { by: 'project' } });
    expect(body.data).toHaveLength(100);
    expect(body.rest).toEqual({ credits: 1 + 2 + 3, costUsd: 0, completed: 3 });
    expect(body.total.credits).toBe((103 * 104) / 2);
  });

  it('reads costs of all accounts by project or app up to a million generations and uses, and by provider whatever the number', async () => {
    const { token } = await studio.user({ role: 'admin' });
    await studio.fixture.owner.query(
      `INSERT INTO studio_generation_hours VALUES ('2021-06-01T12:00:00Z', 'fal', 999999, 1, 10, 0, 0), ('2021-06-02T12:00:00Z', 'fal', 1, 0, 10, 0, 0)`,
    );
    const until = (to: string) => ({ account: 'all', from: '2021-06-01T00:00:00Z', to });
    for (const by of ['project', 'app']) {
      const query = { by, ...until('2021-06-02T00:00:00Z') };
      expect((await studio.client.ok('readUsageCosts', { token, query })).body.total.completed).toBe(999_999);
      const { body } = await studio.client.problem('readUsageCosts', {
        token,
        query: { ...query, ...until('2021-06-03T00:00:00Z') },
      });
      expect(body).toMatchObject({ code: 'validation_failed', errors: [{ path: 'from' }] });
    }
    const query = { by: 'provider', ...until('2021-06-03T00:00:00Z') };
    const { body } = await studio.client.ok('readUsageCosts', { token, query });
    expect(body.data).toMatchObject([{ key: 'fal', completed: 1_000_000 }]);
  });
});
