import type { GenerationStatus } from '#domain/generation/generation.ts';
import type { ProviderFailureKind } from '#domain/provider/provider-failure.ts';
import type { ProviderName } from '#domain/provider/provider.ts';
import type { ReconcilePart } from './reconcile/parts.ts';
import type { Refusal } from './safety/refusal.ts';

/** What is timed. `queued` is the wait for a provider's slot, the others are activities by their names. */
export type MeasuredStage = 'admit' | 'queued' | 'generateImage' | 'saveImage' | 'recordAvatar';

/** What activities report about their work, for whoever keeps the figures. */
export interface Measurements {
  /** One paid call ended. */
  attemptEnded(attempt: {
    provider: ProviderName;
    model: string;
    outcome: 'succeeded' | 'cancelled' | ProviderFailureKind;
  }): void;
  /** A generation became final here. */
  generationEnded(outcome: Extract<GenerationStatus, 'completed' | 'failed' | 'cancelled'>): void;
  /** How long one stage of one generation took, seconds. */
  stageTook(stage: MeasuredStage, seconds: number): void;
  /** A round of the reconciler is over: how many rows each part acted on, -1 where it failed. */
  reconciled(counts: Readonly<Partial<Record<ReconcilePart, number>>>): void;
  /** A part of the reconciler acted on nothing, because it saw more than can be true. */
  reconcileRefused(refusal: Refusal): void;
  /** The ledger was audited; undefined when the audit itself failed. */
  ledgerAudited(violations: number | undefined): void;
}

/** The same activity, its successful runs timed: a failed run's time says when it failed, not how long the work takes. */
export function timed<Input, Outcome>(
  measurements: Measurements,
  stage: MeasuredStage,
  activity: (input: Input) => Promise<Outcome>,
): (input: Input) => Promise<Outcome> {
  return async (input) => {
    const startedAt = performance.now();
    const outcome = await activity(input);
    measurements.stageTook(stage, (performance.now() - startedAt) / 1000);
    return outcome;
  };
}
