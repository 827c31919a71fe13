import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { AdmissionOutcome, CancelRequest } from '#domain/generation/admission.ts';
import type { SourceType, Stage } from '#domain/generation/generation.ts';
import type { PriorityKey, Tier } from '#domain/generation/tier.ts';

/** Opaque ids only: what the person typed stays in Postgres and never enters a workflow history. */
export interface GenerationInput {
  readonly generationId: string;
  readonly accountId: string;
  readonly tier: Tier;
  readonly sourceType: SourceType;
  readonly priority: PriorityKey;
}

export interface GenerationStatusAnswer {
  readonly stage: Stage;
  readonly provider: string | null;
  readonly model: string | null;
  readonly priority: number;
  readonly attempts: { readonly provider: string; readonly model: string; readonly failure: string | null }[];
  /** Stage name to the ISO time at which it began. */
  readonly times: Record<string, string>;
  readonly failure: string | null;
}

/** Awaits the outcome of the admission that runs in the workflow's main function. */
export const admitted = defineUpdate<AdmissionOutcome>('admitted');
export const cancel = defineSignal<[CancelRequest]>('cancel');
/** 1 (first) to 5 (last); other values are ignored. */
export const setPriority = defineSignal<[number]>('setPriority');
export const status = defineQuery<GenerationStatusAnswer>('status');
