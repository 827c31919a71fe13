import { CHECKS } from '../checks/run-checks.ts';
import type { FaultProfileName } from '../profiles.ts';
import type { FaultRun } from '../run-faults.ts';
import { FAULT_KINDS, type FaultKind } from '../schedule/fault-kinds.ts';

export interface RunStamp {
  readonly commit: string;
  /** YYYY-MM-DD. */
  readonly date: string;
}

const COMMANDS: Readonly<Record<FaultProfileName, string>> = {
  slice: 'npx vitest run tests/faults/faults.test.ts',
  faults: 'npm run long -- faults',
  bugs: 'npm run long -- faults --bug NAME',
  restarts: 'npm run long -- restarts',
};

/** Replaces the part of this kind of run in the document; the other runs stay. */
export function renderReliability(known: string, run: FaultRun, stamp: RunStamp): string {
  const others = (['faults', 'restarts'] as const).filter((name) => name !== run.profile);
  const sections = [section(run, stamp), ...others.map((name) => sectionOf(known, name)).filter((text) => text !== '')];
  return [INTRODUCTION, ...sections].join('\n\n').concat('\n');
}

const heading = (name: FaultProfileName): string => `## Run \`${name}\``;

function sectionOf(text: string, name: FaultProfileName): string {
  const start = text.indexOf(heading(name));
  if (start < 0) return '';
  const end = text.indexOf('\n## ', start + 1);
  return text.slice(start, end < 0 ? undefined : end).trim();
}

const INTRODUCTION = `# Reliability

Written by \`npm run long -- faults --seed N --minutes M --record\` and \`npm run long -- restarts … --record\`; the
[fault harness](../tests/faults) runs a whole studio in its own processes and folders: one API, two workers, Postgres,
Temporal and the bucket, with a TCP proxy on every connection and fake providers that fail. Users generate, send batches,
repeat requests, cancel, upload, delete and erase. The same seed gives the same schedule of faults and the same
operations; when exactly they meet depends on the machine. A short run is part of \`npm test\`.

After the last fault everything is healed, all must become final in bounded time, API and workers are restarted, and
these promises are checked:

${Object.keys(CHECKS)
  .map((check) => `- ${check}`)
  .join('\n')}

A kind of fault that never took effect fails the run. "Took effect" counts what the fault did: processes that ended or
stopped, sessions that waited, statements that were delayed or refused, connections that were reset, swallowed or
delayed, reads of a shifted clock.

Not covered: the clocks of Postgres, Temporal's server and Temporal's Rust core in our own processes (only \`Date\` of Node
is shifted), a machine that loses its unflushed writes (the databases run without fsync), and two Postgres servers.`;

function section(run: FaultRun, { commit, date }: RunStamp): string {
  const { accepted, statuses, bill, findings, loadMs, seed, profile } = run;
  const result = findings.length === 0 ? 'all promises were kept' : `**${findings.length} promises were broken**`;
  const failed = Object.entries(run.providerFaults).reduce((sum, [, count]) => sum + count, 0);
  return `${heading(profile)}

\`${COMMANDS[profile]} --seed ${seed} --minutes ${Math.ceil(loadMs / 60_000)}\` at \`${commit}\`, ${date}: ${result}.
${accepted} generations were accepted in ${(loadMs / 60_000).toFixed(1)} minutes; in the end ${Object.entries(statuses)
    .map(([status, count]) => `${count} were ${status}`)
    .join(
      ', ',
    )}. The providers failed ${failed} times, and were paid for ${bill.paid} images: ${bill.repeated.length} of them
twice at a provider that can be asked, ${bill.givenUp} because another provider had been given up and finished nevertheless,
${bill.windowed} in the window of Hugging Face, which can't be asked what it did.

| Fault | Injected by | Must hold | Injected | Took effect | Result |
| ----- | ----------- | --------- | -------: | ----------: | ------ |
${[...run.effects].map(([kind, counts]) => row(kind, counts, findings.length === 0)).join('\n')}
| providers fail | fakes, ${Math.round(PROVIDER_SHARE * 100)} % of calls and jobs | no image is bought twice | ${failed} | ${failed} | ${bill.repeated.length === 0 ? 'kept' : 'broken'} |

<!-- answers: ${JSON.stringify(run.answers)} -->`;
}

const PROVIDER_SHARE = 0.2;

function row(
  kind: FaultKind,
  { injected, effects }: { injected: number; effects: number },
  isUnbroken: boolean,
): string {
  const { how, holds } = FAULT_KINDS[kind];
  const result = effects === 0 ? 'no effect' : isUnbroken ? 'kept' : 'see above';
  return `| ${kind.replaceAll('_', ' ')} | ${how} | ${holds} | ${injected} | ${effects} | ${result} |`;
}
