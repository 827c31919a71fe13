import { Runtime } from '@temporalio/worker';
import { createLog } from '#process/log.ts';
import { runProcess } from '#process/run-process.ts';
import { startTracing } from '#process/tracing/start-tracing.ts';
import { readWorkerEnv } from './env.ts';
import { runWorker } from './run-worker.ts';
import { createSdkMetrics } from './sdk-metrics.ts';
import { createTemporalLogger, FORWARD_NATIVE_LOGS } from './temporal-logger.ts';

await runProcess('The worker', async (lifetime) => {
  const env = readWorkerEnv(process.env);
  const log = createLog('worker', env.LOG_LEVEL, { version: env.AVATAR_STUDIO_VERSION });
  const tracing = await startTracing(env, { service: 'worker', version: env.AVATAR_STUDIO_VERSION, log });
  lifetime.held.defer(async () => tracing?.close());
  const sdkMetrics = await createSdkMetrics();
  Runtime.install({
    logger: createTemporalLogger(log),
    telemetryOptions: { logging: FORWARD_NATIVE_LOGS, metrics: sdkMetrics.options },
    // Only `runProcess` handles signals.
    shutdownSignals: [],
  });
  return runWorker(env, log, lifetime, { sdkMetrics: sdkMetrics.read, tracing });
});
