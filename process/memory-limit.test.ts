import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchMemory } from './memory-limit.ts';

const MB = 1024 * 1024;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watch(limitMb: number | undefined, readings: number[]) {
  const onExceeded = vi.fn<(error: Error) => void>();
  const read = vi.fn<() => number>(() => (readings.shift() ?? 0) * MB);
  const stop = watchMemory({ limitMb, onExceeded, read, intervalMs: 1_000 });
  return { onExceeded, read, stop };
}

it('reports once when the process uses more than its limit, and names both', () => {
  const { onExceeded } = watch(512, [400, 512, 513, 900]);
  vi.advanceTimersByTime(2_000);
  expect(onExceeded).not.toHaveBeenCalled();
  vi.advanceTimersByTime(10_000);
  expect(onExceeded.mock.calls.map(([error]) => error.message)).toEqual([
    'It uses 513 MiB, more than MEMORY_LIMIT_MB (512): it drains and ends',
  ]);
});

it('reads nothing without a limit, or when it was stopped', () => {
  const unlimited = watch(undefined, [9_000]);
  const stopped = watch(512, [9_000]);
  stopped.stop();
  vi.advanceTimersByTime(10_000);
  for (const { read, onExceeded } of [unlimited, stopped]) {
    expect(read).not.toHaveBeenCalled();
    expect(onExceeded).not.toHaveBeenCalled();
  }
});
