import { Runtime } from '@temporalio/worker';
import { createLog } from '#process/log.ts';
import { runProcess } from '#process/run-process.ts';
import { readWorkerEnv } from './env.ts';
import { runWorker } from './run-worker.ts';
import { createSdkMetrics } from './sdk-metrics.ts';
import { createTemporalLogger, FORWARD_NATIVE_LOGS } from './temporal-logger.ts';

await runProcess('The worker', async (lifetime) => {
  const env = readWorkerEnv(process.env);
  const log = createLog('worker', env.LOG_LEVEL, { version: env.AVATAR_STUDIO_VERSION });
  const sdkMetrics = await createSdkMetrics();
  Runtime.install({
    logger: createTemporalLogger(log),
    telemetryOptions: { logging: FORWARD_NATIVE_LOGS, metrics: sdkMetrics.options },
    // Only `runProcess` handles signals.
    shutdownSignals: [],
  });
  return runWorker(env, log, lifetime, { sdkMetrics: sdkMetrics.read });
});
