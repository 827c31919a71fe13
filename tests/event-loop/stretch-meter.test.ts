import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { measureStretches } from './stretch-meter.ts';

const WORK_MS = 50;

describe('the meter', () => {
  it('sees work, and not the time that the thread has waited', async () => {
    const meter = measureStretches();
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2 * WORK_MS);
    await sleep(5);
    expect(meter.read().longestMs).toBeLessThan(WORK_MS);
    const { user } = process.threadCpuUsage();
    while (process.threadCpuUsage().user - user < 2 * WORK_MS * 1_000);
    await sleep(5);
    expect(meter.read().longestMs).toBeGreaterThanOrEqual(2 * WORK_MS);
    meter.stop();
  });
});
