import { expect, it } from 'vitest';
import { createRotation } from './rotation.ts';

const ROWS = [1, 2, 3, 4, 5];
const LIMIT = 2;

/** Lists the rows after one of them. */
const page = async (after: number | undefined) => ROWS.filter((row) => row > (after ?? 0)).slice(0, LIMIT);

it('a rotation continues after the rows that were begun, and from the front after the end', async () => {
  const rotation = createRotation<number>(LIMIT);
  const rounds: number[][] = [];
  for (let round = 0; round < 5; round += 1) {
    const rows = await rotation.list(page);
    rounds.push(rows);
    rotation.advance(rows, rows.length);
  }
  expect(rounds).toEqual([[1, 2], [3, 4], [5], [1, 2], [3, 4]]);
});

it('a rotation continues with the rows that were not begun', async () => {
  const rotation = createRotation<number>(LIMIT);
  rotation.advance(await rotation.list(page), 1);
  expect(await rotation.list(page)).toEqual([2, 3]);
});

it('a rotation begins at the front when the rows after the last one are gone', async () => {
  const rotation = createRotation<number>(LIMIT);
  rotation.advance([4, 5], 2);
  expect(await rotation.list(page)).toEqual([1, 2]);
});
