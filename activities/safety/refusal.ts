/** Why a part of the reconciler acts on nothing: what it sees looks like a fault of ours, and acting on it would do the harm. */
export const REFUSALS = ['too_many_lost', 'unknown_workflows', 'clock_skew', 'wrong_bucket'] as const;
export type Refusal = (typeof REFUSALS)[number];

/** A part refused to act; an operator has to look. */
export class ReconcileRefused extends Error {
  override readonly name = 'ReconcileRefused';
  readonly refusal: Refusal;

  constructor(refusal: Refusal, message: string) {
    super(message);
    this.refusal = refusal;
  }
}
