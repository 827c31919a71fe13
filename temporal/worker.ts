import { DefaultLogger, Runtime } from '@temporalio/worker';
import { pino, type Logger } from 'pino';
import { readWorkerEnv } from './env.ts';
import { runWorker } from './run-worker.ts';

/** The worker process: SIGTERM or SIGINT ends it in order. */
async function main(): Promise<void> {
  const env = readWorkerEnv(process.env);
  const log = pino({ level: env.LOG_LEVEL, base: { process: 'worker' } });
  forwardTemporalLogs(log);
  await runWorker(env, log);
}

/** Temporal's own messages in our format, with the workflow's and activity's ids as fields. */
function forwardTemporalLogs(log: Logger): void {
  const level = { TRACE: 'trace', DEBUG: 'debug', INFO: 'debug', WARN: 'warn', ERROR: 'error' } as const;
  const logger = new DefaultLogger('INFO', ({ level: name, message, meta }) => log[level[name]](meta ?? {}, message));
  Runtime.install({ logger, shutdownSignals: ['SIGTERM', 'SIGINT'] });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
