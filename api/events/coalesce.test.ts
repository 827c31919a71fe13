import { describe, expect, it } from 'vitest';
import { createCoalescer } from './coalesce.ts';

/** Work that ends when the test says so. */
function manual() {
  const started: string[] = [];
  const outcomes: (() => void)[] = [];
  const run = (key: string) => {
    started.push(key);
    return new Promise<void>((resolve) => {
      outcomes.push(resolve);
    });
  };
  const endNext = async () => {
    outcomes.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { started, run, endNext };
}

describe('coalesced reads', () => {
  it('make one more run, however often they are poked meanwhile', async () => {
    const { started, run, endNext } = manual();
    const poke = createCoalescer(run, { concurrency: 4 });
    for (let time = 0; time < 10; time += 1) poke('a');
    expect(started).toEqual(['a']);
    await endNext();
    expect(started).toEqual(['a', 'a']);
    await endNext();
    expect(started).toEqual(['a', 'a']);
  });

  it('run for different keys side by side, but not for more than allowed', async () => {
    const { started, run, endNext } = manual();
    const poke = createCoalescer(run, { concurrency: 2 });
    for (const key of ['a', 'b', 'c']) poke(key);
    expect(started).toEqual(['a', 'b']);
    await endNext();
    expect(started).toEqual(['a', 'b', 'c']);
  });

  it('never run twice at once for one key, even with room', async () => {
    const { started, run, endNext } = manual();
    const poke = createCoalescer(run, { concurrency: 4 });
    poke('a');
    poke('a');
    poke('b');
    expect(started).toEqual(['a', 'b']);
    await endNext();
    expect(started).toEqual(['a', 'b', 'a']);
  });
});
