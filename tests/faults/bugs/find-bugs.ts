import { reportFigure } from '../../support/long-run.ts';
import type { Finding } from '../checks/check.ts';
import type { DirectedRun } from '../profiles.ts';
import { NO_BUG, type BugHunt } from '../report/render-reliability.ts';
import { summarize } from '../report/summarize.ts';
import { runFaults, type FaultRun } from '../run-faults.ts';
import { copyTreeWith } from './copy-tree.ts';
import { SEEDED_BUGS, type SeededBug } from './seeded-bugs.ts';

/** Studios that run at once: each needs a core now and then, and mostly waits. */
const STUDIOS = 4;
const LOAD_MS = 25_000;
const CONTROL_LOAD_MS = 45_000;

/**
 * Looks for each seeded bug in a studio of its own.
 * @param only the names of the only ones; otherwise also looks for what the same faults show where there is no bug
 */
export async function findBugs(seed: number, only?: readonly string[]): Promise<BugHunt[]> {
  const entries = Object.entries<SeededBug>(SEEDED_BUGS).filter(([name]) => only?.includes(name) ?? true);
  const hunts: BugHunt[] = [];
  const tasks = entries.map(
    ([name, bug], index) =>
      async () =>
        void (hunts[index] = await hunt(seed, name, bug)),
  );
  if (only === undefined) tasks.push(async () => void (hunts[entries.length] = await huntNothing(seed)));
  async function work(): Promise<void> {
    for (let task = tasks.shift(); task !== undefined; task = tasks.shift()) await task();
  }
  await Promise.all(Array.from({ length: STUDIOS }, work));
  return hunts;
}

async function hunt(seed: number, name: string, bug: SeededBug): Promise<BugHunt> {
  const tree = await copyTreeWith(bug);
  try {
    const { findings, totalMs } = await runDirected(name, { seed, directed: bug.run, tree: tree.path });
    const foundBy = checksOf(findings);
    reportFigure(`${name}: found by ${foundBy.join(', ') || 'no check'}`);
    const isFound = findings.some(({ check, what }) => check === bug.foundBy && what.includes(bug.shows ?? ''));
    return { ...bug, name, foundBy, isRight: isFound, seconds: totalMs / 1_000 };
  } finally {
    await tree.remove();
  }
}

async function huntNothing(seed: number): Promise<BugHunt> {
  const kinds = [...new Set(Object.values<SeededBug>(SEEDED_BUGS).flatMap(({ run }) => run.kinds ?? []))];
  const { findings, totalMs } = await runDirected('none', { seed, directed: { kinds, loadMs: CONTROL_LOAD_MS } });
  const foundBy = checksOf(findings);
  return { ...NO_BUG, foundBy, isRight: foundBy.length === 0, seconds: totalMs / 1_000 };
}

/** Those with most findings first. */
function checksOf(findings: readonly Finding[]): string[] {
  return [...Map.groupBy(findings, ({ check }) => check)]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([check]) => check);
}

interface Directed {
  readonly seed: number;
  readonly directed: DirectedRun;
  readonly tree?: string;
}

async function runDirected(name: string, options: Directed): Promise<FaultRun> {
  const durationMs = options.directed.loadMs ?? LOAD_MS;
  const run = await runFaults({ ...options, profile: 'bugs', durationMs });
  const broken = run.findings.map(({ check, what }) => `broken: ${check}: ${what}`);
  console.info([...summarize(run), ...broken].map((text) => `${name}: ${text}`).join('\n'));
  return run;
}
