import type { BenchOptions } from '../arguments.ts';
import type { Results } from './results.ts';

/** What the page measures, how, and under which conditions. */
export function introductionOf({ options, conditions, floorDrift }: Results): string {
  const { machine, loadBefore, loadAfter, commit, takenAt, tookSeconds } = conditions;
  return `# Performance

This page is written by \`${conditions.command}\`. Read the ratios, not the milliseconds: they are taken in one run, so the
machine cancels out. All figures of the run are in [performance.json](performance.json).

- **The floor** is the least that an avatar can cost here: a loop that reserves credits, calls an instant provider,
  writes two files, and stores avatar and capture, in two statements on tables of its own. Nothing survives a crash,
  nothing is checked, nobody is notified.
- **Steps in a loop** are this project's own activities, called one after the other without an engine.
- **The whole road** starts each workflow as the API does, and ends with the notification of the avatar. One worker
  process.
- **Through the API** is a POST with a token through authentication, limits and moderation, until the avatar
  arrives on an event stream; ${options.streams} streams are open.

${PROVIDERS[options.provider]}

(¹) CPU is that of each process alone; only Postgres includes its children, which are its backends. Compared are the
process that runs the steps, what makes them durable, and Postgres: for the loops bench and Postgres, for the road
worker, Temporal server and Postgres, and for the API's road the API as well. Rows, statements and transactions are those of
the application's database (the floor has its own): rows that triggers and functions write count, statements inside
functions do not, and autovacuum's transactions do.
\`pg_stat_statements\` is loaded for the measurement. The road begins after the request's row is stored; through the API,
the POST is included.

A quiet machine has a load average below 0.3 before the run, and a floor whose drift is within a tenth of 1.

| condition                      |     |
| ------------------------------ | --- |
| taken                          | ${takenAt} |
| commit                         | ${commit} |
| machine                        | ${machine.cores} cores, ${machine.model}, ${machine.memoryGb.toFixed(0)} GB, Node ${machine.node} |
| load average before (1, 5, 15) | ${loads(loadBefore)} |
| load average after             | ${loads(loadAfter)} |
| floor at the end / beginning   | ${floorDrift.toFixed(2)} |
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
