import { describe, expect, it } from 'vitest';
import type { Results } from './results.ts';
import { streamSections } from './stream-sections.ts';
import { SAMPLE_CONDITIONS } from './sample-conditions.ts';

const SPREAD = { p50: 4, p99: 15.04 };
const STORM = {
  seconds: 19.24,
  refused: 8_123,
  longestWaitSeconds: 17,
  cpuMsEach: 1.52,
  others: { connectMs: SPREAD, newConnectionMs: { p50: 30, p99: 412 }, openConnectionMs: SPREAD },
};
const STREAMS: NonNullable<Results['streams']> = {
  streams: 10_000,
  accounts: 5_000,
  memory: { heap: 6_512, resident: 14_310 },
  idle: { seconds: 30, statements: 0, cores: 0.0314 },
  push: { perSecond: 50, ms: SPREAD },
  lostSessionSeconds: 6.1,
  crash: { ...STORM, pushMs: SPREAD },
  stop: { ...STORM, seconds: 18, exitSeconds: 2.91 },
  conditions: SAMPLE_CONDITIONS,
};

describe('the section on event streams', () => {
  const page = streamSections(STREAMS).join('\n\n');
  const rows = page.split('\n').map((row) => row.replaceAll(/ +/g, ' '));

  it('puts each goal next to what was measured', () => {
    expect(rows).toContain('| resident memory of a stream, KB | at most 20 | 14.3 |');
    expect(rows).toContain('| statements in 30 s without a change | 0 | 0 |');
    expect(rows).toContain('| push at 50 changes a second, p50 / p99 ms | p99 below 100 | 4 / 15 |');
  });

  it('has both kinds of storm, and the conditions', () => {
    expect(rows).toContain('| storm after a crash, s until all are open | at most 180 | 19.2 |');
    expect(rows).toContain('| storm after a graceful stop, s until all are open | at most 180 | 18 |');
    expect(
      rows.filter((row) => row === '| — another user’s request on a new connection, p50 / p99 ms | | 30 / 412 |'),
    ).toHaveLength(2);
    expect(rows).toContain('| load average before (1, 5, 15) | 0.10, 0.20, 0.30 |');
  });
});
