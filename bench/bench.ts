import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createProviders } from '#activities/providers/create-providers.ts';
import { readArguments, USAGE, type BenchOptions } from './arguments.ts';
import { openBenchStudio, type BenchStudio } from './bench-studio.ts';
import { observeConditions } from './conditions.ts';
import { createInstantProvider } from './instant-provider.ts';
import type { MeteredRound } from './meter/meter.ts';
import { performancePage } from './report/markdown.ts';
import { readRecord, writeRecord } from './report/record.ts';
import {
  bothFloors,
  floorMeasure,
  pacedResult,
  roadResult,
  timesOf,
  type PacedResult,
  type Results,
} from './report/results.ts';
import { openFloor } from './rounds/floor.ts';
import { openHttpRoad } from './rounds/http-road.ts';
import { openRoad, type Road } from './rounds/road.ts';
import { runPaced, runRound, type Generate } from './rounds/round.ts';
import { measureGrowth, measureWorkers, scaleResult, type ScaleRound } from './rounds/scale.ts';
import { createSteps } from './rounds/steps.ts';
import { startWorkers } from './rounds/workers.ts';

const RESULTS_FILE = join(import.meta.dirname, 'results.json');
/** A floor round is short: so many times the avatars of the others, so that its CPU is more than a few ticks. */
const FLOOR_FACTOR = 20;

const say = (text: string): void => void process.stderr.write(`${text}\n`);

async function main(): Promise<void> {
  const options = readArguments(process.argv.slice(2));
  if (options === undefined) {
    process.stdout.write(USAGE);
    return;
  }
  const completeConditions = await observeConditions('bench', process.argv.slice(2));
  const studio = await openBenchStudio(admittedAvatars(options), options.size);
  try {
    const measured = await measure(studio, options);
    const results: Results = {
      options,
      conditions: completeConditions(),
      ...measured,
      data: undefined,
      uploads: undefined,
      streams: undefined,
      functions: undefined,
    };
    await write(results, options);
  } finally {
    await studio.close();
  }
}

async function write(results: Results, { record }: BenchOptions): Promise<void> {
  await writeFile(RESULTS_FILE, `${JSON.stringify(results, null, 2)}\n`);
  // What another command has measured stays.
  const recorded = record ? await readRecord() : undefined;
  const { data, uploads, streams, functions } = recorded ?? {};
  if (record) await writeRecord({ ...results, data, uploads, streams, functions });
  process.stdout.write(performancePage(results));
}

/** Avatars that the ledger admits: steps, roads, paced rounds, growth and workers, with their warm-ups. */
function admittedAvatars({ generations, lanes, paced, growth, workers }: BenchOptions): number {
  const rounds = 3 + 2 * paced.length + workers.length;
  const grown = growth.reduce((total, avatars) => total + avatars, 0);
  return rounds * (generations + lanes) + grown;
}

async function measure(
  studio: BenchStudio,
  options: BenchOptions,
): Promise<Omit<Results, 'options' | 'conditions' | 'data' | 'uploads' | 'streams' | 'functions'>> {
  const accountIds = studio.users.map(({ accountId }) => accountId);
  const floor = await openFloor(studio.stack, accountIds, options.lanes);
  const floorBefore = await measureFloor(studio, options, floor.generate);
  const steps = await measureSteps(studio, options);
  const workers = await startWorkers(studio, { provider: options.provider, count: 1, slots: options.lanes });
  const road = await openRoad(studio);
  const single = await measureRoad(studio, options, road).finally(() => workers.stop());
  const workerRounds = await measureWorkers(studio, road, options);
  await road.close();
  const floorAfter = await measureFloor(studio, options, floor.generate);
  await floor.close();

  const floors = bothFloors(floorBefore, floorAfter);
  const mean = floorMeasure(floors);
  const perSecond = ({ round }: MeteredRound) => timesOf(round).perSecond;
  return {
    floorDrift: perSecond(floorAfter) / perSecond(floorBefore),
    roads: {
      floor: roadResult('floor', floors, mean),
      steps: roadResult('steps', steps, mean),
      road: roadResult('road', single.road, mean),
      ...(single.http && { http: roadResult('http', single.http, mean) }),
    },
    paced: single.paced,
    growth: single.growth.map((round) => scaleResult(round, mean)),
    workers: workerRounds.map((round) => scaleResult(round, mean)),
  };
}

async function measureFloor(studio: BenchStudio, { generations, lanes }: BenchOptions, generate: Generate) {
  const avatars = FLOOR_FACTOR * generations;
  say(`Floor: ${avatars} avatars, ${lanes} at once …`);
  await runRound(studio.requests(avatars), lanes, generate);
  return studio.meter.measure(() => runRound(studio.requests(avatars), lanes, generate));
}

async function measureSteps(studio: BenchStudio, { generations, lanes, provider: name }: BenchOptions) {
  const provider = await createInstantProvider();
  const providers = name === 'instant' ? new Map([[provider.name, provider]]) : createProviders({});
  const generate = createSteps(studio.stack, studio.database, providers);
  await runRound(await studio.insertRequests(lanes), lanes, generate);
  const requests = await studio.insertRequests(generations);
  say(`Steps in a loop: ${generations} avatars, ${lanes} at once …`);
  return studio.meter.measure(() => runRound(requests, lanes, generate));
}

interface SingleWorkerRounds {
  readonly road: MeteredRound;
  readonly http: MeteredRound | undefined;
  readonly paced: readonly PacedResult[];
  readonly growth: readonly ScaleRound[];
}

/** Everything that one worker does. The API's round comes after the road's, and growth last. */
async function measureRoad(studio: BenchStudio, options: BenchOptions, road: Road): Promise<SingleWorkerRounds> {
  const { generations, lanes, paced: rates } = options;
  await runRound(await studio.insertRequests(lanes), lanes, road.generate);
  const requests = await studio.insertRequests(generations);
  say(`Road: ${generations} avatars, ${lanes} at once …`);
  const throughput = await studio.meter.measure(() => runRound(requests, lanes, road.generate));
  const paced: PacedResult[] = [];
  for (const pace of rates) {
    const inserted = await studio.insertRequests(generations);
    say(`Road: ${generations} avatars, ${pace} a second …`);
    paced.push(pacedResult('road', pace, await runPaced(inserted, pace, road.generate)));
  }
  const http = options.http ? await measureHttp(studio, options) : undefined;
  const growth = await measureGrowth(studio, road, options);
  return { road: throughput, http: http?.throughput, paced: [...paced, ...(http?.paced ?? [])], growth };
}

async function measureHttp(studio: BenchStudio, { generations, lanes, streams, paced: rates }: BenchOptions) {
  const http = await openHttpRoad(studio, streams);
  try {
    await runRound(studio.requests(lanes), lanes, http.generate);
    say(`Through the API: ${generations} avatars, ${lanes} at once …`);
    const throughput = await studio.meter.measure(() => runRound(studio.requests(generations), lanes, http.generate));
    const paced: PacedResult[] = [];
    for (const pace of rates) {
      say(`Through the API: ${generations} avatars, ${pace} a second …`);
      paced.push(pacedResult('http', pace, await runPaced(studio.requests(generations), pace, http.generate)));
    }
    return { throughput, paced };
  } finally {
    await http.close();
  }
}

main().catch((error: unknown) => {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
});
