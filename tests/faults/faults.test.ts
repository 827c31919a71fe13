import { expect, it } from 'vitest';
import { readLongRun, reportFigure } from '../support/long-run.ts';
import { runFaults, type FaultRun } from './run-faults.ts';
import { findBugs } from './bugs/find-bugs.ts';
import { bugsSection, faultsSection } from './report/render-reliability.ts';
import { summarize } from './report/summarize.ts';
import { writeReliability } from './report/write-reliability.ts';

const MINUTE_MS = 60_000;
const SLICE_SEED = 16;
const SLICE_LOAD_MS = 10_000;
/** Never reached: on a busy machine, everything takes longer. */
const SLICE_LIMIT_MS = 10 * MINUTE_MS;
const BUGS_LIMIT_MS = 45 * MINUTE_MS;
/** For the start, the end and the checks. */
const AROUND_MS = 12 * MINUTE_MS;

const [long, restarts, bugs] = [readLongRun('faults'), readLongRun('restarts'), readLongRun('bugs')];

function report(run: FaultRun): void {
  for (const figure of summarize(run)) reportFigure(figure);
  for (const { check, what } of run.findings) console.info(`broken: ${check}: ${what}`);
}

it.skipIf((long ?? restarts ?? bugs) !== undefined)(
  'a studio keeps its promises through seconds of faults',
  async () => {
    const run = await runFaults({ seed: SLICE_SEED, profile: 'slice', durationMs: SLICE_LOAD_MS });
    report(run);
    expect(run.findings).toEqual([]);
    expect(run.accepted).toBeGreaterThan(0);
    expect([...run.effects.values()].some(({ effects }) => effects > 0)).toBe(true);
  },
  SLICE_LIMIT_MS,
);

it.skipIf(bugs === undefined)(
  'the harness finds every seeded bug, and nothing without one',
  async () => {
    const { seed, record, bugs: only } = bugs!;
    const hunts = await findBugs(seed, only);
    console.info(bugsSection('', hunts, { seed, stamp: { commit: 'this tree', date: 'now' } }));
    if (record) await writeReliability('bugs', (stamp, known) => bugsSection(known, hunts, { seed, stamp }));
    expect(hunts.filter(({ isRight }) => !isRight).map(({ name }) => name)).toEqual([]);
  },
  BUGS_LIMIT_MS,
);

it.skipIf(long === undefined && restarts === undefined)(
  'a studio keeps its promises through a long run of faults',
  async () => {
    const { seed, minutes, record } = (long ?? restarts)!;
    const profile = long ? 'faults' : 'restarts';
    const run = await runFaults({ seed, profile, durationMs: minutes * MINUTE_MS });
    report(run);
    if (record) await writeReliability(profile, (stamp) => faultsSection(run, stamp));
    expect(run.findings).toEqual([]);
    const withoutEffect = [...run.effects].filter(([, { effects }]) => effects === 0).map(([kind]) => kind);
    expect(withoutEffect).toEqual([]);
  },
  (long ?? restarts ?? { minutes: 1 }).minutes * MINUTE_MS + AROUND_MS,
);
