import { proxyActivities, proxyLocalActivities, workflowInfo } from '@temporalio/workflow';
import type { GenerateActivities, LocalActivities, PublishActivities } from '#activities/create-activities.ts';
import { siblingTaskQueues } from '#domain/generation/task-queue.ts';
import type { PriorityKey } from '#domain/generation/tier.ts';

/** A step on Postgres: the statement gives up before this, so an abandoned try never commits unseen for long. */
const DATABASE_STEP = { startToCloseTimeout: '5s' } as const;
/** While Postgres restarts: patient, but never for ever; the reconciler takes over what is left. */
const RETRY_POLICY = { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '5s' } as const;
/** Admission is waited for by a person; giving up makes the generation final, so nothing is held. */
const ADMISSION_TIMEOUT = '1 minute';
const SETTLEMENT_TIMEOUT = '1 hour';
/** One short try beside the workflow; an outage must not hold workflow task slots. */
const LOCAL_PUBLISH = { startToCloseTimeout: '4s', retry: { maximumAttempts: 1 } } as const;
/** The provider's whole time for one try, its own bound included. */
const GENERATE_TIMEOUT = '4 minutes';
/**
 * Runs of one paid step are bounded by the deadline alone. A provider's own failures are counted by the activity, which gives up much
 * sooner; what is ours (a dead worker, Postgres or the bucket away) is waited out with what was bought.
 */
const GENERATE_RETRIES = { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s' } as const;
/** Publishing waits this long for the bucket to come back. */
const PUBLISH_TOTAL_TIMEOUT = '15 minutes';
const PUBLISH_TIMEOUT = '30s';
/** An activity may be asked for before the task that scheduled it has completed: look again a few times. */
const REPRIORITIZE_ATTEMPTS = 6;

export const admission = proxyLocalActivities<Pick<LocalActivities, 'admit'>>({
  ...DATABASE_STEP,
  scheduleToCloseTimeout: ADMISSION_TIMEOUT,
  retry: RETRY_POLICY,
});

/** All of a batch, in one statement. */
export const localBatchAdmission = proxyLocalActivities<Pick<LocalActivities, 'admitBatch'>>({
  ...DATABASE_STEP,
  scheduleToCloseTimeout: ADMISSION_TIMEOUT,
  retry: RETRY_POLICY,
});

export const localSettlement = proxyLocalActivities<Pick<LocalActivities, 'recordAvatar' | 'release'>>({
  ...DATABASE_STEP,
  scheduleToCloseTimeout: SETTLEMENT_TIMEOUT,
  retry: RETRY_POLICY,
});

/** The same functions twice: first beside the workflow, then, where that fails, on the publish queue. */
export const localPublish = proxyLocalActivities<Pick<LocalActivities, 'saveImage' | 'abandon'>>(LOCAL_PUBLISH);

export function queuedPublish(scheduleToCloseTimeout: string | number = PUBLISH_TOTAL_TIMEOUT) {
  return proxyActivities<Pick<PublishActivities, 'saveImage' | 'abandon'>>({
    taskQueue: siblingTaskQueues(workflowInfo().taskQueue).publish,
    startToCloseTimeout: PUBLISH_TIMEOUT,
    scheduleToCloseTimeout,
    cancellationType: 'TRY_CANCEL',
    retry: RETRY_POLICY,
  });
}

export const localReprioritize = proxyLocalActivities<Pick<LocalActivities, 'reprioritize'>>({
  ...DATABASE_STEP,
  retry: { initialInterval: '100ms', backoffCoefficient: 2, maximumAttempts: REPRIORITIZE_ATTEMPTS },
});

export interface QueuedGenerateOptions {
  readonly activityId: string;
  readonly accountId: string;
  readonly priority: PriorityKey;
  readonly remainingMs: number;
  readonly heartbeatTimeoutMs: number;
  readonly summary: string;
}

/** The paid step. Its queue has the providers' slots; order in it is Temporal's own priority and fairness. */
export function queuedGenerate(options: QueuedGenerateOptions) {
  return proxyActivities<GenerateActivities>({
    taskQueue: siblingTaskQueues(workflowInfo().taskQueue).generate,
    activityId: options.activityId,
    allowEagerDispatch: false, // an eager start would skip the queue, and with it priority
    priority: { priorityKey: options.priority, fairnessKey: options.accountId },
    startToCloseTimeout: GENERATE_TIMEOUT,
    scheduleToCloseTimeout: options.remainingMs,
    heartbeatTimeout: options.heartbeatTimeoutMs,
    cancellationType: 'TRY_CANCEL', // the person gets the credits back at once; the prediction is cancelled by its id
    retry: GENERATE_RETRIES,
    summary: options.summary,
  });
}
