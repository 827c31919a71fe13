import { describe, expect, it } from 'vitest';
import { createAccountTurns, TooManyWaiting } from './account-turns.ts';

/** Work that ends when it is told to. */
function pieces() {
  const started: string[] = [];
  const ends = new Map<string, PromiseWithResolvers<string>>();
  const work = (name: string) => async () => {
    started.push(name);
    const end = Promise.withResolvers<string>();
    ends.set(name, end);
    return end.promise;
  };
  const settle = async (name: string, error?: Error) => {
    await expect.poll(() => ends.has(name)).toBe(true);
    if (error) ends.get(name)!.reject(error);
    else ends.get(name)!.resolve(name);
  };
  return { started, work, settle };
}

describe('createAccountTurns', () => {
  it('does the work of one account in turn, also after a failure, and that of others meanwhile', async () => {
    const inTurn = createAccountTurns(8);
    const { started, work, settle } = pieces();
    const results = [inTurn('a', work('a1')), inTurn('a', work('a2')), inTurn('b', work('b1'))];
    await expect.poll(() => started).toEqual(['a1', 'b1']);
    await settle('a1', new Error('failed'));
    await expect(results[0]).rejects.toThrow('failed');
    await settle('a2');
    await settle('b1');
    expect(await Promise.all(results.slice(1))).toEqual(['a2', 'b1']);
    expect(started).toEqual(['a1', 'b1', 'a2']);
  });

  it('refuses work when too much waits, and takes it again afterwards', async () => {
    const inTurn = createAccountTurns(1);
    const { started, work, settle } = pieces();
    const results = [inTurn('a', work('first')), inTurn('a', work('second'))];
    await expect(inTurn('a', work('third'))).rejects.toBeInstanceOf(TooManyWaiting);
    await settle('first');
    await settle('second');
    await Promise.all(results);
    const later = inTurn('a', work('fourth'));
    await settle('fourth');
    expect([await later, started]).toEqual(['fourth', ['first', 'second', 'fourth']]);
  });
});
