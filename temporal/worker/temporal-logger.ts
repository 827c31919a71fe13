import { DefaultLogger, makeTelemetryFilterString, type Logger as TemporalLogger } from '@temporalio/worker';
import type { RuntimeOptions } from '@temporalio/worker';
import type { Logger } from 'pino';

const LEVELS = { TRACE: 'trace', DEBUG: 'debug', INFO: 'debug', WARN: 'warn', ERROR: 'error' } as const;
/** Warnings about what is meant so: only one of our task queues has workflows. */
const INTENDED = new Set(['No workflows registered, not polling for workflow tasks']);

/** Logs Temporal's messages in our format, with the ids of workflow and activity as fields. */
export function createTemporalLogger(log: Logger): TemporalLogger {
  return new DefaultLogger('INFO', ({ level, message, meta }) => {
    if (!INTENDED.has(message)) log[LEVELS[level]](withTraceId(meta ?? {}), message);
  });
}

/** Our own log names the trace; here is the one of a workflow, whose isolate our log does not see. */
function withTraceId(meta: Record<string, unknown>): object {
  const { trace_id: traceId, span_id: _, trace_flags: __, ...fields } = meta;
  return traceId === undefined ? fields : { ...fields, traceId };
}

/** The SDK's native part would print its messages as text: they are handed to the logger instead. */
export const FORWARD_NATIVE_LOGS = {
  filter: makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' }),
  forward: {},
} satisfies NonNullable<NonNullable<RuntimeOptions['telemetryOptions']>['logging']>;
