import { Client as TemporalClient, Connection } from '@temporalio/client';
import { taskQueues } from '#domain/generation/task-queue.ts';
import { scheduleIds } from '#temporal/client/schedules.ts';
import type { BenchStudio } from '../bench-studio.ts';
import { startProgram, type Program } from './start-program.ts';

type BenchProvider = 'instant' | 'illustrator';

const PROGRAMS: Readonly<Record<BenchProvider, string>> = {
  instant: 'bench/instant-worker.ts',
  illustrator: 'temporal/worker/worker.ts',
};

export interface WorkersOptions {
  readonly provider: BenchProvider;
  readonly count: number;
  /** Images that each generates at once, as GENERATE_SLOTS. */
  readonly slots: number;
  /** Further variables. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts worker processes, and pauses the Schedules that they create: none of those runs belongs to an avatar. */
export async function startWorkers(
  studio: BenchStudio,
  { provider, count, slots, env = {} }: WorkersOptions,
): Promise<{ stop(): Promise<void> }> {
  const start = () =>
    startProgram(studio, {
      name: 'worker',
      program: PROGRAMS[provider],
      portVariable: 'METRICS_PORT',
      // The instant provider's images are the illustrator's to the product, which checks neither.
      env: { GENERATE_SLOTS: String(slots), IMAGE_CHECK: 'off', ...env },
    });
  const workers: Program[] = [];
  for (let index = 0; index < count; index += 1) workers.push(await start());
  await pauseSchedules(studio);
  return {
    async stop() {
      await Promise.all(workers.map((worker) => worker.stop()));
    },
  };
}

async function pauseSchedules({ stack }: BenchStudio): Promise<void> {
  const connection = await Connection.connect({ address: stack.temporalAddress });
  const client = new TemporalClient({ connection, namespace: stack.temporalNamespace });
  for (const id of scheduleIds(taskQueues())) await client.schedule.getHandle(id).pause('bench');
  await connection.close();
}
