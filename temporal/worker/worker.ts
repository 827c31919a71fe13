import { DefaultLogger, Runtime } from '@temporalio/worker';
import type { Logger } from 'pino';
import { createLog } from '#process/log.ts';
import { runProcess } from '#process/run-process.ts';
import { readWorkerEnv } from './env.ts';
import { runWorker } from './run-worker.ts';

/** Logs Temporal's messages in our format, with the ids of workflow and activity as fields. Only `runProcess` handles signals. */
function forwardTemporalLogs(log: Logger): void {
  const level = { TRACE: 'trace', DEBUG: 'debug', INFO: 'debug', WARN: 'warn', ERROR: 'error' } as const;
  const logger = new DefaultLogger('INFO', ({ level: name, message, meta }) => log[level[name]](meta ?? {}, message));
  Runtime.install({ logger, shutdownSignals: [] });
}

await runProcess('The worker', async (lifetime) => {
  const env = readWorkerEnv(process.env);
  const log = createLog('worker', env.LOG_LEVEL);
  forwardTemporalLogs(log);
  return runWorker(env, log, lifetime);
});
