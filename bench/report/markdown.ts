import { DATABASES } from '#stack/postgres/databases.ts';
import { PROCESS_NAMES, type ProcessName } from '../meter/meter.ts';
import type { DatabaseUse } from '../meter/statement-statistics.ts';
import { FLOOR_DATABASE } from '../rounds/floor.ts';
import { functionSections } from './function-sections.ts';
import { goalSections } from './goals.ts';
import { introductionOf, tableOfConditions } from './introduction.ts';
import {
  ROAD_NAMES,
  type PacedResult,
  type Results,
  type RoadName,
  type RoadResult,
  type ScaleResult,
  type UploadResults,
} from './results.ts';
import { streamSections } from './stream-sections.ts';
import { milliseconds, number, spread, table, type Cells } from './table.ts';
import { TRIED } from './tried.ts';

const LABELS: Readonly<Record<RoadName, string>> = {
  floor: 'floor',
  steps: 'steps in a loop',
  road: 'whole road',
  http: 'through the API',
};
const PROCESS_LABELS: Readonly<Record<ProcessName, string>> = {
  bench: 'bench itself',
  worker: 'worker',
  api: 'API',
  temporal: 'Temporal server',
  postgres: 'Postgres, all its backends',
  gcs: 'bucket’s emulator',
};

const OVERHEAD: Readonly<Record<Results['options']['provider'], string>> = {
  instant: 'The provider needs no time, so\nall of the latency is overhead.',
  illustrator: 'The latency includes the\nprovider’s drawing.',
};

type DataOfRecord = NonNullable<Results['data']>;
type RoadColumn = readonly [RoadName, RoadResult];

/** The page `docs/performance.md`. */
export function performancePage(results: Results): string {
  const columns = ROAD_NAMES.flatMap((name): RoadColumn[] => {
    const road = results.roads[name];
    return road === undefined ? [] : [[name, road]];
  });
  const sections = [
    introductionOf(results),
    ...goalSections(results),
    '## One avatar',
    `${results.options.lanes} avatars are under way at once. _In floors_ is relative to the floor of the same run.`,
    table(['', ...columns.map(([name]) => LABELS[name])], roadRows(columns)),
    '## Latency at a fixed rate',
    `Requests are sent at this rate, whether earlier ones are delivered or not. Those answered 429 or 503 are refused:\nthe rate is more than this machine can do. ${OVERHEAD[results.options.provider]}`,
    pacedTable(results.paced),
    '## Growth',
    'Rounds on the whole road, one after the other in the same databases, with one worker.',
    scaleTable(results.growth),
    '## Several workers',
    'All processes share the machine, so more workers gain only where cores are idle.',
    scaleTable(results.workers),
    ...(results.data ? dataSections(results.data) : []),
    ...(results.uploads ? uploadSections(results.uploads) : []),
    ...(results.streams ? streamSections(results.streams) : []),
    ...(results.functions ? functionSections(results.functions) : []),
    TRIED,
  ];
  return `${sections.join('\n\n')}\n`;
}

function roadRows(columns: readonly RoadColumn[]): Cells[] {
  const row = (label: string, cell: (road: RoadResult, name: RoadName) => string): Cells => [
    label,
    ...columns.map(([name, road]) => cell(road, name)),
  ];
  const app = ({ each }: RoadResult, name: RoadName) =>
    each.databases[name === 'floor' ? FLOOR_DATABASE : DATABASES.app];
  const temporal = ({ each }: RoadResult) => [
    each.databases[DATABASES.temporal],
    each.databases[DATABASES.temporalVisibility],
  ];
  const sum = (uses: readonly (DatabaseUse | undefined)[], count: (use: DatabaseUse) => number) =>
    number(uses.reduce((total, use) => total + (use ? count(use) : 0), 0));
  const changes = ({ rows }: DatabaseUse) => rows.inserted + rows.updated + rows.deleted;
  return [
    row('avatars a second', ({ perSecond }) => number(perSecond)),
    row('— in floors', (road) => number(road.inFloors.throughput)),
    row('CPU ms, the processes compared (¹)', ({ cpuSeconds }) => milliseconds(cpuSeconds)),
    row('— in floors', (road) => number(road.inFloors.cpu)),
    ...PROCESS_NAMES.map((part) =>
      row(`CPU ms: ${PROCESS_LABELS[part]}`, ({ each }) => milliseconds(each.cpuSeconds[part])),
    ),
    row('statements', (road, name) => sum([app(road, name)], (use) => use.statements)),
    row('transactions', (road, name) => sum([app(road, name)], (use) => use.transactions)),
    row('rows inserted', (road, name) => sum([app(road, name)], (use) => use.rows.inserted)),
    row('rows updated', (road, name) => sum([app(road, name)], (use) => use.rows.updated)),
    row('rows deleted', (road, name) => sum([app(road, name)], (use) => use.rows.deleted)),
    row('Temporal’s transactions', (road) => sum(temporal(road), (use) => use.transactions)),
    row('Temporal’s row changes', (road) => sum(temporal(road), changes)),
    row('WAL KB, all databases', ({ each }) => number(each.walBytes / 1_000)),
    row('WAL KB: Temporal’s statements', (road) => sum(temporal(road), (use) => use.walBytes / 1_000)),
    row('bucket calls', ({ each }) => number(each.bucketCalls)),
    row('billed actions', ({ each }) => number(Object.values(each.actions).reduce((total, count) => total + count, 0))),
    row('answer, p50 / p99 ms', ({ answerMs }) => spread(answerMs)),
    row('delivery, p50 / p99 ms', ({ latencyMs }) => spread(latencyMs)),
    row('cores in use at rest', ({ atRest }) => number(atRest.worker + atRest.api + atRest.temporal + atRest.postgres)),
  ];
}

function dataSections({ conditions, rows, seedSeconds, roundTripMs, lists, studio }: DataOfRecord): string[] {
  const cells = ([name, { ms, ratio }]: [string, DataOfRecord['lists'][string]]): Cells => [
    name,
    spread(ms),
    spread(ratio),
  ];
  const head = ['', 'p50 / p99 ms', 'p50 / p99 in `SELECT 1`s'];
  const stored = Object.entries(rows).map(([name, count]) => `${Math.round(count)} ${name.replaceAll('_', ' ')}`);
  return [
    '## Data at scale',
    `A month of many users, written in ${number(seedSeconds)} s by the database itself: ${stored.join(', ')}. The first account has a
fortieth of all generations; queries are sent for it and for average ones, in turn. In the same rounds, a \`SELECT 1\` takes ${spread(roundTripMs)} ms.`,
    tableOfConditions(conditions),
    table(head, Object.entries(lists).map(cells)),
    'For all accounts, at most once a second for all users, or by an operator or a Schedule:',
    table(head, Object.entries(studio).map(cells)),
  ];
}

function uploadSections({ conditions, megabytes, api, sharp }: UploadResults): string[] {
  const row = (name: string, { p50, p95 }: UploadResults['api']): Cells => [name, number(p50), number(p95)];
  return [
    '## Uploads',
    `A photo of 12 megapixels (${number(megabytes)} MB), one at a time: sent to \`POST /uploads\`, which stores it in the bucket, and by
sharp alone, which decodes, scales and encodes it likewise, in turn.`,
    tableOfConditions(conditions),
    table(
      ['', 'p50 ms', 'p95 ms'],
      [
        row('over HTTP', api),
        row('sharp alone', sharp),
        row('ratio', { p50: api.p50 / sharp.p50, p95: api.p95 / sharp.p95 }),
      ],
    ),
  ];
}

function pacedTable(paced: readonly PacedResult[]): string {
  return table(
    [
      '',
      'requests a second',
      'avatars',
      'refused',
      'delivered a second',
      'answer, p50 / p99 ms',
      'latency, p50 / p99 ms',
    ],
    paced.map(({ road, pace, avatars, refused, perSecond, answerMs, latencyMs }) => [
      LABELS[road],
      String(pace),
      String(avatars),
      String(refused),
      number(perSecond),
      spread(answerMs),
      spread(latencyMs),
    ]),
  );
}

function scaleTable(rounds: readonly ScaleResult[]): string {
  return table(
    [
      'workers',
      'avatars',
      'stored afterwards',
      'a second',
      '— in floors',
      'a second, second half',
      'CPU ms (¹)',
      '— in floors',
      'delivery, p50 / p99 ms',
    ],
    rounds.map((round) => [
      String(round.workers),
      String(round.avatars),
      String(round.storedAvatars),
      number(round.perSecond),
      number(round.inFloors.throughput),
      number(round.lastHalfPerSecond),
      milliseconds(round.cpuSeconds),
      number(round.inFloors.cpu),
      spread(round.latencyMs),
    ]),
  );
}
