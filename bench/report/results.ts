import type { BenchOptions } from '../arguments.ts';
import type { DataResults } from '../data/measure-data.ts';
import type { CpuSeconds, MeteredRound, ProcessName, Usage } from '../meter/meter.ts';
import { dividedBy, sum } from '../meter/difference.ts';
import type { ProcessFunctions } from '../profile/function-cost.ts';
import type { Round } from '../rounds/round.ts';
import { spreadOf, type Spread } from './statistics.ts';
import type { StreamFigures } from './stream-results.ts';

/** What is compared. The floor and the steps are loops in the bench's own process. */
export const ROAD_NAMES = ['floor', 'steps', 'road', 'http'] as const;
export type RoadName = (typeof ROAD_NAMES)[number];

/** Times of a round, ms. */
export interface Times {
  readonly avatars: number;
  readonly perSecond: number;
  readonly latencyMs: Spread;
  /** Of the request's answer; undefined where there is none before the avatar. */
  readonly answerMs: Spread | undefined;
}

export interface RoadResult extends Times {
  /** CPU, statements, calls and actions of one avatar. */
  readonly each: Usage;
  readonly atRest: CpuSeconds;
  /** CPU seconds of one avatar in the processes that {@link COUNTED} names. */
  readonly cpuSeconds: number;
  readonly inFloors: { readonly throughput: number; readonly cpu: number };
}

export interface PacedResult extends Times {
  readonly road: RoadName;
  /** Requests a second. */
  readonly pace: number;
  /** Requests that were answered 429 or 503. */
  readonly refused: number;
}

/** A round of growth or of several workers, on the road without HTTP. */
export interface ScaleResult extends Times {
  readonly workers: number;
  /** Avatars in the database after the round. */
  readonly storedAvatars: number;
  /** Deliveries a second in the second half of the round. */
  readonly lastHalfPerSecond: number;
  readonly cpuSeconds: number;
  readonly inFloors: { readonly throughput: number; readonly cpu: number };
}

export interface Conditions {
  readonly command: string;
  readonly takenAt: string;
  readonly commit: string;
  readonly machine: {
    readonly cores: number;
    readonly model: string;
    readonly memoryGb: number;
    readonly node: string;
  };
  /** Load averages of 1, 5 and 15 minutes before the run: what else used the machine. */
  readonly loadBefore: readonly number[];
  readonly loadAfter: readonly number[];
  readonly tookSeconds: number;
}

/** Of an upload, ms. */
export interface UploadTimes {
  readonly p50: number;
  readonly p95: number;
}

export interface UploadResults {
  /** Of the photo's file. */
  readonly megabytes: number;
  /** From the request to the answer. */
  readonly api: UploadTimes;
  readonly sharp: UploadTimes;
  readonly conditions: Conditions;
}

/** Where the processes spend their time. */
export interface FunctionResults {
  readonly avatars: number;
  /** Avatars under way at once. */
  readonly lanes: number;
  readonly processes: readonly ProcessFunctions[];
  readonly conditions: Conditions;
}

export interface Results {
  readonly options: BenchOptions;
  readonly conditions: Conditions;
  /** Throughput of the floor at the end of the run, relative to the beginning: what changed on the machine meanwhile. */
  readonly floorDrift: number;
  readonly roads: Readonly<Partial<Record<RoadName, RoadResult>>>;
  readonly paced: readonly PacedResult[];
  readonly growth: readonly ScaleResult[];
  readonly workers: readonly ScaleResult[];
  /** Of `npm run bench:data`, in a run of its own; undefined before the first one. */
  readonly data: (DataResults & { readonly conditions: Conditions }) | undefined;
  /** Of `npm run bench:uploads`, as well. */
  readonly uploads: UploadResults | undefined;
  /** Of `npm run long -- streams`, as well. */
  readonly streams: (StreamFigures & { readonly conditions: Conditions }) | undefined;
  /** Of `npm run bench:functions`, as well. */
  readonly functions: FunctionResults | undefined;
}

/**
 * The processes whose CPU is compared: what runs the steps, what makes them durable, and Postgres. The caller, which a user's browser
 * is in reality, and the bucket's emulator are not.
 */
export const COUNTED: Readonly<Record<RoadName, readonly ProcessName[]>> = {
  floor: ['bench', 'postgres'],
  steps: ['bench', 'postgres'],
  road: ['worker', 'temporal', 'postgres'],
  http: ['worker', 'temporal', 'postgres', 'api'],
};

export function timesOf({ latenciesMs, answersMs, tookMs }: Round): Times {
  return {
    avatars: latenciesMs.length,
    perSecond: latenciesMs.length / (tookMs / 1_000),
    latencyMs: spreadOf(latenciesMs),
    answerMs: answersMs.length === 0 ? undefined : spreadOf(answersMs),
  };
}

export function countedCpu(name: RoadName, each: CpuSeconds): number {
  return COUNTED[name].reduce((total, part) => total + each[part], 0);
}

/** One avatar of the floor. */
export interface FloorMeasure {
  readonly perSecond: number;
  readonly cpuSeconds: number;
}

export function inFloors(measured: FloorMeasure, floor: FloorMeasure): RoadResult['inFloors'] {
  return { throughput: measured.perSecond / floor.perSecond, cpu: measured.cpuSeconds / floor.cpuSeconds };
}

/** The floor before and after everything else as one round, since the machine may change meanwhile. */
export function bothFloors(before: MeteredRound, after: MeteredRound): MeteredRound {
  const [first, second] = [before.round, after.round];
  return {
    round: {
      latenciesMs: [...first.latenciesMs, ...second.latenciesMs],
      answersMs: [],
      refused: 0,
      deliveredMs: [],
      tookMs: first.tookMs + second.tookMs,
    },
    each: dividedBy(sum(before.each, after.each), 2),
    atRest: before.atRest,
  };
}

export function floorMeasure({ round, each }: MeteredRound): FloorMeasure {
  return { perSecond: timesOf(round).perSecond, cpuSeconds: countedCpu('floor', each.cpuSeconds) };
}

export function roadResult(name: RoadName, { round, each, atRest }: MeteredRound, floor: FloorMeasure): RoadResult {
  const times = timesOf(round);
  const cpuSeconds = countedCpu(name, each.cpuSeconds);
  return { ...times, each, atRest, cpuSeconds, inFloors: inFloors({ ...times, cpuSeconds }, floor) };
}

export function pacedResult(road: RoadName, pace: number, round: Round): PacedResult {
  return { road, pace, refused: round.refused, ...timesOf(round) };
}

/** Deliveries a second in the second half of a round. */
export function lastHalfPerSecond({ deliveredMs, tookMs }: Round): number {
  const half = Math.ceil(deliveredMs.length / 2);
  const startedAt = deliveredMs[half - 1] ?? 0;
  return half === deliveredMs.length ? 0 : (deliveredMs.length - half) / ((tookMs - startedAt) / 1_000);
}
