import { expect, it } from 'vitest';
import { readLongRun, reportFigure } from '../support/long-run.ts';
import { runFaults, type FaultRun } from './run-faults.ts';
import { copyTreeWith } from './bugs/copy-tree.ts';
import { SEEDED_BUGS, type SeededBugName } from './bugs/seeded-bugs.ts';
import { summarize } from './report/summarize.ts';
import { writeReliability } from './report/write-reliability.ts';

const MINUTE_MS = 60_000;
const SLICE_SEED = 16;
const SLICE_LOAD_MS = 10_000;
const SLICE_LIMIT_MS = 3 * MINUTE_MS;
/** For the start, the end and the checks. */
const AROUND_MS = 12 * MINUTE_MS;

const [long, restarts] = [readLongRun('faults'), readLongRun('restarts')];

function report(run: FaultRun): void {
  for (const figure of summarize(run)) reportFigure(figure);
  for (const { check, what } of run.findings) console.info(`broken: ${check}: ${what}`);
}

it.skipIf(long !== undefined || restarts !== undefined)(
  'a studio keeps its promises through a minute of faults',
  async () => {
    const run = await runFaults({ seed: SLICE_SEED, profile: 'slice', durationMs: SLICE_LOAD_MS });
    report(run);
    expect(run.findings).toEqual([]);
    expect(run.accepted).toBeGreaterThan(3);
    const withoutEffect = [...run.effects].filter(([, { effects }]) => effects === 0).map(([kind]) => kind);
    expect(withoutEffect.length).toBeLessThan(run.effects.size / 2);
  },
  SLICE_LIMIT_MS,
);

it.skipIf(long?.bug === undefined)(
  'the harness finds a seeded bug',
  async () => {
    const { seed, minutes, bug } = long!;
    const seeded = SEEDED_BUGS[bug as SeededBugName];
    const tree = await copyTreeWith(seeded);
    try {
      const run = await runFaults({ seed, profile: 'bugs', durationMs: minutes * MINUTE_MS, tree: tree.path });
      report(run);
      const foundBy = new Set(run.findings.map(({ check }) => check));
      reportFigure(`${bug}: found by ${foundBy.size === 0 ? 'no check' : [...foundBy].join(', ')}`);
      expect([...foundBy]).toContain(seeded.foundBy);
    } finally {
      await tree.remove();
    }
  },
  (long?.minutes ?? 1) * MINUTE_MS + AROUND_MS,
);

it.skipIf((long === undefined && restarts === undefined) || long?.bug !== undefined)(
  'a studio keeps its promises through a long run of faults',
  async () => {
    const { seed, minutes, record } = (long ?? restarts)!;
    const profile = long ? 'faults' : 'restarts';
    const run = await runFaults({ seed, profile, durationMs: minutes * MINUTE_MS });
    report(run);
    if (record) await writeReliability(run);
    expect(run.findings).toEqual([]);
    const withoutEffect = [...run.effects].filter(([, { effects }]) => effects === 0).map(([kind]) => kind);
    expect(withoutEffect).toEqual([]);
  },
  (long ?? restarts ?? { minutes: 1 }).minutes * MINUTE_MS + AROUND_MS,
);
