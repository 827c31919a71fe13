import { proxyActivities, proxyLocalActivities, workflowInfo } from '@temporalio/workflow';
import type { GenerateActivities, LocalActivities, PublishActivities } from '../activities/create-activities.ts';
import { taskQueuesBeside } from '../domain/task-queue.ts';
import type { PriorityKey } from '../domain/tier.ts';

/** A step on Postgres: the statement gives up before this, so an abandoned try never commits unseen for long. */
const DATABASE_STEP = { startToCloseTimeout: '5s' } as const;
/** While Postgres restarts: patient, but never for ever; the reconciler takes over what is left. */
const PATIENT = { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '5s' } as const;
/** Admission is waited for by a person; giving up makes the generation final, so nothing is held. */
const ADMISSION_PATIENCE = '1 minute';
const SETTLING_PATIENCE = '1 hour';
/** One short try beside the workflow; an outage must not hold workflow task slots. */
const BESIDE = { startToCloseTimeout: '4s', retry: { maximumAttempts: 1 } } as const;
/** The painter's whole time for one try, its own bound included. */
const PAINT_TIMEOUT = '4 minutes';
/**
 * Runs of one paid step are bounded by the deadline alone. A provider's own failures are counted by the activity, which gives up much
 * sooner; what is ours (a dead worker, Postgres or the bucket away) is waited out with what was bought.
 */
const PAINT_RETRIES = { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s' } as const;
/** Publishing waits this long for the bucket to come back. */
const PUBLISH_PATIENCE = '15 minutes';
const PUBLISH_TIMEOUT = '30s';
/** An activity may be asked for before the task that scheduled it has completed: look again a few times. */
const REPRIORITISE_ATTEMPTS = 6;

export const admission = proxyLocalActivities<Pick<LocalActivities, 'admit'>>({
  ...DATABASE_STEP,
  scheduleToCloseTimeout: ADMISSION_PATIENCE,
  retry: PATIENT,
});

/** All of a batch, in one statement. */
export const batchAdmission = proxyLocalActivities<Pick<LocalActivities, 'admitBatch'>>({
  ...DATABASE_STEP,
  scheduleToCloseTimeout: ADMISSION_PATIENCE,
  retry: PATIENT,
});

export const settling = proxyLocalActivities<Pick<LocalActivities, 'recordAvatar' | 'release'>>({
  ...DATABASE_STEP,
  scheduleToCloseTimeout: SETTLING_PATIENCE,
  retry: PATIENT,
});

/** The same functions twice: first beside the workflow, then, where that fails, on the publish queue. */
export const beside = proxyLocalActivities<Pick<LocalActivities, 'saveImage' | 'abandon'>>(BESIDE);

export function onPublishQueue(scheduleToCloseTimeout: string | number = PUBLISH_PATIENCE) {
  return proxyActivities<Pick<PublishActivities, 'saveImage' | 'abandon'>>({
    taskQueue: taskQueuesBeside(workflowInfo().taskQueue).publish,
    startToCloseTimeout: PUBLISH_TIMEOUT,
    scheduleToCloseTimeout,
    cancellationType: 'TRY_CANCEL',
    retry: PATIENT,
  });
}

export const reprioritising = proxyLocalActivities<Pick<LocalActivities, 'reprioritise'>>({
  ...DATABASE_STEP,
  retry: { initialInterval: '100ms', backoffCoefficient: 2, maximumAttempts: REPRIORITISE_ATTEMPTS },
});

export interface PaintOptions {
  readonly activityId: string;
  readonly accountId: string;
  readonly priority: PriorityKey;
  readonly remainingMs: number;
  readonly heartbeatTimeoutMs: number;
  readonly summary: string;
}

/** The paid step. Its queue has the painters' slots; order in it is Temporal's own priority and fairness. */
export function painter(options: PaintOptions) {
  return proxyActivities<GenerateActivities>({
    taskQueue: taskQueuesBeside(workflowInfo().taskQueue).generate,
    activityId: options.activityId,
    allowEagerDispatch: false, // an eager start would skip the queue, and with it priority
    priority: { priorityKey: options.priority, fairnessKey: options.accountId },
    startToCloseTimeout: PAINT_TIMEOUT,
    scheduleToCloseTimeout: options.remainingMs,
    heartbeatTimeout: options.heartbeatTimeoutMs,
    cancellationType: 'TRY_CANCEL', // the person gets the credits back at once; the prediction is cancelled by its id
    retry: PAINT_RETRIES,
    summary: options.summary,
  });
}
