import { describe, expect, it } from 'vitest';
import { createCoalescer } from './coalesce.ts';

/** Runs that finish when the test ends them. */
function controlledRuns() {
  const started: string[] = [];
  const unfinished: (() => void)[] = [];
  const run = (key: string) => {
    started.push(key);
    return new Promise<void>((resolve) => {
      unfinished.push(resolve);
    });
  };
  const endNext = async () => {
    unfinished.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { started, run, endNext };
}

describe('createCoalescer', () => {
  it('runs once more for a key that is triggered during its run, however often', async () => {
    const { started, run, endNext } = controlledRuns();
    const trigger = createCoalescer(run, { concurrency: 4 });
    for (let time = 0; time < 10; time += 1) trigger('a');
    expect(started).toEqual(['a']);
    await endNext();
    expect(started).toEqual(['a', 'a']);
    await endNext();
    expect(started).toEqual(['a', 'a']);
  });

  it('runs different keys concurrently, up to the limit', async () => {
    const { started, run, endNext } = controlledRuns();
    const trigger = createCoalescer(run, { concurrency: 2 });
    for (const key of ['a', 'b', 'c']) trigger(key);
    expect(started).toEqual(['a', 'b']);
    await endNext();
    expect(started).toEqual(['a', 'b', 'c']);
  });

  it('never runs one key twice at once, even below the limit', async () => {
    const { started, run, endNext } = controlledRuns();
    const trigger = createCoalescer(run, { concurrency: 4 });
    trigger('a');
    trigger('a');
    trigger('b');
    expect(started).toEqual(['a', 'b']);
    await endNext();
    expect(started).toEqual(['a', 'b', 'a']);
  });
});
