import type { Worker } from '@temporalio/worker';

/**
 * Runs all workers of a process.
 * @param fail told when one of them ends by itself: the others alone would leave its queue to nobody
 * @returns stops them; resolves when all have finished their running steps
 * @throws then when one could not in time
 */
export function runWorkers(workers: readonly Worker[], fail: (error: unknown) => void): () => Promise<void> {
  let stopping = false;
  const runs = workers.map(async (worker) => {
    try {
      await worker.run();
      if (!stopping) fail(new Error(`The worker of queue ${worker.options.taskQueue} ended by itself`));
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
