import type { Logger } from 'pino';
import { createLog } from '#process/log.ts';
import { collectLog } from './collected-logs.ts';

/** The log of a worker in this process: kept, and shown with TEST_LOG_LEVEL only. */
export function workerLog(): Logger {
  const collect = collectLog('worker');
  const isShown = process.env['TEST_LOG_LEVEL'] !== undefined;
  return createLog('worker', process.env['TEST_LOG_LEVEL'] ?? 'info', {
    destination: {
      write(entry) {
        collect(entry);
        if (isShown) process.stdout.write(entry);
      },
    },
  });
}
