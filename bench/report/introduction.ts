import type { BenchOptions } from '../arguments.ts';
import type { Conditions, Results } from './results.ts';

const WHOLE_RUN = 'npm run bench -- --generations 400 --growth 100,1000,10000 --workers 1,2,4 --record';

/** What the page measures, how, and under which conditions. */
export function introductionOf({ options, conditions, floorDrift }: Results): string {
  return `# Performance

This page is written by \`npm run bench -- --record\`. Read the ratios, not the milliseconds: they are taken in one run,
so most of the machine cancels out. All figures are in [performance.json](performance.json). Counts, such as
statements, do not depend on the machine: \`npm test\` limits them
([database-and-bucket-costs.test.ts](../tests/generation/database-and-bucket-costs.test.ts)).

- **The floor** is the least that an avatar can cost here: a loop that reserves credits, calls an instant provider,
  writes two files, and stores avatar and capture, in two statements on tables of its own. Nothing survives a crash,
  nothing is checked, nobody is notified.
- **Steps in a loop** are this project's own activities, called one after the other without an engine.
- **The whole road** starts each workflow as the API does, and ends with the notification of the avatar. One worker
  process.
- **Through the API** is a POST with a token through authentication, limits and moderation, until the avatar
  arrives on an event stream; at least ${options.streams} streams are open.

${PROVIDERS[options.provider]}

(¹) CPU is that of each process alone; only Postgres includes its children, which are its backends. Compared are the
process that runs the steps, what makes them durable, and Postgres: bench and Postgres for the loops; worker, Temporal
server and Postgres for the road; the API as well where it is used.

Statements, transactions and rows are those of the application's database; the floor has its own. Rows that triggers
and functions write count, statements inside functions do not. A session that listens counts one transaction for each
notification, and autovacuum's count too. The road begins after the request's row is stored; through the API, the POST
is included. \`pg_stat_statements\` is loaded for the measurement.

**On a busy machine,** compare only counts and ratios of CPU. The floor mostly waits, for the disk and for its turn, so
it loses more of its throughput than a road does, whose ratio then flatters. The load averages below, before the run,
tell how busy it was: near 0 is quiet. The whole measurement on a quiet machine takes half an hour:
\`${WHOLE_RUN}\`

${tableOfConditions(conditions)}
| floor at the end / beginning   | ${floorDrift.toFixed(2)} |`;
}

/** Under which conditions a command has measured. */
export function tableOfConditions(conditions: Conditions): string {
  const { machine, loadBefore, loadAfter, command, commit, takenAt, tookSeconds } = conditions;
  return `| condition                      |     |
| ------------------------------ | --- |
| command                        | \`${command}\` |
| taken                          | ${takenAt} |
| commit                         | ${commit} |
| machine                        | ${machine.cores} cores, ${machine.model}, ${machine.memoryGb.toFixed(0)} GB, Node ${machine.node} |
| load average before (1, 5, 15) | ${loads(loadBefore)} |
| load average after             | ${loads(loadAfter)} |
| took                           | ${tookSeconds.toFixed(0)} s |`;
}

const PROVIDERS: Readonly<Record<BenchOptions['provider'], string>> = {
  instant:
    'The provider returns one image of 64 x 64 pixels without any wait, so what is measured is everything around it.',
  illustrator: 'The provider is the built-in illustrator. Its drawing costs far more than everything around it.',
};

function loads(averages: readonly number[]): string {
  return averages.map((average) => average.toFixed(2)).join(', ');
}
