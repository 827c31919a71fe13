import { describe, expect, it } from 'vitest';
import { cpuSeconds } from './cpu-time.ts';

describe('CPU seconds of a process', () => {
  it('match those that the process itself reports', async () => {
    const end = performance.now() + 200;
    while (performance.now() < end) Math.sqrt(end);
    const { user, system } = process.cpuUsage();
    const own = (user + system) / 1_000_000;
    const seen = await cpuSeconds(process.pid);
    expect(seen).toBeGreaterThan(0);
    expect(Math.abs(seen - own)).toBeLessThan(own);
  });

  it('are zero for a process that does not exist', async () => {
    expect(await cpuSeconds(2 ** 30)).toBe(0);
  });
});
