import { openOtlpReceiver } from '#tests/tracing/otlp-receiver.ts';
import { openBenchStudio, type BenchStudio } from './bench-studio.ts';
import { timesOf } from './report/results.ts';
import { percentile } from './report/statistics.ts';
import { openHttpRoad } from './rounds/http-road.ts';
import { runRound } from './rounds/round.ts';
import { startWorkers } from './rounds/workers.ts';

/** Odd, for a median. */
const ROUNDS = 3;
const AVATARS = 60;
/** Until the code is compiled. */
const WARM_UP_AVATARS = 60;
const LANES = 8;
const SIZE_PX = 512;

interface Cost {
  /** CPU of API and worker together, ms an avatar. */
  readonly cpuMs: number;
  /** Median from the request to the avatar on the stream, ms. */
  readonly latencyMs: number;
}

/**
 * What traces cost: the CPU of an avatar in API and worker, with an instant provider, without tracing, with tracing of no request, and
 * with spans of every request sent to a receiver on this machine. Alternating, because the machine may be busy.
 */
const receiver = await openOtlpReceiver();
const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint };
const MODES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  off: {},
  'on, no request sampled': { ...endpoint, OTEL_TRACES_SAMPLER_ARG: '0' },
  'on, all spans exported': { ...endpoint, OTEL_TRACES_SAMPLER_ARG: '1' },
};
const costs = new Map<string, Cost[]>(Object.keys(MODES).map((mode) => [mode, []]));
const rounds = ROUNDS * Object.keys(MODES).length;
const studio = await openBenchStudio(rounds * (WARM_UP_AVATARS + AVATARS), SIZE_PX);
try {
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [mode, env] of Object.entries(MODES)) {
      const cost = await measure(studio, env);
      costs.get(mode)!.push(cost);
      console.error(`Round ${round + 1}, ${mode}: ${cost.cpuMs.toFixed(1)} ms`);
    }
  }
} finally {
  await studio.close();
  await receiver.close();
}
print();

async function measure(on: BenchStudio, env: Readonly<Record<string, string>>): Promise<Cost> {
  const workers = await startWorkers(on, { provider: 'instant', count: 1, slots: LANES, env });
  try {
    const road = await openHttpRoad(on, 1, env);
    try {
      await runRound(on.requests(WARM_UP_AVATARS), LANES, road.generate);
      const run = () => runRound(on.requests(AVATARS), LANES, road.generate);
      const { cpuSeconds, round } = await on.meter.measureCpu(run);
      return { cpuMs: 1_000 * (cpuSeconds.api + cpuSeconds.worker), latencyMs: timesOf(round).latencyMs.p50 };
    } finally {
      await road.close();
    }
  } finally {
    await workers.stop();
  }
}

function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

function print(): void {
  const cpuOf = (mode: string) => median(costs.get(mode)!.map(({ cpuMs }) => cpuMs));
  console.log(
    `| traces | CPU of API and worker, ms an avatar | against off | median latency, ms |\n| --- | --- | --- | --- |`,
  );
  for (const [mode, measured] of costs) {
    const latencyMs = median(measured.map((cost) => cost.latencyMs));
    const ratio = (cpuOf(mode) / cpuOf('off')).toFixed(2);
    console.log(`| ${mode} | ${cpuOf(mode).toFixed(1)} | ${ratio} | ${latencyMs.toFixed(0)} |`);
  }
  console.log(`\n${receiver.spans().length} spans were received.`);
}
