import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createPortChooser, LOOPBACK } from '#stack/ports.ts';
import { openBenchStudio, type BenchStudio } from './bench-studio.ts';
import { observeConditions } from './conditions.ts';
import { dearestOf, type ProcessFunctions } from './profile/function-cost.ts';
import { selfTimesOfGo } from './profile/go-profile.ts';
import { readNodeProfile, selfTimes, type Span } from './profile/node-profile.ts';
import { readStatementTimes, timesSince } from './profile/statement-times.ts';
import { functionSections } from './report/function-sections.ts';
import { readRecord, writeRecord } from './report/record.ts';
import type { FunctionResults } from './report/results.ts';
import { openHttpRoad } from './rounds/http-road.ts';
import type { Road } from './rounds/road.ts';
import { runRound } from './rounds/round.ts';
import { startWorkers } from './rounds/workers.ts';

const USAGE = `Names the functions and statements in which worker, API, Temporal server and Postgres spend their time, from the POST
of an avatar to its delivery.

  npm run bench:functions -- [--generations 400] [--lanes 16] [--record]

  --record  writes docs/performance.md and docs/performance.json
`;
/** Until functions are compiled and connections are open. */
const WARM_UP_ROUNDS = 8;
/** The server samples for so long, which must be less than the round lasts. */
const GO_SECONDS = 8;
const SAMPLE_US = 500;
/** The SDK runs it in a thread of its own. */
const WORKFLOW_CODE = /@temporalio\/worker\/lib\/workflow\//;
/** Functions of a thread that did less than this, ms an avatar, are not worth a table. */
const NEGLIGIBLE_MS = 0.5;

async function main(): Promise<void> {
  const argv = process.argv.slice(2);
  const { values } = parseArgs({
    args: argv,
    options: {
      generations: { type: 'string', default: '400' },
      lanes: { type: 'string', default: '16' },
      record: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return void process.stdout.write(USAGE);
  const [generations, lanes] = [Number(values.generations), Number(values.lanes)];
  const completeConditions = await observeConditions('bench:functions', argv);
  const pprofPort = await createPortChooser(() => undefined).choose('profiles of Temporal', 0);
  const studio = await openBenchStudio(generations + WARM_UP_ROUNDS * lanes, 512, {
    TEMPORAL_PPROF_PORT: String(pprofPort),
  });
  const folder = await mkdtemp(join(tmpdir(), 'avatar-studio-profiles-'));
  try {
    const processes = await measureFunctions(studio, { generations, lanes, pprofPort, folder });
    const functions: FunctionResults = { avatars: generations, lanes, processes, conditions: completeConditions() };
    process.stdout.write(`${functionSections(functions).join('\n\n')}\n`);
    const record = values.record ? await readRecord() : undefined;
    if (record) await writeRecord({ ...record, functions });
  } finally {
    await rm(folder, { recursive: true });
    await studio.close();
  }
}

interface Measurement {
  readonly generations: number;
  readonly lanes: number;
  readonly pprofPort: number;
  /** For the profiles of our own processes. */
  readonly folder: string;
}

async function measureFunctions(
  studio: BenchStudio,
  { generations, lanes, pprofPort, folder }: Measurement,
): Promise<ProcessFunctions[]> {
  const profiled = (name: string) => ({
    NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${join(folder, name)} --cpu-prof-interval=${SAMPLE_US}`,
  });
  const workers = await startWorkers(studio, { provider: 'instant', count: 1, slots: lanes, env: profiled('worker') });
  const measured = await openHttpRoad(studio, lanes, profiled('api'))
    .then(async (road) => measureRound(studio, road, { generations, lanes, pprofPort }).finally(() => road.close()))
    .finally(() => workers.stop());
  const { span, temporal, statements } = measured;
  return [
    ...(await readThreads(join(folder, 'worker'), 'worker', { span, avatars: generations })),
    ...(await readThreads(join(folder, 'api'), 'API', { span, avatars: generations })),
    temporal,
    dearestOf('Postgres', statements, generations),
  ];
}

async function measureRound(
  studio: BenchStudio,
  { generate }: Road,
  { generations, lanes, pprofPort }: Omit<Measurement, 'folder'>,
) {
  await runRound(studio.requests(WARM_UP_ROUNDS * lanes), lanes, generate);
  const before = await readStatementTimes(studio.stack.databaseOwnerUrl);
  const from = monotonicUs();
  const [{ round, cpuSeconds }, goProfile] = await Promise.all([
    studio.meter.measureCpu(() => runRound(studio.requests(generations), lanes, generate)),
    readGoProfile(pprofPort),
  ]);
  if (round.tookMs < GO_SECONDS * 1_000) throw new Error(`A round must last ${GO_SECONDS} s: request more generations`);
  const span = { from, to: monotonicUs() };
  const statements = timesSince(before, await readStatementTimes(studio.stack.databaseOwnerUrl));
  // Of a part of the round: its avatars are as many as this share of the server's time.
  const sampled = selfTimesOfGo(goProfile);
  const sampledMs = [...sampled.values()].reduce((total, ms) => total + ms, 0);
  const temporal = dearestOf('Temporal server', sampled, sampledMs / (cpuSeconds.temporal * 1_000));
  return { span, statements, temporal };
}

async function readGoProfile(port: number): Promise<Uint8Array> {
  const response = await fetch(`http://${LOOPBACK}:${port}/debug/pprof/profile?seconds=${GO_SECONDS}`);
  if (!response.ok) throw new Error(`Temporal answered ${response.status}: ${await response.text()}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** Of each thread that did something, the main one first. */
async function readThreads(
  folder: string,
  name: string,
  { span, avatars }: { readonly span: Span; readonly avatars: number },
): Promise<ProcessFunctions[]> {
  const threads: ProcessFunctions[] = [];
  for (const file of await readdir(folder)) {
    const spent = selfTimes(readNodeProfile(await readFile(join(folder, file), 'utf8')), span);
    threads.push(dearestOf(`${name}, ${labelOf(threadOf(file), spent)}`, spent, avatars));
  }
  return threads.filter(({ ms }) => ms >= NEGLIGIBLE_MS).toSorted((a, b) => a.process.localeCompare(b.process));
}

function labelOf(thread: number, spent: ReadonlyMap<string, number>): string {
  if (thread === 0) return 'main thread';
  return [...spent.keys()].some((name) => WORKFLOW_CODE.test(name)) ? 'workflow thread' : `thread ${thread}`;
}

/** `CPU.<date>.<time>.<process>.<thread>.<number>.cpuprofile`, the main thread being 0. */
function threadOf(file: string): number {
  return Number(file.split('.').at(-3));
}

/** The clock of Node's profiles. */
function monotonicUs(): number {
  return Number(process.hrtime.bigint() / 1_000n);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
