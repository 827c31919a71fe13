import type { GenerationStatus } from '#domain/generation/generation.ts';
import type { ProviderFailureKind } from '#domain/provider/provider-failure.ts';
import type { ProviderName } from '#domain/provider/provider.ts';
import type { ReconcilePart } from './reconcile/parts.ts';
import type { SafetyReason } from './safety/reconcile-refused.ts';

/** What is timed: `queued` is the wait for a free worker slot of `generateImage`; the others are activities. */
export type MeasuredStage = 'admit' | 'queued' | 'generateImage' | 'saveImage' | 'recordAvatar';

/** The port through which activities report metrics. */
export interface Measurements {
  /** One attempt at a provider ended. */
  attemptEnded(attempt: {
    provider: ProviderName;
    model: string;
    outcome: 'succeeded' | 'cancelled' | ProviderFailureKind;
  }): void;
  /** A generation became final in this process. */
  generationEnded(outcome: Extract<GenerationStatus, 'completed' | 'failed' | 'cancelled'>): void;
  /** How long one stage of one generation took, seconds. */
  stageTook(stage: MeasuredStage, seconds: number): void;
  /** A round of the reconciler ended: how many rows each part acted on, -1 when it failed. */
  reconciled(counts: Readonly<Partial<Record<ReconcilePart, number>>>): void;
  /** A part of the reconciler refused to act, because what it found is implausible. */
  reconcileRefused(reason: SafetyReason): void;
  /** The ledger was audited; undefined when the audit itself failed. */
  ledgerAudited(violations: number | undefined): void;
}

/** Wraps an activity so that its successful runs are timed. A failed run's duration says nothing about the work. */
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
