import { expect, it } from 'vitest';
import { createLog } from '#process/log.ts';
import { createTemporalLogger } from './temporal-logger.ts';

/** As pino writes it. */
const DEBUG = 20;

it('logs what the SDK reports, but does not warn of workers that only run activities', () => {
  const entries: string[] = [];
  const logger = createTemporalLogger(
    createLog('worker', 'trace', { destination: { write: (entry) => void entries.push(entry) } }),
  );
  // As @temporalio/worker writes it: should the SDK change its words, tests/canaries finds them in a worker's log.
  logger.warn('No workflows registered, not polling for workflow tasks', { taskQueue: 'avatar-publish' });
  logger.info('Worker state changed');
  logger.warn('Activity failed', { activityType: 'saveImage' });
  logger.info('Workflow started', { trace_id: '0af7', span_id: 'b7ad', trace_flags: '01' });
  expect(entries.map((entry) => JSON.parse(entry) as unknown)).toEqual([
    expect.objectContaining({ level: DEBUG, msg: 'Worker state changed' }),
    expect.objectContaining({ msg: 'Activity failed', activityType: 'saveImage' }),
    expect.objectContaining({ msg: 'Workflow started', traceId: '0af7' }),
  ]);
});
