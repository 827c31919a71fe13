import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { readArguments, USAGE, type BenchOptions } from './arguments.ts';
import { openBenchStudio, type BenchStudio } from './bench-studio.ts';
import { cpuSeconds } from './cpu-time.ts';
import { startEngine, type Engine } from './engine.ts';
import { createPlainLoop } from './plain-loop.ts';
import { measureLists, tableOfLists } from './lists.ts';
import { summarize, tableOf, type Measured } from './report.ts';
import { runRound } from './round.ts';

const RESULTS_FILE = join(import.meta.dirname, 'results.json');
/** Loop and engine, one at a time and many at once. */
const ROUNDS = 4;
/** Generations before each measurement, so that code is compiled, connections are open and Temporal has loaded its queues. */
const WARM_UP = 4;

const say = (text: string): void => void process.stderr.write(`${text}\n`);

async function main(): Promise<void> {
  const options = readArguments(process.argv.slice(2));
  if (options === undefined) {
    process.stdout.write(USAGE);
    return;
  }
  const studio = await openBenchStudio(ROUNDS * (options.generations + WARM_UP), options.size);
  try {
    const loop = await measureLoop(studio, options);
    const engine = await measureEngine(studio, options);
    const machine = { cores: availableParallelism(), node: process.versions.node };
    const lists = await measureListsIfRequested(studio, options);
    const results = { ...summarize({ options, machine, loop, engine }), ...(lists && { lists }) };
    await writeFile(RESULTS_FILE, `${JSON.stringify(results, null, 2)}\n`);
    process.stdout.write(
      `${tableOf(results)}\n\n${lists ? `${tableOfLists(lists)}\n\n` : ''}${JSON.stringify(results)}\n`,
    );
  } finally {
    await studio.close();
  }
}

async function measureListsIfRequested(
  { stack }: BenchStudio,
  { listAvatars: avatars, listRounds: rounds }: BenchOptions,
) {
  if (avatars === 0) return undefined;
  say(`Lists: writing ${avatars} avatars, then ${rounds} rounds …`);
  return measureLists(stack, { avatars, rounds });
}

async function measureLoop(studio: BenchStudio, { generations, lanes }: BenchOptions): Promise<Measured['loop']> {
  const generate = createPlainLoop(studio.stack, studio.database);
  await runRound(await studio.insertRequests(WARM_UP), WARM_UP, generate);
  const requests = [await studio.insertRequests(generations), await studio.insertRequests(generations)] as const;
  const cpuBefore = await cpuSeconds(process.pid);
  say(`Plain loop: ${generations} one at a time …`);
  const single = await runRound(requests[0], 1, generate);
  say(`Plain loop: ${generations}, ${lanes} at once …`);
  const many = await runRound(requests[1], lanes, generate);
  const cpuSecondsEach = ((await cpuSeconds(process.pid)) - cpuBefore) / (2 * generations);
  return { single, many, cpuSecondsEach };
}

async function measureEngine(studio: BenchStudio, options: BenchOptions): Promise<Measured['engine']> {
  const engine = await startEngine(studio, options.lanes);
  try {
    return await measureRunningEngine(studio, engine, options);
  } finally {
    await engine.stop();
  }
}

async function measureRunningEngine(
  studio: BenchStudio,
  engine: Engine,
  { generations, lanes }: BenchOptions,
): Promise<Measured['engine']> {
  await runRound(await studio.insertRequests(WARM_UP), WARM_UP, engine.generate);
  const requests = [await studio.insertRequests(generations), await studio.insertRequests(generations)] as const;
  const cpu = async () => ({
    temporal: await cpuSeconds(studio.pids.temporal),
    worker: await cpuSeconds(engine.workerPid),
    postgres: await cpuSeconds(studio.pids.postgres),
  });
  const cpuBefore = await cpu();
  say(`Engine: ${generations} one at a time …`);
  const single = await runRound(requests[0], 1, engine.generate);
  const actionsBefore = await engine.actions();
  say(`Engine: ${generations}, ${lanes} at once …`);
  const many = await runRound(requests[1], lanes, engine.generate);
  const cpuAfter = await cpu();
  const actionsAfter = await engine.actions();
  const each = (part: keyof typeof cpuAfter): number => (cpuAfter[part] - cpuBefore[part]) / (2 * generations);
  return {
    single,
    many,
    actions: difference(actionsAfter, actionsBefore),
    cpuSecondsEach: { temporal: each('temporal'), worker: each('worker'), postgres: each('postgres') },
  };
}

function difference(after: ReadonlyMap<string, number>, before: ReadonlyMap<string, number>): Record<string, number> {
  const grown = [...after].map(([type, count]) => [type, count - (before.get(type) ?? 0)] as const);
  return Object.fromEntries(grown.filter(([, count]) => count > 0));
}

main().catch((error: unknown) => {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
