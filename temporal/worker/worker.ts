import { Runtime } from '@temporalio/worker';
import { createLog } from '#process/log.ts';
import { runProcess } from '#process/run-process.ts';
import { readWorkerEnv } from './env.ts';
import { runWorker } from './run-worker.ts';
import { createTemporalLogger } from './temporal-logger.ts';

await runProcess('The worker', async (lifetime) => {
  const env = readWorkerEnv(process.env);
  const log = createLog('worker', env.LOG_LEVEL);
  // Only `runProcess` handles signals.
  Runtime.install({ logger: createTemporalLogger(log), shutdownSignals: [] });
  return runWorker(env, log, lifetime);
});
