import { ApplicationFailure, CancelledFailure, CompleteAsyncError, type Context } from '@temporalio/activity';
import type { ActivityInboundCallsInterceptor } from '@temporalio/worker';
import type { Logger } from 'pino';
import { isRefused } from '#drizzle/connection/transient.ts';

/**
 * An activity's error is stored in the workflow's history, which must not contain a prompt, name or subject; a database error contains
 * its parameters. So only failures made for the history pass unchanged. Of any other error the history gets the class name, and the
 * worker's log the rest.
 */
export function scrubErrors(log: Logger) {
  return (context: Context): { inbound: ActivityInboundCallsInterceptor } => ({
    inbound: {
      async execute(input, next) {
        try {
          return await next(input);
        } catch (error) {
          if (isMeantForHistory(error)) throw error;
          const { activityType, attempt, workflowExecution } = context.info;
          const workflowId = workflowExecution?.workflowId;
          log.error({ err: error, activityType, attempt, workflowId }, 'activity failed');
          throw scrubbed(error);
        }
      },
    },
  });
}

function isMeantForHistory(error: unknown): boolean {
  return (
    error instanceof ApplicationFailure || error instanceof CancelledFailure || error instanceof CompleteAsyncError
  );
}

/** Not retryable if the database would refuse the statement again; anything else may be a temporary failure. */
function scrubbed(error: unknown): ApplicationFailure {
  const name = error instanceof Error ? error.constructor.name : typeof error;
  return ApplicationFailure.create({
    message: `${name}; the worker's log has the details`,
    type: 'internal',
    nonRetryable: isRefused(error),
  });
}
