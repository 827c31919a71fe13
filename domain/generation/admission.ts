import type { Refusal } from './failure.ts';
import type { GenerationStatus } from './generation.ts';

export type AdmissionOutcome =
  | { readonly kind: 'admitted' }
  /** Nothing is held. `admissionNumber` is the one that was refused. */
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly admissionNumber: number }
  /** It was final before: a replay after the end, or given up. */
  | { readonly kind: 'settled'; readonly status: GenerationStatus };

export interface CancelRequest {
  /** A code, not free text: it is written into the workflow's history. */
  readonly reason: string;
  /** An account id, or the name of an operator's tool. */
  readonly by: string;
}
