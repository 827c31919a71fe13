import type { FailureCode } from '#domain/generation/failure.ts';
import type { GenerationStatus, SourceType } from '#domain/generation/generation.ts';
import type { PlannedModel } from '#domain/provider/provider-plan.ts';
import type { PriorityKey, Tier } from '#domain/generation/tier.ts';
import type { AdmissionOutcome, CancelRequest } from '#domain/generation/admission.ts';

/**
 * What the workflow and its activities say to each other. All of it is written into the workflow's history: ids, codes
 * and numbers only, never a prompt, a name or a user's subject.
 */
export interface GenerationRef {
  readonly generationId: string;
}

export interface Admission {
  /** Providers in order; empty for an upload. */
  readonly plan: PlannedModel[];
  /** An upload's image, staged by the API. */
  readonly staged: StagedImage | null;
  /** From now to the end of the generation. */
  readonly deadlineMs: number;
  /** How soon a provider's dead worker is noticed. */
  readonly heartbeatTimeoutMs: number;
}

export interface AdmitResult {
  readonly outcome: AdmissionOutcome;
  /** Present when admitted. */
  readonly admission: Admission | null;
}

export interface GenerateImageInput extends GenerationRef, PlannedModel {
  /** Place in the plan, from 0: the attempt's name within the generation. */
  readonly ordinal: number;
}

/** Bytes that wait in the bucket: paid for, not yet published. */
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
  /** Absent in histories that are older than it; null for a plain surface. */
  readonly phash?: string | null;
}

export interface RecordAvatarInput extends GenerationRef {
  readonly saved: SavedImage;
}

/** `lost`: the generation was settled otherwise before. `cancelled`: a cancel was asked for before. Nothing was charged then. */
export interface RecordAvatarResult {
  readonly kind: 'recorded' | 'lost' | 'cancelled';
}

export type ReleaseInput = GenerationRef &
  (
    | { readonly outcome: 'failed'; readonly failure: FailureCode }
    | { readonly outcome: 'cancelled'; readonly cancel: CancelRequest }
  );

/** How the generation ended, whoever ended it. */
export interface ReleaseResult {
  readonly status: GenerationStatus;
}

export interface ReprioritizeInput extends GenerationRef {
  readonly priority: PriorityKey;
  /** The waiting activity; null when none waits. */
  readonly activityId: string | null;
}

export interface BatchRef {
  readonly batchId: string;
}

/** What a member's own workflow is started with. */
export interface BatchMember extends GenerationRef {
  readonly sourceType: SourceType;
  readonly tier: Tier;
  readonly priority: PriorityKey;
}

export interface AdmitBatchResult {
  readonly outcome: AdmissionOutcome;
  /** Those that are not final, in order; empty when the batch was not admitted. */
  readonly members: BatchMember[];
}
