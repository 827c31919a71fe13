import { describe, expect, it } from 'vitest';
import { PartTimedOut, runPart } from './run-part.ts';

const LIMITS = { budgetMs: 20, timeoutMs: 60 };
const hang = () => new Promise<number>(() => undefined);

describe('a part of the reconciler', () => {
  it('is told when its time is over, and may still return what it did', async () => {
    const counted = runPart(
      (signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve(3))),
      LIMITS,
    );
    expect(await counted).toBe(3);
  });

  it('that hangs is left alone', async () => {
    await expect(runPart(hang, LIMITS)).rejects.toThrow(PartTimedOut);
  });

  it('that fails throws its own error', async () => {
    await expect(runPart(() => Promise.reject(new Error('its own')), LIMITS)).rejects.toThrow('its own');
  });
});
