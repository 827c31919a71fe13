import { expect, it } from 'vitest';
import { aFailedOne, aGeneration } from '#contract/testing/samples.ts';
import { activeBatches } from './batches.ts';

const OLD = '01939ca1-0000-7000-8000-000000000001';
const NEW = '01939ca2-0000-7000-8000-000000000001';
const OVER = '01939ca3-0000-7000-8000-000000000001';

it('counts the members of each batch by how they stand, newest batch first, and leaves out what is over', () => {
  const all = [
    aGeneration({ id: 'alone' }),
    aGeneration({ id: 'a', batchId: OLD }),
    aGeneration({ id: 'b', batchId: OLD, status: 'processing' }),
    aGeneration({ id: 'c', batchId: OLD, status: 'completed' }),
    aFailedOne({ id: 'd', batchId: OLD }),
    aGeneration({ id: 'e', batchId: OLD, status: 'cancelled' }),
    aGeneration({ id: 'f', batchId: NEW }),
    aGeneration({ id: 'g', batchId: OVER, status: 'completed' }),
  ];
  const batches = activeBatches(Object.fromEntries(all.map((one) => [one.id, one])));
  expect(batches).toEqual([
    { batchId: NEW, name: 'Noir detective', size: 1, done: 0, failed: 0, cancelled: 0, underWay: 1 },
    { batchId: OLD, name: 'Noir detective', size: 5, done: 1, failed: 1, cancelled: 1, underWay: 2 },
  ]);
});
