import type { AdmissionRefusal } from './failure.ts';
import type { GenerationStatus } from './generation.ts';

/**
 * A request that is not marked as answered by then, ms, was answered with an error and may be dropped: the caller may send it again. It
 * is noted first and dropped a minute later, because the mark of a request that was answered with 202 may be late by an outage.
 */
export const UNANSWERED_AFTER_MS = 10 * 60_000;

/** What admission changed in the row of a generation that it made pending. The times are ISO 8601. */
export interface PendingSince {
  readonly version: number;
  readonly pendingAt: string;
  readonly deadlineAt: string;
}

export type AdmissionOutcome =
  /** `pending` is absent when the hold was found, in a batch, and from a worker of an earlier release. */
  | { readonly kind: 'admitted'; readonly pending?: PendingSince | undefined }
  /** Nothing is held. `admissionNumber` is the one that was refused. */
  | { readonly kind: 'refused'; readonly refusal: AdmissionRefusal; readonly admissionNumber: number }
  /** Already final: a replay after the end, or cancelled. */
  | { readonly kind: 'settled'; readonly status: GenerationStatus };

export interface CancelRequest {
  /** A code, not free text: it is written into the workflow's history. */
  readonly reason: string;
  /** An account id, or the name of an operator's tool. */
  readonly by: string;
}
