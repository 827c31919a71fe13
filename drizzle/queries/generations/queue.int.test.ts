import { describe, expect, it } from 'vitest';
import { release } from '#drizzle/ledger/release.ts';
import { useDatabase } from '#tests/support/database/fixture.ts';
import { admitted, newTenant } from '#tests/support/database/world.ts';
import { markProcessing } from './generation-progress.ts';
import { readQueue, readQueueLoad } from './queue.ts';

const given = useDatabase();

describe('the line', () => {
  it('goes by level, inside a level by turns of accounts, and counts neither uploads nor what runs', async () => {
    const [busy, calm] = [await newTenant(given.database), await newTenant(given.database)];
    const busyOnes = [];
    for (let i = 0; i < 4; i += 1) busyOnes.push(await admitted(given.database, busy));
    const calmOnes = [await admitted(given.database, calm), await admitted(given.database, calm)];
    const first = await admitted(given.database, calm, { priority: 2 });
    const running = await admitted(given.database, busy, { priority: 1 });
    await markProcessing(given.database, running.id, { stage: 'generating' });
    await admitted(given.database, busy, { sourceType: 'upload', price: 2 });

    const expected = [first, busyOnes[0], calmOnes[0], busyOnes[1], calmOnes[1], busyOnes[2], busyOnes[3]];
    const line = await readQueue(given.database);
    expect(line.map(({ generationId }) => generationId)).toEqual(expected.map((generation) => generation!.id));
    expect(line.map(({ position }) => position)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(line[0]).toMatchObject({ accountId: calm.account.id, priority: 2 });

    const failure = { code: 'internal', message: 'x' } as const;
    await release(given.database, { generationId: first.id, status: 'failed', failure });
    expect(await readQueueLoad(given.database, 60_000)).toEqual({
      waiting: [{ priority: 4, count: 7 - 1 }],
      running: 1,
      finished: 1,
    });
  });

  it('is read from the index of waiting rows alone', async () => {
    await given.owner.query('SET enable_seqscan = off');
    const { rows } = await given.owner.query<{ 'QUERY PLAN': string }>(
      `EXPLAIN SELECT id, account_id, priority, pending_at, row_number() OVER (PARTITION BY priority, account_id ORDER BY pending_at, id)
       FROM avatar_generations WHERE status = 'pending' AND source_type <> 'upload' ORDER BY priority, account_id, pending_at, id`,
    );
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).toContain('avatar_generations_queue');
    expect(plan).not.toContain('Sort');
  });
});
