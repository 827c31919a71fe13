import { tableOfConditions } from './introduction.ts';
import type { Results } from './results.ts';
import type { StormResults } from './stream-results.ts';
import { number, spread, table, type Cells } from './table.ts';

const BYTES_A_KB = 1_000;

/** The page's part on event streams. */
export function streamSections(results: NonNullable<Results['streams']>): string[] {
  const { streams, accounts, memory, idle, push, lostSessionSeconds, crash, stop, conditions } = results;
  return [
    '## Live streams',
    `${streams} event streams of ${accounts} accounts at one API process, without the page's server in front
([streams.test.ts](../tests/streams/streams.test.ts)). A push is measured from the request of a change, which is
committed first, to the event at the client. In a storm, the process ends, and all its streams connect to another one.`,
    tableOfConditions(conditions),
    table(
      ['', 'goal', 'measured'],
      [
        ['heap of a stream, KB', '', number(memory.heap / BYTES_A_KB)],
        ['resident memory of a stream, KB', 'at most 20', number(memory.resident / BYTES_A_KB)],
        [`statements in ${number(idle.seconds)} s without a change`, '0', number(idle.statements)],
        ['cores in use without a change, heartbeats included', '', number(idle.cores)],
        [`push at ${push.perSecond} changes a second, p50 / p99 ms`, 'p99 below 100', spread(push.ms)],
        ['lost listening session, s until nothing is missed', '', number(lostSessionSeconds)],
        ...stormRows('crash', crash),
        ['— push to streams that were open, p50 / p99 ms', '', spread(crash.pushMs)],
        ...stormRows('graceful stop', stop),
        ['— s until the process exits', 'at most 20', number(stop.exitSeconds)],
      ],
    ),
  ];
}

function stormRows(name: string, storm: StormResults): Cells[] {
  return [
    [`storm after a ${name}, s until all are open`, 'at most 180', number(storm.seconds)],
    [
      '— refused, and the longest Retry-After, s',
      'at most 60 s',
      `${storm.refused}, ${number(storm.longestWaitSeconds)}`,
    ],
    ['— CPU ms of each stream', '', number(storm.cpuMsEach)],
    ['— another user’s connecting, p50 / p99 ms', '', spread(storm.others.connectMs)],
    ['— another user’s request on a new connection, p50 / p99 ms', '', spread(storm.others.newConnectionMs)],
    ['— on an open connection, p50 / p99 ms', '', spread(storm.others.openConnectionMs)],
  ];
}
