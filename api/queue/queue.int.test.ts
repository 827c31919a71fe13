import { describe, expect, it } from 'vitest';
import { release } from '#drizzle/ledger/release.ts';
import type { TestUser } from '#tests/api/serve-api.ts';
import { captureStatements } from '#tests/lists/capture-statements.ts';
import { testApi } from '#tests/api/test-api.ts';
import { createQueueView } from './queue-view.ts';

const studio = testApi();
const BODY = { sourceType: 'text_to_image', prompt: 'a cartographer' } as const;

async function queued({ token, projectId }: TestUser): Promise<string> {
  return (await studio.client.ok('createGeneration', { token, id: projectId, body: BODY })).body.id;
}
const positionOf = async ({ token }: TestUser, id: string) =>
  (await studio.client.ok('readGeneration', { token, id })).body.queue?.position;

describe('the queue', () => {
  it('counts waiting generations by priority, alternates between accounts, and estimates once one has finished', async () => {
    const [free, other, pro] = [await studio.user(), await studio.user(), await studio.user({ tier: 'pro' })];
    const first = await queued(free);
    const second = await queued(free);
    const otherFirst = await queued(other);
    const early = await studio.client.ok('readQueue', { token: free.token });
    expect(early.body.estimates.find(({ tier }) => tier === 'free')?.waitSeconds ?? null).toBeNull();
    const fast = await queued(pro);

    await expect.poll(() => positionOf(pro, fast)).toBe(1);
    await expect.poll(() => positionOf(free, first)).toBe(2);
    await expect.poll(() => positionOf(other, otherFirst)).toBe(3);
    await expect.poll(() => positionOf(free, second)).toBe(4);

    await release(studio.fixture.database, {
      generationId: second,
      status: 'failed',
      failure: { code: 'deadline', message: 'late' },
    });
    await expect
      .poll(async () => (await studio.client.ok('readQueue', { token: free.token })).body)
      .toMatchObject({
        waiting: [
          { priority: 2, count: 1 },
          { priority: 4, count: 2 },
        ],
        running: 0,
        drainPerMinute: 0.2,
        estimates: expect.arrayContaining([
          { tier: 'pro', waitSeconds: 600 },
          { tier: 'free', waitSeconds: 1200 },
        ]),
      });
  });

  it('is read with its load in one statement, and without it while that is fresh', async () => {
    const { accountId, ...user } = await studio.user();
    const id = await queued({ accountId, ...user });
    const queueView = createQueueView(studio.fixture.database);
    const readsOf = async (work: () => Promise<unknown>) =>
      (await captureStatements(async () => void (await work()))).map(({ name }) => name);
    expect(await readsOf(() => queueView.positionsOf([id]))).toEqual(['queue.readWithLoad']);
    expect(await readsOf(() => queueView.load())).toEqual([]);
    expect(await readsOf(() => queueView.positionsOfAccounts([accountId]))).toEqual(['queue.read']);
    expect(await readsOf(() => createQueueView(studio.fixture.database).load())).toEqual(['queue.load']);
    const [own] = (await queueView.positionsOfAccounts([accountId])).get(accountId) ?? [];
    expect(own).toEqual({ generationId: id, queue: (await queueView.positionsOf([id])).get(id) });
  });

  it('is measured at each scrape of /metrics', async () => {
    const text = await (await fetch(`${studio.internalAddress}/metrics`)).text();
    expect(text).toMatch(/^avatar_queue_depth\{priority="4"\} \d+$/m);
    expect(text).toMatch(/^avatar_api_generation_starts_total\{outcome="admitted"\} 5$/m);
    expect(text).toMatch(
      /^http_request_duration_seconds_count\{method="POST",route="\/projects\/:id\/generations",status="202"\} 5$/m,
    );
    expect(text).toContain('avatar_api_event_streams 0');
  });
});
