import { DefaultLogger, Runtime } from '@temporalio/worker';
import { pino } from 'pino';
import { runProcess } from '#process/run-process.ts';
import { startTracing } from '#process/tracing/start-tracing.ts';
import { readWorkerEnv } from '#temporal/worker/env.ts';
import { runWorker } from '#temporal/worker/run-worker.ts';
import { createInstantProvider } from './instant-provider.ts';

/** The real worker, with the instant provider as its only one. */
await runProcess('The bench worker', async (lifetime) => {
  // As in worker.ts: only `runProcess` handles signals.
  Runtime.install({ logger: new DefaultLogger('WARN'), shutdownSignals: [] });
  const provider = await createInstantProvider();
  const providers = new Map([[provider.name, provider]]);
  const env = readWorkerEnv(process.env);
  const log = pino({ level: 'warn' });
  const tracing = await startTracing(env, { service: 'worker', version: env.AVATAR_STUDIO_VERSION, log });
  lifetime.held.defer(async () => tracing?.close());
  return runWorker(env, log, lifetime, { decorate: (deps) => ({ ...deps, providers }), tracing });
});
