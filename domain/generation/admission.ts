import type { AdmissionRefusal } from './failure.ts';
import type { GenerationStatus } from './generation.ts';

/**
 * How long the API repeats the mark of a request that it answered with 202 while the database did not accept the mark, ms. After that
 * it is given up; a workflow that has started generates nevertheless.
 */
export const ACCEPTANCE_MARKED_WITHIN_MS = 3_600_000;

/** A request that is not marked as answered by then was answered with an error, and may be dropped: the caller may send it again. */
export const UNANSWERED_AFTER_MS = ACCEPTANCE_MARKED_WITHIN_MS + 10 * 60_000;

export type AdmissionOutcome =
  | { readonly kind: 'admitted' }
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
