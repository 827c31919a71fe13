import { describe, expect, it } from 'vitest';
import { release } from '#drizzle/ledger/release.ts';
import { useDatabase } from '#tests/support/database/fixture.ts';
import { admitted, newTenant } from '#tests/support/database/world.ts';
import { markProcessing } from './generation-progress.ts';
import { readQueue, readQueueLoad } from './queue.ts';

const fixture = useDatabase();

describe('the line', () => {
  it('goes by level, inside a level by turns of accounts, and counts neither uploads nor what runs', async () => {
    const [busy, calm] = [await newTenant(fixture.database), await newTenant(fixture.database)];
    const busyOnes = [];
    for (let i = 0; i < 4; i += 1) busyOnes.push(await admitted(fixture.database, busy));
    const calmOnes = [await admitted(fixture.database, calm), await admitted(fixture.database, calm)];
    const first = await admitted(fixture.database, calm, { priority: 2 });
    const running = await admitted(fixture.database, busy, { priority: 1 });
    await markProcessing(fixture.database, running.id, { stage: 'generating' });
    await admitted(fixture.database, busy, { sourceType: 'upload', price: 2 });

    const expected = [first, busyOnes[0], calmOnes[0], busyOnes[1], calmOnes[1], busyOnes[2], busyOnes[3]];
    const line = await readQueue(fixture.database);
    expect(line.map(({ generationId }) => generationId)).toEqual(expected.map((generation) => generation!.id));
    expect(line.map(({ position }) => position)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(line[0]).toMatchObject({ accountId: calm.account.id, priority: 2 });

    const failure = { code: 'internal', message: 'x' } as const;
    await release(fixture.database, { generationId: first.id, status: 'failed', failure });
    expect(await readQueueLoad(fixture.database, 60_000)).toEqual({
      waiting: [{ priority: 4, count: 7 - 1 }],
      running: 1,
      finished: 1,
    });
  });

  it('is read from the index of waiting rows alone', async () => {
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
