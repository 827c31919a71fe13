import type { BenchOptions } from './arguments.ts';
import type { Round } from './round.ts';
import { spreadOf, type Spread } from './statistics.ts';

/** The measurements; those named "each" are per avatar. */
export interface Measured {
  readonly options: BenchOptions;
  readonly machine: { readonly cores: number; readonly node: string };
  readonly loop: { readonly single: Round; readonly many: Round; readonly cpuSecondsEach: number };
  readonly engine: {
    readonly single: Round;
    readonly many: Round;
    /** Of the round with many at once. */
    readonly actions: Readonly<Record<string, number>>;
    readonly cpuSecondsEach: { readonly temporal: number; readonly worker: number; readonly postgres: number };
  };
}

export interface Results {
  readonly options: BenchOptions;
  readonly machine: Measured['machine'];
  readonly latencyMs: { readonly loop: Spread; readonly engine: Spread; readonly ratio: Spread };
  /** Difference between each avatar and the same avatar in the loop, ms. */
  readonly overheadMs: Spread;
  readonly avatarsPerSecond: { readonly loop: number; readonly engine: number; readonly ratio: number };
  readonly billedActionsEach: number;
  readonly billedActions: Readonly<Record<string, number>>;
  readonly cpuSecondsEach: {
    readonly loop: number;
    readonly temporal: number;
    readonly worker: number;
    readonly postgres: number;
  };
}

export function summarize({ options, machine, loop, engine }: Measured): Results {
  const [plain, durable] = [spreadOf(loop.single.latenciesMs), spreadOf(engine.single.latenciesMs)];
  const perSecond = ({ latenciesMs, tookMs }: Round): number => latenciesMs.length / (tookMs / 1_000);
  const billed = Object.values(engine.actions).reduce((total, count) => total + count, 0);
  return {
    options,
    machine,
    latencyMs: { loop: plain, engine: durable, ratio: { p50: durable.p50 / plain.p50, p99: durable.p99 / plain.p99 } },
    overheadMs: spreadOf(engine.single.latenciesMs.map((ms, index) => ms - (loop.single.latenciesMs[index] ?? 0))),
    avatarsPerSecond: {
      loop: perSecond(loop.many),
      engine: perSecond(engine.many),
      ratio: perSecond(engine.many) / perSecond(loop.many),
    },
    billedActionsEach: billed / options.generations,
    billedActions: engine.actions,
    cpuSecondsEach: { loop: loop.cpuSecondsEach, ...engine.cpuSecondsEach },
  };
}

/** The results as a readable table. */
export function tableOf(results: Results): string {
  const { options, machine, latencyMs, overheadMs, avatarsPerSecond: rate, cpuSecondsEach: cpu } = results;
  const ms = (value: number): string => value.toFixed(0);
  const rows = [
    ['', 'plain loop', 'engine', 'ratio'],
    ['one at a time, p50 ms', ms(latencyMs.loop.p50), ms(latencyMs.engine.p50), latencyMs.ratio.p50.toFixed(3)],
    ['one at a time, p99 ms', ms(latencyMs.loop.p99), ms(latencyMs.engine.p99), latencyMs.ratio.p99.toFixed(3)],
    [`${options.lanes} at once, avatars/s`, rate.loop.toFixed(2), rate.engine.toFixed(2), rate.ratio.toFixed(3)],
    ['CPU s each: caller or worker', cpu.loop.toFixed(3), cpu.worker.toFixed(3), (cpu.worker / cpu.loop).toFixed(3)],
    ['CPU s each: Temporal server', '', cpu.temporal.toFixed(3), ''],
    ['CPU s each: Postgres', '', cpu.postgres.toFixed(3), ''],
    ['billed actions each', '', results.billedActionsEach.toFixed(2), ''],
  ];
  const lines = rows.map(([name = '', ...cells]) => name.padEnd(30) + cells.map((cell) => cell.padStart(12)).join(''));
  return [
    `${options.generations} avatars of ${options.size} px a round, ${machine.cores} cores, Node ${machine.node}`,
    '',
    ...lines,
    '',
    `The engine's share of one avatar: p50 ${ms(overheadMs.p50)} ms, p99 ${ms(overheadMs.p99)} ms beyond the same steps in a loop.`,
  ].join('\n');
}
