/** The four queues of one installation. A suffix gives a test its own set on a shared server. */
export interface TaskQueues {
  /** Workflows and their local activities. */
  readonly workflows: string;
  /** Generations that wait for a provider, ordered by priority and fairness. */
  readonly generate: string;
  /** Heavy or slow work outside the workflow's own task: publishing, cleaning, reconciling. */
  readonly publish: string;
  /** Webhook deliveries: receivers may be slow or unreachable. */
  readonly webhooks: string;
}

const WORKFLOWS = 'avatars';

export function taskQueues(suffix = ''): TaskQueues {
  return {
    workflows: `${WORKFLOWS}${suffix}`,
    generate: `avatar-generate${suffix}`,
    publish: `avatar-publish${suffix}`,
    webhooks: `avatar-webhooks${suffix}`,
  };
}

/** The sibling queues of the queue that a workflow runs on. */
export function siblingTaskQueues(workflowsQueue: string): TaskQueues {
  return taskQueues(workflowsQueue.slice(WORKFLOWS.length));
}
