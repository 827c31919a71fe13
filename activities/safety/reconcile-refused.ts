/** Why a job refuses to end or remove anything: what it found is implausible and points to a misconfiguration. */
export const SAFETY_REASONS = [
  'too_many_lost',
  'unknown_workflows',
  'clock_skew',
  'wrong_bucket',
  'too_many_unknown_objects',
] as const;
export type SafetyReason = (typeof SAFETY_REASONS)[number];

/** A job refused to act; an operator has to investigate. */
export class ReconcileRefused extends Error {
  override readonly name = 'ReconcileRefused';
  readonly reason: SafetyReason;

  constructor(reason: SafetyReason, message: string) {
    super(message);
    this.reason = reason;
  }
}
