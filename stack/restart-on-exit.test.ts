import { describe, expect, test } from 'vitest';
import type { ChildExit } from './child-process.ts';
import { restartOnExit } from './restart-on-exit.ts';
import type { StackPart } from './stack-part.ts';

/** A part that crashes immediately after every start. */
function crashingPart(onRestart: (count: number) => void = () => undefined): StackPart & { restarts(): number } {
  let restarts = 0;
  return {
    restarts: () => restarts,
    exited: async (): Promise<ChildExit> => ({ code: 1, signal: null }),
    stop: async () => undefined,
    kill9: async () => undefined,
    restart: async () => {
      restarts += 1;
      onRestart(restarts);
    },
  };
}

describe('a part that ends unexpectedly', () => {
  test('is restarted, and the restart is logged', async () => {
    const messages: string[] = [];
    const stopping = new AbortController();
    const part = crashingPart(() => stopping.abort());
    await restartOnExit({ name: 'worker', part, stopping: stopping.signal, say: (message) => messages.push(message) });
    expect(part.restarts()).toBe(1);
    expect(messages).toEqual(['worker ended unexpectedly (exit code 1), restarting it']);
  });

  test('is not restarted when it was stopped on purpose', async () => {
    const part = crashingPart();
    await restartOnExit({ name: 'worker', part, stopping: AbortSignal.abort(), say: () => undefined });
    expect(part.restarts()).toBe(0);
  });

  test('is given up after repeated crashes', async () => {
    const part = crashingPart();
    const pause = async (): Promise<void> => undefined;
    const options = { name: 'worker', part, stopping: new AbortController().signal, say: () => undefined, pause };
    await expect(restartOnExit(options)).rejects.toThrow('worker ended 6 times in a row (exit code 1)');
    expect(part.restarts()).toBe(5);
  });
});
