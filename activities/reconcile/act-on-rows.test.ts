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
    const { results, begun } = await actOnRows(part, rows, async ({ id }) => {
      if (id === 'a') throw new Error('bad row');
      return true;
    });
    expect([countOf(results), begun, part.failed]).toEqual([9, 10, [1]]);
  });

  it('throws when every row fails', async () => {
    const failing = actOnRows(context(), rows, () => Promise.reject(new Error('unavailable')));
    await expect(failing).rejects.toThrow('unavailable');
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
    const { results, begun } = await actOnRows(context(time.signal), rows, async () => {
      await sleep(10);
      time.abort();
      return true;
    });
    expect([countOf(results), begun]).toEqual([8, 8]);
  });
});
