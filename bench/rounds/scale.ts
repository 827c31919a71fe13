import type { BenchOptions } from '../arguments.ts';
import type { BenchStudio } from '../bench-studio.ts';
import {
  countedCpu,
  inFloors,
  lastHalfPerSecond,
  timesOf,
  type FloorMeasure,
  type ScaleResult,
} from '../report/results.ts';
import type { CpuRound } from '../meter/meter.ts';
import type { Road } from './road.ts';
import { runRound } from './round.ts';
import { startWorkers } from './workers.ts';

/** A round of growth or of several workers; ratios follow when the floor is known. */
export interface ScaleRound {
  readonly metered: CpuRound;
  readonly workers: number;
  readonly storedAvatars: number;
}

/** One round for each size, one after the other, so that tables and indexes grow with them. Workers run already. */
export async function measureGrowth(studio: BenchStudio, road: Road, options: BenchOptions): Promise<ScaleRound[]> {
  const rounds: ScaleRound[] = [];
  for (const avatars of options.growth) rounds.push(await measureScale(studio, road, options, { avatars, workers: 1 }));
  return rounds;
}

/** One round for each number of workers, which are started for it. */
export async function measureWorkers(studio: BenchStudio, road: Road, options: BenchOptions): Promise<ScaleRound[]> {
  const { provider, lanes, generations, workers: counts } = options;
  const rounds: ScaleRound[] = [];
  for (const count of counts) {
    const workers = await startWorkers(studio, { provider, count, slots: lanes });
    try {
      await runRound(await studio.insertRequests(lanes), lanes, road.generate);
      rounds.push(await measureScale(studio, road, options, { avatars: generations, workers: count }));
    } finally {
      await workers.stop();
    }
  }
  return rounds;
}

async function measureScale(
  studio: BenchStudio,
  road: Road,
  { lanes }: BenchOptions,
  { avatars, workers }: { readonly avatars: number; readonly workers: number },
): Promise<ScaleRound> {
  process.stderr.write(`Scale: ${avatars} avatars, ${workers} ${workers === 1 ? 'worker' : 'workers'} …\n`);
  const requests = await studio.insertRequests(avatars);
  const metered = await studio.meter.measureCpu(() => runRound(requests, lanes, road.generate));
  const [row] = await studio.database.call<{ count: string }>('bench.avatars', 'SELECT count(*) FROM avatars', []);
  return { metered, workers, storedAvatars: Number(row?.count ?? 0) };
}

export function scaleResult({ metered, workers, storedAvatars }: ScaleRound, floor: FloorMeasure): ScaleResult {
  const times = timesOf(metered.round);
  const cpuSeconds = countedCpu('road', metered.cpuSeconds);
  return {
    ...times,
    workers,
    storedAvatars,
    lastHalfPerSecond: lastHalfPerSecond(metered.round),
    cpuSeconds,
    inFloors: inFloors({ ...times, cpuSeconds }, floor),
  };
}
