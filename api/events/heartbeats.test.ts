import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SSE_HEARTBEAT_MS } from '#contract/heartbeat.ts';
import { createHeartbeats } from './heartbeats.ts';

const TICK_MS = 250;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function counting() {
  const beats: number[] = [];
  return { beats, heartbeat: () => void beats.push(Date.now()) };
}

describe('heartbeats', () => {
  it('reach each stream once in each interval, a few at a time', () => {
    const heartbeats = createHeartbeats<ReturnType<typeof counting>>();
    const streams = Array.from({ length: 600 }, counting);
    for (const stream of streams) heartbeats.add(stream);
    for (let tick = 1; tick <= SSE_HEARTBEAT_MS / TICK_MS; tick += 1) {
      vi.advanceTimersByTime(TICK_MS);
      expect(streams.filter(({ beats }) => beats.length === 1)).toHaveLength(tick * 10);
    }
    vi.advanceTimersByTime(3 * SSE_HEARTBEAT_MS);
    for (const { beats } of streams) {
      expect(beats).toHaveLength(4);
      for (const [index, beat] of beats.slice(1).entries()) expect(beat - beats[index]!).toBe(SSE_HEARTBEAT_MS);
    }
  });

  it('come within two intervals, also while streams open and close', () => {
    const heartbeats = createHeartbeats<ReturnType<typeof counting>>();
    const lasting = Array.from({ length: 50 }, counting);
    let passing: ReturnType<typeof counting>[] = [];
    for (const stream of lasting) heartbeats.add(stream);
    for (let second = 0; second < 120; second += 1) {
      for (const stream of passing) heartbeats.remove(stream);
      passing = Array.from({ length: (second * 37) % 200 }, counting);
      for (const stream of passing) heartbeats.add(stream);
      vi.advanceTimersByTime(1_000);
    }
    for (const { beats } of lasting) {
      const gaps = beats.slice(1).map((beat, index) => beat - beats[index]!);
      expect(beats.length).toBeGreaterThan(5);
      expect(Math.max(...gaps)).toBeLessThan(2 * SSE_HEARTBEAT_MS);
    }
  });

  it('need no timer while there is no stream', () => {
    const heartbeats = createHeartbeats<ReturnType<typeof counting>>();
    const [first, second] = [counting(), counting()];
    heartbeats.add(first);
    expect(vi.getTimerCount()).toBe(1);
    heartbeats.remove(first);
    expect(vi.getTimerCount()).toBe(0);
    heartbeats.add(second);
    vi.advanceTimersByTime(SSE_HEARTBEAT_MS);
    expect(second.beats).toHaveLength(1);
    heartbeats.close();
    expect(vi.getTimerCount()).toBe(0);
  });
});
