/** Limits how many renders run in parallel; the others wait, first in, first out. */
export interface RenderSlots {
  /** @throws the signal's reason when it aborts while waiting; work that has started is not interrupted */
  run<Result>(signal: AbortSignal, work: () => Promise<Result>): Promise<Result>;
}

export function createRenderSlots(slots: number): RenderSlots {
  const waiting: (() => void)[] = [];
  let free = slots;

  async function enter(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (free > 0) {
      free -= 1;
      return;
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const giveUp = () => {
      const index = waiting.indexOf(resolve);
      if (index === -1) return; // already granted
      waiting.splice(index, 1);
      reject(signal.reason);
    };
    waiting.push(resolve);
    signal.addEventListener('abort', giveUp, { once: true });
    await promise.finally(() => signal.removeEventListener('abort', giveUp));
  }

  /** Hands the slot directly to the next one in the queue, so that a new caller can't take it first. */
  function leave(): void {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  }

  return {
    async run(signal, work) {
      await enter(signal);
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };
}
