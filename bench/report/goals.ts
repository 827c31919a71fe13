import { AVATAR_COSTS, FOLLOWED_AVATAR_COSTS } from '#tests/support/avatar-costs.ts';
import type { PacedResult, Results, RoadResult } from './results.ts';
import type { Spread } from './statistics.ts';
import { milliseconds, number, spread, table } from './table.ts';

/** What the work on speed is measured by. */
interface Goal {
  readonly name: string;
  /** Before that work, on another machine with two cores. */
  readonly before: string;
  readonly now: string;
  readonly goal: string;
  readonly isReached: boolean;
}

/** Requests a second at which the latencies of the goals are measured. */
const PACE = 20;
/** CPU of worker, Temporal server and Postgres an avatar, in floors. */
const CPU_FLOORS = 22;
/** Below this share of its pace, a round was more than the machine can do. */
const SUSTAINED = 0.95;

/** The page's table of goals: before, now, and whether each is reached. */
export function goalSections(results: Results): string[] {
  const goals = [...roadGoals(results), ...countGoals(results), ...latencyGoals(results), ...otherGoals(results)];
  return [
    '## Goals',
    `_Before_ was measured before any of [what was tried](#what-was-tried), on another machine with two cores. Ratios and counts can be
compared, milliseconds can't. The CPU of an avatar's images is told there: 1.13 to 1.25 of what the codecs need.`,
    table(
      ['', 'before', 'now', 'goal', 'reached'],
      goals.map(({ name, before, now, goal, isReached }) => [name, before, now, goal, isReached ? 'yes' : 'no']),
    ),
    ...explanation(results),
  ];
}

function atMost(name: string, before: string, now: number | undefined, limit: number, unit = ''): Goal[] {
  if (now === undefined) return [];
  return [{ name, before, now: `${number(now)}${unit}`, goal: `at most ${limit}`, isReached: now <= limit }];
}

function roadGoals({ roads: { floor, road, http } }: Results): Goal[] {
  const throughput = (name: string, before: string, found: RoadResult | undefined, least: number): Goal[] => {
    if (found === undefined) return [];
    const ratio = found.inFloors.throughput;
    const now = `${number(ratio)}: ${number(found.perSecond)} a second`;
    return [{ name, before, now, goal: `at least ${least}`, isReached: ratio >= least }];
  };
  const floors = ` of ${milliseconds(floor?.cpuSeconds ?? 0)} ms`;
  return [
    ...atMost(
      'CPU of worker, Temporal server and Postgres, in floors',
      '70 of 2.3 ms',
      road?.inFloors.cpu,
      CPU_FLOORS,
      floors,
    ),
    ...throughput('avatars, the whole road, in floors', '0.016: 11 a second', road, 0.06),
    ...throughput('avatars, through the API, in floors', '', http, 0.045),
  ];
}

/** `npm test` limits them, so they are what it allows. */
function countGoals({ roads: { road } }: Results): Goal[] {
  const { transactions } = FOLLOWED_AVATAR_COSTS;
  const { rowsUpdated, bucketCalls } = AVATAR_COSTS;
  const actions = road && Object.values(road.each.actions).reduce((total, count) => total + count, 0);
  return [
    ...atMost('transactions of our database, with a page open', '42', transactions, 14),
    ...atMost('row updates', '22', rowsUpdated, 9),
    ...atMost('bucket calls', '6', bucketCalls, 4),
    ...atMost('billed actions', '5', actions, 5),
  ];
}

function latencyGoals({ paced }: Results): Goal[] {
  const found = (road: PacedResult['road']) => paced.find((round) => round.road === road && round.pace === PACE);
  const [road, http] = [found('road'), found('http')];
  return [
    ...latencyGoal(`delivery at ${PACE} a second, the whole road`, 'not possible', road, road?.latencyMs, [35, 80]),
    ...latencyGoal(`answer to a POST at ${PACE} a second`, '', http, http?.answerMs, [30, 80]),
  ];
}

function latencyGoal(
  name: string,
  before: string,
  round: PacedResult | undefined,
  times: Spread | undefined,
  [p50, p99]: readonly [number, number],
): Goal[] {
  if (!round || !times) return [];
  const isSustained = round.perSecond >= PACE * SUSTAINED;
  const now = isSustained ? spread(times) : `${spread(times)}, at ${number(round.perSecond)} a second`;
  const isReached = isSustained && times.p50 <= p50 && times.p99 <= p99;
  return [{ name: `${name}, p50 / p99 ms`, before, now, goal: `at most ${p50} / ${p99}`, isReached }];
}

function otherGoals({ data, uploads, streams }: Results): Goal[] {
  const avatars = data && Math.round((data.rows['avatars'] ?? 0) / 1_000) * 1_000;
  const slowest = data && Math.max(...Object.values(data.lists).map(({ ratio }) => ratio.p99));
  const bytes = streams && streams.memory.resident / 1_000;
  return [
    ...atMost(
      `slowest list among ${avatars?.toLocaleString('en')} avatars, p99 in \`SELECT 1\`s`,
      '13.8 among 200,000',
      slowest,
      5,
    ),
    ...atMost('upload of 12 megapixels, p95, of sharp alone', '', uploads && uploads.api.p95 / uploads.sharp.p95, 1.3),
    ...atMost('resident memory of an event stream, KB', '', bytes, 20),
    ...atMost('push to one of 10,000 event streams, p99 ms', '', streams?.push.ms.p99, 100),
  ];
}

function explanation({ roads: { floor, steps, road } }: Results): string[] {
  if (!floor || !steps || !road || road.inFloors.cpu <= CPU_FLOORS) return [];
  const { temporal } = road.each.cpuSeconds;
  return [
    `The first three and the latencies depend on the CPU of an avatar. Our own steps take ${number(steps.inFloors.cpu)} floors without an engine, so the
rest is the engine's price: the Temporal server alone takes ${number(temporal / floor.cpuSeconds)} floors, and its databases and the worker's side of it
the others. The goals were set in floors of 2.3 ms. With ${milliseconds(road.cpuSeconds)} ms an avatar, ${PACE} a second need
${number(PACE * road.cpuSeconds)} cores, besides the bucket and what sends the requests.`,
  ];
}
