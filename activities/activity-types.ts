import type { FailureCode } from '#domain/generation/failure.ts';
import type { GenerationStatus, SourceType } from '#domain/generation/generation.ts';
import type { PlannedModel } from '#domain/provider/provider-plan.ts';
import type { PriorityKey, Tier } from '#domain/generation/tier.ts';
import type { AdmissionOutcome, CancelRequest } from '#domain/generation/admission.ts';

/**
 * Inputs and results of activities, shared with workflows. They are stored in workflow histories, so they contain only ids, codes and
 * numbers: never a prompt, a name or a user's subject.
 */
export interface GenerationRef {
  readonly generationId: string;
}

export interface Admission {
  /** The candidates in order; empty for an upload. */
  readonly plan: PlannedModel[];
  /** An upload's image, staged by the API. */
  readonly staged: StagedImage | null;
  /** From now until the generation must end. */
  readonly deadlineMs: number;
  /** How soon a dead worker is detected while it generates. */
  readonly heartbeatTimeoutMs: number;
}

export interface AdmitResult {
  readonly outcome: AdmissionOutcome;
  /** Null unless admitted. */
  readonly admission: Admission | null;
}

export interface GenerateImageInput extends GenerationRef, PlannedModel {
  /** The candidate's position in the plan, from 0; unique within the generation. */
  readonly ordinal: number;
  /** Whether another provider is left in the plan. Absent in older histories. */
  readonly hasFallback?: boolean;
}

/** Paid bytes in the bucket that are not yet encoded as an avatar. */
export interface StagedImage {
  readonly objectName: string;
  /** Null for an upload. */
  readonly attemptId: string | null;
}

export interface SaveImageInput extends GenerationRef {
  readonly staged: StagedImage;
}

export interface SavedImage {
  readonly staged: StagedImage;
  readonly avatarId: string;
  readonly imageObject: string;
  readonly thumbnailObject: string;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly imageBytes: number;
  readonly thumbnailBytes: number;
  readonly sha256: string;
  /** Base64. */
  readonly thumbhash: string;
  /** Absent in older histories; null for a plain surface. */
  readonly phash?: string | null;
}

export interface RecordAvatarInput extends GenerationRef {
  readonly saved: SavedImage;
}

/** `lost`: the generation was already settled otherwise. `cancelled`: it was cancelled before. Both charge nothing. */
export interface RecordAvatarResult {
  readonly kind: 'recorded' | 'lost' | 'cancelled';
}

export type ReleaseInput = GenerationRef &
  (
    | { readonly outcome: 'failed'; readonly failure: FailureCode }
    | { readonly outcome: 'cancelled'; readonly cancel: CancelRequest }
  );

/** The generation's final status, whether this call set it or an earlier one. */
export interface ReleaseResult {
  readonly status: GenerationStatus;
}

export interface SetPriorityInput extends GenerationRef {
  readonly priority: PriorityKey;
  /** The activity in the queue; null when none is waiting. */
  readonly activityId: string | null;
}

export interface BatchRef {
  readonly batchId: string;
}

/** The input to start a member's own workflow. */
export interface BatchMember extends GenerationRef {
  readonly sourceType: SourceType;
  readonly tier: Tier;
  readonly priority: PriorityKey;
}

export interface AdmitBatchResult {
  readonly outcome: AdmissionOutcome;
  /** Members that are not final, in order; empty unless admitted. */
  readonly members: BatchMember[];
}
