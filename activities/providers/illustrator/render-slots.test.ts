import { expect, it } from 'vitest';
import { createRenderSlots } from './render-slots.ts';

const NEVER_ABORTED = new AbortController().signal;

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Work that ends when told, and counts how much of it runs at once. */
function createWork() {
  const ends: (() => void)[] = [];
  const seen = { running: 0, most: 0 };
  return {
    seen,
    work: async () => {
      seen.running += 1;
      seen.most = Math.max(seen.most, seen.running);
      await new Promise<void>((resolve) => ends.push(resolve));
      seen.running -= 1;
    },
    async endAll() {
      for (await nextTurn(); ends.length > 0; await nextTurn()) ends.shift()?.();
    },
  };
}

it('runs no more at once than there are slots, and all in the end', async () => {
  const slots = createRenderSlots(2);
  const { work, seen, endAll } = createWork();
  const all = Promise.all(Array.from({ length: 7 }, () => slots.run(NEVER_ABORTED, work)));
  await endAll();
  await all;
  expect(seen).toEqual({ running: 0, most: 2 });
});

it('gives the slot back when the work fails', async () => {
  const slots = createRenderSlots(1);
  await expect(slots.run(NEVER_ABORTED, () => Promise.reject(new Error('no paint')))).rejects.toThrow('no paint');
  expect(await slots.run(NEVER_ABORTED, () => Promise.resolve('painted'))).toBe('painted');
});

it('lets a waiting one give up without losing anybody else’s turn', async () => {
  const slots = createRenderSlots(1);
  const { work, endAll } = createWork();
  const stop = new AbortController();
  const first = slots.run(NEVER_ABORTED, work);
  const second = slots.run(stop.signal, work);
  const third = slots.run(NEVER_ABORTED, work);
  stop.abort(new Error('enough'));
  await expect(second).rejects.toThrow('enough');
  await endAll();
  await Promise.all([first, third]);
  await expect(slots.run(stop.signal, work)).rejects.toThrow('enough');
});

it('keeps the queue intact when a turn and a cancel come in the same moment', async () => {
  const slots = createRenderSlots(1);
  const stop = new AbortController();
  const providerGuard = Promise.withResolvers<string>();
  const first = slots.run(NEVER_ABORTED, () => providerGuard.promise);
  const second = slots.run(stop.signal, () => Promise.resolve('second'));
  const third = slots.run(NEVER_ABORTED, () => Promise.resolve('third'));
  await nextTurn();
  // Runs right after the slot was handed on and before the second takes it up.
  const stopped = providerGuard.promise.then(() => stop.abort());
  providerGuard.resolve('first');
  expect(await Promise.all([first, second, third, stopped])).toEqual(['first', 'second', 'third', undefined]);
});
