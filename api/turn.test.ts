import { expect, it } from 'vitest';
import { ownTurn } from './turn.ts';

it('gives each of many pieces of work a turn of the event loop, in their sequence', async () => {
  const seen: string[] = [];
  let turns = 0;
  let counting = true;
  const count = () => {
    turns += 1;
    if (counting) setImmediate(count);
  };
  setImmediate(count);
  await Promise.all(
    ['a', 'b', 'c'].map(async (name) => {
      await ownTurn();
      seen.push(`${name} ${turns}`);
    }),
  );
  counting = false;
  expect(seen).toEqual(['a 1', 'b 2', 'c 3']);
  await ownTurn();
});
