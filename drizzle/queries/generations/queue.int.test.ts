import { describe, expect, it } from 'vitest';
import { record } from '#drizzle/ledger/record.ts';
import { release } from '#drizzle/ledger/release.ts';
import { useDatabase } from '#tests/support/database/fixture.ts';
import { admitted, anAvatar, newTenant } from '#tests/support/database/world.ts';
import { markProcessing } from './generation-progress.ts';
import { readQueue, readQueueAndLoad, readQueueLoad } from './queue.ts';

const fixture = useDatabase();

describe('readQueue', () => {
  it('orders by priority, then by accounts in turn, without uploads and running generations', async () => {
    const [busy, quiet] = [await newTenant(fixture.database), await newTenant(fixture.database)];
    const busyGenerations = [];
    for (let i = 0; i < 4; i += 1) busyGenerations.push(await admitted(fixture.database, busy));
    const quietGenerations = [await admitted(fixture.database, quiet), await admitted(fixture.database, quiet)];
    const first = await admitted(fixture.database, quiet, { priority: 2 });
    const running = await admitted(fixture.database, busy, { priority: 1 });
    await markProcessing(fixture.database, running.id, { stage: 'generating' });
    await admitted(fixture.database, busy, { sourceType: 'upload', price: 2 });

    const expected = [
      first,
      busyGenerations[0],
      quietGenerations[0],
      busyGenerations[1],
      quietGenerations[1],
      busyGenerations[2],
      busyGenerations[3],
    ];
    const queue = await readQueue(fixture.database);
    expect(queue.map(({ generationId }) => generationId)).toEqual(expected.map((generation) => generation!.id));
    expect(queue.map(({ position }) => position)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(queue[0]).toMatchObject({ accountId: quiet.account.id, priority: 2 });

    const failure = { code: 'internal', message: 'x' } as const;
    await release(fixture.database, { generationId: first.id, status: 'failed', failure });
    const load = { waiting: [{ priority: 4, count: 7 - 1 }], running: 1, finished: 1, generationMs: null };
    expect(await readQueueLoad(fixture.database, 60_000)).toEqual(load);
    const moved = await readQueue(fixture.database);
    expect(moved.map(({ position }) => position)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await readQueueAndLoad(fixture.database, 60_000)).toEqual({ queue: moved, load });
    await record(fixture.database, running.id, anAvatar(busy.account.id));
    const { generationMs, ...counts } = await readQueueLoad(fixture.database, 60_000);
    expect(counts).toEqual({ waiting: load.waiting, running: 0, finished: 2 });
    expect(generationMs).toBeGreaterThan(0);
    expect((await readQueueAndLoad(fixture.database, 60_000)).load).toEqual({ ...counts, generationMs });
  });

  it('reads only the index of waiting generations', async () => {
    await fixture.owner.query('SET enable_seqscan = off');
    const { rows } = await fixture.owner.query<{ 'QUERY PLAN': string }>(
      `EXPLAIN SELECT id, account_id, priority, pending_at, row_number() OVER (PARTITION BY priority, account_id ORDER BY pending_at, id)
       FROM avatar_generations WHERE status = 'pending' AND source_type <> 'upload' ORDER BY priority, account_id, pending_at, id`,
    );
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).toContain('avatar_generations_queue');
    expect(plan).not.toContain('Sort');
  });
});
