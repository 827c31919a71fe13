import { expect, it } from 'vitest';
import { NEVER_ABORTED } from '#tests/fakes/conformance/provider-call.ts';
import { createRenderSlots } from './render-slots.ts';

function nextTick(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Work that ends on demand and counts how many run in parallel. */
function createWork() {
  const finishes: (() => void)[] = [];
  const counts = { running: 0, most: 0 };
  return {
    counts,
    work: async () => {
      counts.running += 1;
      counts.most = Math.max(counts.most, counts.running);
      await new Promise<void>((resolve) => finishes.push(resolve));
      counts.running -= 1;
    },
    async finishAll() {
      for (await nextTick(); finishes.length > 0; await nextTick()) finishes.shift()?.();
    },
  };
}

it('render slots run at most as many renders in parallel as there are slots, and all in the end', async () => {
  const slots = createRenderSlots(2);
  const { work, counts, finishAll } = createWork();
  const all = Promise.all(Array.from({ length: 7 }, () => slots.run(NEVER_ABORTED, work)));
  await finishAll();
  await all;
  expect(counts).toEqual({ running: 0, most: 2 });
});

it('render slots free the slot when a render fails', async () => {
  const slots = createRenderSlots(1);
  await expect(slots.run(NEVER_ABORTED, () => Promise.reject(new Error('render failed')))).rejects.toThrow(
    'render failed',
  );
  expect(await slots.run(NEVER_ABORTED, () => Promise.resolve('rendered'))).toBe('rendered');
});

it('render slots keep the queue when a waiting render is aborted', async () => {
  const slots = createRenderSlots(1);
  const { work, finishAll } = createWork();
  const stop = new AbortController();
  const first = slots.run(NEVER_ABORTED, work);
  const second = slots.run(stop.signal, work);
  const third = slots.run(NEVER_ABORTED, work);
  stop.abort(new Error('enough'));
  await expect(second).rejects.toThrow('enough');
  await finishAll();
  await Promise.all([first, third]);
  await expect(slots.run(stop.signal, work)).rejects.toThrow('enough');
});

it('render slots keep the queue when a slot is granted and aborted at the same time', async () => {
  const slots = createRenderSlots(1);
  const stop = new AbortController();
  const render = Promise.withResolvers<string>();
  const first = slots.run(NEVER_ABORTED, () => render.promise);
  const second = slots.run(stop.signal, () => Promise.resolve('second'));
  const third = slots.run(NEVER_ABORTED, () => Promise.resolve('third'));
  await nextTick();
  // Runs right after the slot was handed over and before the second render starts.
  const stopped = render.promise.then(() => stop.abort());
  render.resolve('first');
  expect(await Promise.all([first, second, third, stopped])).toEqual(['first', 'second', 'third', undefined]);
});
