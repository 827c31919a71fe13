import type { AdmissionRefusal } from './failure.ts';
import type { GenerationStatus } from './generation.ts';

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
