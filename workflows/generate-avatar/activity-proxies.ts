import { proxyActivities, proxyLocalActivities, workflowInfo } from '@temporalio/workflow';
import type { GenerateActivities, LocalActivities, PublishActivities } from '#activities/create-activities.ts';
import { siblingTaskQueues } from '#domain/generation/task-queue.ts';
import type { PriorityKey } from '#domain/generation/tier.ts';

/** One database step. Postgres cancels the statement before this, so an abandoned try can't commit unnoticed for long. */
const DATABASE_STEP = { startToCloseTimeout: '5s' } as const;
/** Long enough for a restart of Postgres or the bucket; bounded by each proxy's scheduleToCloseTimeout. */
const RETRY_POLICY = { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '5s' } as const;
/** A caller waits for admission. After this the generation is made final, so nothing stays held. */
const ADMISSION_TIMEOUT = '1 minute';
/** After this the reconciler settles the generation. */
const SETTLEMENT_TIMEOUT = '1 hour';
/** One short try as a local activity; an outage must not occupy workflow task slots. */
const LOCAL_PUBLISH = { startToCloseTimeout: '4s', retry: { maximumAttempts: 1 } } as const;
/** One try of a provider, including the provider's own timeout. */
const GENERATE_TIMEOUT = '4 minutes';
/**
 * Only the deadline bounds the tries of one paid step. The activity counts a provider's failures itself and gives up much sooner;
 * after a failure of ours (a dead worker, Postgres or the bucket unavailable) the retry goes on with the image that was paid for.
 */
const GENERATE_RETRIES = { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s' } as const;
/** How long publishing waits for the bucket to become available. */
const PUBLISH_TOTAL_TIMEOUT = '15 minutes';
const PUBLISH_TIMEOUT = '30s';
/** The server may not have registered the queued activity yet, because the task that scheduled it is still completing. */
const SET_PRIORITY_ATTEMPTS = 6;

/** Admission as a local activity: one statement for a generation, one for a whole batch. */
export const localAdmission = proxyLocalActivities<Pick<LocalActivities, 'admit' | 'admitBatch'>>({
  ...DATABASE_STEP,
  scheduleToCloseTimeout: ADMISSION_TIMEOUT,
  retry: RETRY_POLICY,
});

/** The final step as a local activity: capture with the avatar, or release. */
export const localSettlement = proxyLocalActivities<Pick<LocalActivities, 'recordAvatar' | 'release'>>({
  ...DATABASE_STEP,
  scheduleToCloseTimeout: SETTLEMENT_TIMEOUT,
  retry: RETRY_POLICY,
});

/** Saving and discarding objects as local activities: the fast path. When it fails, use {@link queuedPublish}. */
export const localPublish = proxyLocalActivities<Pick<LocalActivities, 'saveImage' | 'abandon'>>(LOCAL_PUBLISH);

/** The same activities on the publish task queue, retried until `scheduleToCloseTimeout` (ms, or a duration). */
export function queuedPublish(scheduleToCloseTimeout: string | number = PUBLISH_TOTAL_TIMEOUT) {
  return proxyActivities<Pick<PublishActivities, 'saveImage' | 'abandon'>>({
    taskQueue: siblingTaskQueues(workflowInfo().taskQueue).publish,
    startToCloseTimeout: PUBLISH_TIMEOUT,
    scheduleToCloseTimeout,
    cancellationType: 'TRY_CANCEL',
    retry: RETRY_POLICY,
  });
}

export const localPriority = proxyLocalActivities<Pick<LocalActivities, 'setPriority'>>({
  ...DATABASE_STEP,
  retry: { initialInterval: '100ms', backoffCoefficient: 2, maximumAttempts: SET_PRIORITY_ATTEMPTS },
});

export interface QueuedGenerateOptions {
  readonly activityId: string;
  readonly accountId: string;
  readonly priority: PriorityKey;
  readonly remainingMs: number;
  readonly heartbeatTimeoutMs: number;
  readonly summary: string;
}

/** The paid step, on the task queue that holds the providers' slots. Temporal's priority and fairness order that queue. */
export function queuedGenerate(options: QueuedGenerateOptions) {
  return proxyActivities<GenerateActivities>({
    taskQueue: siblingTaskQueues(workflowInfo().taskQueue).generate,
    activityId: options.activityId,
    allowEagerDispatch: false, // an eager start would skip the queue, and with it priority
    priority: { priorityKey: options.priority, fairnessKey: options.accountId },
    startToCloseTimeout: GENERATE_TIMEOUT,
    scheduleToCloseTimeout: options.remainingMs,
    heartbeatTimeout: options.heartbeatTimeoutMs,
    cancellationType: 'TRY_CANCEL', // the credits are released at once; the prediction is cancelled later, by its external id
    retry: GENERATE_RETRIES,
    summary: options.summary,
  });
}
