import { describe, expect, it } from 'vitest';
import { aFailedGeneration, aGeneration } from '#contract/testing/samples.ts';
import { activeBatches } from './batches.ts';

const OLD = '01939ca1-0000-7000-8000-000000000001';
const NEW = '01939ca2-0000-7000-8000-000000000001';
const FINISHED = '01939ca3-0000-7000-8000-000000000001';

describe('activeBatches', () => {
  it('counts the members of each batch by status, newest batch first, without finished batches', () => {
    const all = [
      aGeneration({ id: 'alone' }),
      aGeneration({ id: 'a', batchId: OLD }),
      aGeneration({ id: 'b', batchId: OLD, status: 'processing' }),
      aGeneration({ id: 'c', batchId: OLD, status: 'completed' }),
      aFailedGeneration({ id: 'd', batchId: OLD }),
      aGeneration({ id: 'e', batchId: OLD, status: 'cancelled' }),
      aGeneration({ id: 'f', batchId: NEW }),
      aGeneration({ id: 'g', batchId: FINISHED, status: 'completed' }),
    ];
    const batches = activeBatches(Object.fromEntries(all.map((generation) => [generation.id, generation])));
    expect(batches).toEqual([
      { batchId: NEW, name: 'Noir detective', size: 1, done: 0, failed: 0, cancelled: 0, activeCount: 1 },
      { batchId: OLD, name: 'Noir detective', size: 5, done: 1, failed: 1, cancelled: 1, activeCount: 2 },
    ]);
  });
});
