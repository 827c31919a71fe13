import type { CancelRequest } from '#domain/generation/admission.ts';
import type { SourceType } from '#domain/generation/generation.ts';
import type { PriorityKey, Tier } from '#domain/generation/tier.ts';

export interface GenerationStart {
  readonly generationId: string;
  /** Of the row: after a loss of the database, the same id may be requested anew. */
  readonly createdAt: Date;
  readonly admissionNumber: number;
  readonly accountId: string;
  readonly projectId: string;
  readonly tier: Tier;
  readonly sourceType: SourceType;
  readonly priority: PriorityKey;
}

export interface BatchStart {
  readonly batchId: string;
  /** As for a single generation. */
  readonly createdAt: Date;
  readonly admissionNumber: number;
  readonly accountId: string;
  readonly projectId: string;
  readonly tier: Tier;
  readonly priority: PriorityKey;
}

/** `running`: the workflow was started earlier and has not closed. */
export type StartResult = 'started' | 'running';

/** `unknown`: the namespace has no such workflow, or its history is past the retention period. */
export type WorkflowState = 'running' | 'closed' | 'unknown';

/** The port through which activities control workflows; implemented by the Temporal client. Every call has a timeout. */
export interface WorkflowControl {
  /** Starts the generation's workflow and does not wait for its admission. @throws TemporalUnavailable */
  start(start: GenerationStart): Promise<StartResult>;
  /** As {@link WorkflowControl.start}, of the batch's workflow. */
  startBatch(start: BatchStart): Promise<StartResult>;
  /** @throws TemporalUnavailable */
  batchStateOf(batchId: string): Promise<WorkflowState>;
  /** @throws TemporalUnavailable */
  stateOf(generationId: string): Promise<WorkflowState>;
  /** Signals the running workflow; false when there is none. */
  cancel(generationId: string, request: CancelRequest): Promise<boolean>;
  /** Terminates the running workflow, without compensation; false when there is none. @throws TemporalUnavailable */
  terminate(generationId: string, reason: string): Promise<boolean>;
  /** As {@link WorkflowControl.terminate}; its members' workflows go on. */
  terminateBatch(batchId: string, reason: string): Promise<boolean>;
  /** Starts or joins the workflow that erases an account; false when Temporal is unavailable. */
  erase(accountId: string): Promise<boolean>;
  /** Signals the running workflow; false when there is none. */
  setPriority(generationId: string, priority: PriorityKey): Promise<boolean>;
  /** Re-queues an activity with a new priority. @throws when the server does not have it (yet, or any more) */
  setActivityPriority(generationId: string, activityId: string, priority: PriorityKey): Promise<void>;
}
