import type { AdmissionOutcome, CancelRequest } from '#domain/generation/admission.ts';
import type { SourceType } from '#domain/generation/generation.ts';
import type { PriorityKey, Tier } from '#domain/generation/tier.ts';

export interface GenerationStart {
  readonly generationId: string;
  readonly admissionNumber: number;
  readonly accountId: string;
  readonly projectId: string;
  readonly tier: Tier;
  readonly sourceType: SourceType;
  readonly priority: PriorityKey;
}

export interface BatchStart {
  readonly batchId: string;
  readonly admissionNumber: number;
  readonly accountId: string;
  readonly projectId: string;
  readonly tier: Tier;
  readonly priority: PriorityKey;
}

/** `unknown`: this namespace has never heard of it, or not for longer than it keeps histories. */
export type WorkflowState = 'running' | 'closed' | 'unknown';

/** What activities may ask of Temporal itself; implemented beside the client. Every call bounds its own time. */
export interface WorkflowControl {
  /** Starts, or joins, the generation's workflow; undefined when no outcome came in time. */
  admit(start: GenerationStart): Promise<AdmissionOutcome | undefined>;
  /** The same for a batch. */
  admitBatch(start: BatchStart): Promise<AdmissionOutcome | undefined>;
  /** A running batch looks after its members. @throws when Temporal can't be asked */
  batchStateOf(batchId: string): Promise<WorkflowState>;
  /** @throws when Temporal can't be asked */
  stateOf(generationId: string): Promise<WorkflowState>;
  /** Tells the running workflow; false when there is none. */
  cancel(generationId: string, request: CancelRequest): Promise<boolean>;
  /** Begins, or joins, the erasing of an account; false when Temporal did not take it. */
  erase(accountId: string): Promise<boolean>;
  /** Tells the running workflow; false when there is none. */
  setPriority(generationId: string, priority: PriorityKey): Promise<boolean>;
  /** Re-queues an activity that waits. @throws while the server does not know it (yet, or any more) */
  moveWaiting(generationId: string, activityId: string, priority: PriorityKey): Promise<void>;
}
