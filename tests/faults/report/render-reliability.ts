import type { Finding } from '../checks/check.ts';
import { CHECKS } from '../checks/run-checks.ts';
import { FAULT_PROFILES } from '../profiles.ts';
import type { FaultRun } from '../run-faults.ts';
import { FAULT_KINDS, type FaultKind } from '../schedule/fault-kinds.ts';

export interface RunStamp {
  readonly commit: string;
  /** YYYY-MM-DD. */
  readonly date: string;
}

/** The sections of the document, in this order. */
const SECTIONS = ['faults', 'restarts', 'bugs'] as const;
type SectionName = (typeof SECTIONS)[number];

/** Replaces one section of the document; the others stay. */
export function renderReliability(known: string, name: SectionName, text: string): string {
  const sections = SECTIONS.map((each) => (each === name ? text : sectionOf(known, each)));
  return [INTRODUCTION, ...sections.filter((section) => section !== '')].join('\n\n').concat('\n');
}

const heading = (name: SectionName): string => `## Run \`${name}\``;

function sectionOf(text: string, name: SectionName): string {
  const start = text.indexOf(heading(name));
  if (start < 0) return '';
  const end = text.indexOf('\n## ', start + 1);
  return text.slice(start, end < 0 ? undefined : end).trim();
}

const INTRODUCTION = `# Reliability

Written by \`npm run long -- <run> --seed N --record\`, where the run is \`faults\`, \`restarts\` or \`bugs\`. The
[fault harness](../tests/faults) runs a whole studio in its own processes and folders: one API, two workers, Postgres,
Temporal and the bucket, with a TCP proxy on every connection and fake providers that fail. Users generate, send batches,
repeat and abandon requests, cancel, upload, delete and erase. The same seed gives the same schedule of faults and the same
operations; when exactly they meet depends on the machine. A short run is part of \`npm test\`.

After the last fault everything is healed, and all must become final in bounded time. Then API and workers are restarted,
what waits for its age is made old, so that it must be swept, and these promises are checked:

${Object.keys(CHECKS)
  .map((check) => `- ${check}`)
  .join('\n')}

A kind of fault that never took effect fails the run. "Took effect" counts what the fault did: processes that ended or
stopped, sessions that waited, statements that were delayed or refused, connections that were reset, swallowed or
delayed, reads of a shifted clock.

Not covered: the clocks of Temporal's server and of Temporal's Rust core in our processes (Go and Rust ignore libfaketime;
of Node, \`Date\` is shifted; Postgres' clock where Debian's libfaketime is installed), a machine that loses its unflushed
writes (the databases run without fsync), and two Postgres servers.`;

/** The result of a run under faults, and a row for each kind of fault. */
export function faultsSection(run: FaultRun, stamp: RunStamp): string {
  const { accepted, statuses, bill, findings, loadMs, seed, profile } = run;
  const name = profile === 'restarts' ? 'restarts' : 'faults';
  const failed = Object.values(run.providerFaults).reduce((sum, count) => sum + count, 0);
  const outcomes = Object.entries(statuses).map(([status, count]) => `${count} ${status}`);
  return `${heading(name)}

${command(name, seed, `--minutes ${Math.ceil(loadMs / 60_000)}`)} at ${stampOf(stamp)}: ${resultOf(findings)}
${accepted} generations were accepted in ${(loadMs / 60_000).toFixed(1)} minutes. In the end: ${outcomes.join(', ')}.
The providers failed ${failed} times, and were paid for ${bill.paid} images: ${bill.repeated.length} of them twice at a
provider that can be asked, ${bill.givenUp} because another provider had been given up and finished nevertheless,
${bill.windowed} in the window of Hugging Face, which can't be asked what it did.

| Fault | Injected by | Must hold | Injected | Took effect | Result |
| ----- | ----------- | --------- | -------: | ----------: | ------ |
${[...run.effects].map(([kind, counts]) => row(kind, counts, findings.length === 0)).join('\n')}
| providers fail | fakes, ${FAULT_PROFILES[profile].providerFaults * 100} % of calls and jobs | no image is bought twice | ${failed} | ${failed} | ${bill.repeated.length === 0 ? 'kept' : 'broken'} |`;
}

/** A mend that was taken back, and what the run with it found. */
export interface BugHunt {
  readonly name: string;
  readonly reverts: string;
  readonly what: string;
  /** Names of the checks, those with most findings first. */
  readonly foundBy: readonly string[];
  /** Whether the check that is meant to is among them; without a bug, whether there are none. */
  readonly isRight: boolean;
  readonly seconds: number;
}

/** The run under the same faults in which nothing may be found. */
export const NO_BUG = { name: 'none', reverts: '–', what: 'the same faults, and no mend is taken back' } as const;

/** Which seeded bugs the harness found, and by which check. Rows of bugs that were not looked for stay. */
export function bugsSection(
  known: string,
  hunts: readonly BugHunt[],
  { seed, stamp }: { readonly seed: number; readonly stamp: RunStamp },
): string {
  const rows = new Map(sectionOf(known, 'bugs').split('\n').flatMap(rowOfBug));
  for (const { name, reverts, what, foundBy, isRight, seconds } of hunts) {
    const found = foundBy.join(', ') || 'nothing';
    const cells = [name, what, reverts, isRight ? found : `**${found}**`, stamp.commit, seed, Math.round(seconds)];
    rows.set(name, `| ${cells.join(' | ')} |`);
  }
  return `${heading('bugs')}

\`npm run long -- bugs --seed ${seed}\`: each bug is a mend that is taken back in a copy of the tree, which then runs under
the faults and the load that reach it, with the same checks as every run. In bold: not what must be found. Each row is of
the newest run that looked for its bug.

| Bug | What the studio does then | Takes back | Found by | Commit | Seed | Seconds |
| --- | ------------------------- | ---------- | -------- | ------ | ---: | ------: |
${[...rows.values()].join('\n')}`;
}

/** A row of the table of bugs, by the bug's name. */
function rowOfBug(text: string): [string, string][] {
  const name = /^\| (?<name>[a-z-]*[a-z]) +\|/u.exec(text)?.groups?.['name'];
  return name === undefined ? [] : [[name, text]];
}

const command = (name: SectionName, seed: number, more = ''): string =>
  `\`npm run long -- ${[name, `--seed ${seed}`, more].join(' ').trim()}\``;

const stampOf = ({ commit, date }: RunStamp): string => `\`${commit}\`, ${date}`;

function resultOf(findings: readonly Finding[]): string {
  if (findings.length === 0) return 'every promise was kept.';
  return `**promises were broken**: ${findings.map(({ check, what }) => `${check} (${what})`).join('; ')}.`;
}

function row(
  kind: FaultKind,
  { injected, effects }: { injected: number; effects: number },
  isUnbroken: boolean,
): string {
  const { how, holds } = FAULT_KINDS[kind];
  const result = effects === 0 ? 'no effect' : isUnbroken ? 'kept' : 'see above';
  return `| ${kind.replaceAll('_', ' ')} | ${how} | ${holds} | ${injected} | ${effects} | ${result} |`;
}
