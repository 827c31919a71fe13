import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { AdmissionOutcome, CancelRequest } from '#domain/generation/admission.ts';
import type { SourceType, Stage } from '#domain/generation/generation.ts';
import type { PriorityKey, Tier } from '#domain/generation/tier.ts';

/** Opaque ids only: what the user typed stays in Postgres and never enters a workflow history. */
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
  /** Start of each stage: stage name to ISO time. */
  readonly times: Record<string, string>;
  readonly failure: string | null;
}

/** Waits for the outcome of the admission, which the workflow's main function runs. */
export const admitted = defineUpdate<AdmissionOutcome>('admitted');
export const cancel = defineSignal<[CancelRequest]>('cancel');
/** 1 (highest) to 5 (lowest); other values are ignored. */
export const setPriority = defineSignal<[number]>('setPriority');
export const status = defineQuery<GenerationStatusAnswer>('status');
