import { afterAll, describe, expect, it } from 'vitest';
import { readLongRun, reportFigure } from '../support/long-run.ts';
import { runFaults, type FaultRun } from './run-faults.ts';
import { copyTreeWith } from './bugs/copy-tree.ts';
import { SEEDED_BUGS, type SeededBug } from './bugs/seeded-bugs.ts';
import type { Finding } from './checks/check.ts';
import type { DirectedRun } from './profiles.ts';
import { bugsSection, faultsSection, type BugHunt } from './report/render-reliability.ts';
import { summarize } from './report/summarize.ts';
import { writeReliability } from './report/write-reliability.ts';

const MINUTE_MS = 60_000;
const SLICE_SEED = 16;
const SLICE_LOAD_MS = 10_000;
/** Never reached: on a busy machine, everything takes longer. */
const SLICE_LIMIT_MS = 10 * MINUTE_MS;
const BUG_LOAD_MS = 25_000;
const CONTROL_LOAD_MS = 45_000;
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

describe.skipIf(bugs === undefined)('the harness', () => {
  const hunts: BugHunt[] = [];
  let control: readonly Finding[] = [];

  afterAll(async () => {
    if (bugs?.record && bugs.bug === undefined)
      await writeReliability('bugs', (stamp) => bugsSection(hunts, { seed: bugs.seed, control, stamp }));
  });

  it.each(Object.entries<SeededBug>(SEEDED_BUGS).filter(([name]) => name === (bugs?.bug ?? name)))(
    'finds the seeded bug %s',
    async (name, bug) => {
      const tree = await copyTreeWith(bug);
      try {
        const run = await runBugs(tree.path, bug.run);
        const foundBy = [...Map.groupBy(run.findings, ({ check }) => check)]
          .toSorted(([, a], [, b]) => b.length - a.length)
          .map(([check]) => check);
        hunts.push({ ...bug, name, foundBy, seconds: run.totalMs / 1_000 });
        reportFigure(`${name}: found by ${foundBy.join(', ') || 'no check'}`);
        expect(foundBy).toContain(bug.foundBy);
      } finally {
        await tree.remove();
      }
    },
    AROUND_MS,
  );

  it.skipIf(bugs?.bug !== undefined)(
    'finds nothing without a bug',
    async () => {
      const kinds = [...new Set(Object.values<SeededBug>(SEEDED_BUGS).flatMap(({ run }) => run.kinds ?? []))];
      const run = await runBugs(undefined, { kinds, loadMs: CONTROL_LOAD_MS });
      control = run.findings;
      expect(run.findings).toEqual([]);
    },
    AROUND_MS,
  );

  async function runBugs(tree: string | undefined, directed: DirectedRun): Promise<FaultRun> {
    const durationMs = directed.loadMs ?? BUG_LOAD_MS;
    const run = await runFaults({ seed: bugs!.seed, profile: 'bugs', durationMs, directed, ...(tree && { tree }) });
    for (const line of summarize(run)) console.info(line);
    for (const { check, what } of run.findings) console.info(`broken: ${check}: ${what}`);
    return run;
  }
});

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
