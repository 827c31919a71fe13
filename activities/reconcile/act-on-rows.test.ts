import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { actOnRows, countOf } from './act-on-rows.ts';

const rows = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'].map((id) => ({ id }));

function context(signal = new AbortController().signal) {
  const failed: number[] = [];
  return { failed, signal, log: pino({ level: 'silent' }), rowsFailed: (count: number) => void failed.push(count) };
}

describe('acting on rows', () => {
  it('goes on after a row that fails, and reports it', async () => {
    const part = context();
    const results = await actOnRows(part, rows, async ({ id }) => {
      if (id === 'a') throw new Error('bad row');
      return true;
    });
    expect([countOf(results), part.failed]).toEqual([9, [1]]);
  });

  it('throws when every row fails, after it told how many it began', async () => {
    const begun: number[] = [];
    const fail = () => Promise.reject(new Error('unavailable'));
    await expect(actOnRows(context(), rows, fail, (count) => begun.push(count))).rejects.toThrow('unavailable');
    expect(begun).toEqual([10]);
  });

  it('handles the others while a row does not answer', async () => {
    const handled: string[] = [];
    const hanging = Promise.withResolvers<void>();
    const acting = actOnRows(context(), rows, async ({ id }) => {
      if (id === 'a') await hanging.promise;
      handled.push(id);
    });
    await expect.poll(() => handled).toEqual(['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j']);
    hanging.resolve();
    await acting;
  });

  it('begins no row when the time is over, and tells how many it began', async () => {
    const time = new AbortController();
    const begun: number[] = [];
    const act = async () => {
      await sleep(10);
      time.abort();
      return true;
    };
    const results = await actOnRows(context(time.signal), rows, act, (count) => begun.push(count));
    expect([countOf(results), begun]).toEqual([8, [8]]);
  });
});
