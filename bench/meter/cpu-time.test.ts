import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { cpuSecondsOf, cpuSecondsOfTree } from './cpu-time.ts';

/** A child's script: uses half a second of CPU, reports it, and waits. */
const BUSY = `while (process.cpuUsage().user < 500_000) Math.sqrt(2); process.stdout.write('used'); setInterval(() => 0, 1e6)`;
/** Ticks are hundredths of a second; starting a child and reading /proc cost something too. */
const TOLERANCE_SECONDS = 0.25;

function ownSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000_000;
}

describe('CPU seconds of a process', () => {
  it('match those that the process itself reports', async () => {
    expect(Math.abs((await cpuSecondsOf(process.pid)) - ownSeconds())).toBeLessThan(TOLERANCE_SECONDS);
  });

  it('are zero for a process that does not exist', async () => {
    expect(await cpuSecondsOf(2 ** 30)).toBe(0);
    expect(await cpuSecondsOfTree(2 ** 30)).toBe(0);
  });

  it('do not include its children; those of its tree do, running or ended', async () => {
    const [ownBefore, treeBefore] = [await cpuSecondsOf(process.pid), await cpuSecondsOfTree(process.pid)];
    const reportedBefore = ownSeconds();
    const child = spawn(process.execPath, ['-e', BUSY], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(child, 'exit');
    await once(child.stdout, 'data');
    const grown = async () => ({
      own: (await cpuSecondsOf(process.pid)) - ownBefore - (ownSeconds() - reportedBefore),
      tree: (await cpuSecondsOfTree(process.pid)) - treeBefore,
    });
    const whileRunning = await grown();
    child.kill();
    await ended;
    const afterwards = await grown();
    for (const { own, tree } of [whileRunning, afterwards]) {
      expect(Math.abs(own)).toBeLessThan(TOLERANCE_SECONDS);
      expect(tree).toBeGreaterThanOrEqual(0.5);
    }
  });
});
