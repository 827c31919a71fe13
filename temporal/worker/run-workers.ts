import type { Worker } from '@temporalio/worker';

/**
 * Runs all workers of a process.
 * @param fail called when a worker stops unexpectedly, because its queue would be left without a worker
 * @returns a function that stops them and resolves when their running activities have finished
 *   @throws if a worker could not stop in time
 */
export function runWorkers(workers: readonly Worker[], fail: (error: unknown) => void): () => Promise<void> {
  let stopping = false;
  const runs = workers.map(async (worker) => {
    try {
      await worker.run();
      if (!stopping) fail(new Error(`The worker of queue ${worker.options.taskQueue} stopped unexpectedly`));
    } catch (error) {
      if (stopping) throw error;
      fail(new Error(`The worker of queue ${worker.options.taskQueue} failed`, { cause: error }));
    }
  });
  return async () => {
    stopping = true;
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
    const failed = (await Promise.allSettled(runs)).find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
  };
}
