/** Why a job refuses to end or remove anything: what it found is implausible and points to a misconfiguration. */
export const REFUSALS = ['too_many_lost', 'unknown_workflows', 'clock_skew', 'wrong_bucket'] as const;
export type Refusal = (typeof REFUSALS)[number];

/** A job refused to act; an operator has to investigate. */
export class ReconcileRefused extends Error {
  override readonly name = 'ReconcileRefused';
  readonly refusal: Refusal;

  constructor(refusal: Refusal, message: string) {
    super(message);
    this.refusal = refusal;
  }
}
