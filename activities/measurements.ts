import type { FailureCode } from '#domain/generation/failure.ts';
import type { GenerationStatus } from '#domain/generation/generation.ts';
import type { ProviderFailureKind } from '#domain/provider/provider-failure.ts';
import type { ProviderName } from '#domain/provider/provider.ts';
import type { RecordKind } from '#domain/configuration/retention.ts';
import type { ReconcilePart } from './reconcile/parts.ts';
import type { SafetyReason } from './safety/reconcile-refused.ts';

/** What is timed: `queued` is the wait for a free worker slot of `generateImage`; the others are activities. */
export type MeasuredStage = 'admit' | 'queued' | 'generateImage' | 'saveImage' | 'recordAvatar';

/**
 * `missing`: an avatar's image is not in the bucket. `unknown`: an object without a row. `foreign`: an object of an account that is not in
 * the database. `restored`: rows that were added again. `removed`: unknown objects that were removed.
 */
export const INVENTORY_FINDINGS = ['missing', 'unknown', 'foreign', 'restored', 'removed'] as const;
type InventoryFinding = (typeof INVENTORY_FINDINGS)[number];

type EndedGeneration = { readonly generationId: string } & (
  | { readonly outcome: Extract<GenerationStatus, 'completed' | 'cancelled'> }
  | { readonly outcome: Extract<GenerationStatus, 'failed'>; readonly code: FailureCode }
);

/** The port through which activities report what happened, for metrics and the log. */
export interface Measurements {
  /** One attempt at a provider ended. */
  attemptEnded(attempt: {
    provider: ProviderName;
    model: string;
    outcome: 'succeeded' | 'cancelled' | ProviderFailureKind;
  }): void;
  /** An attempt delivered an image: US dollars if the price is known, and milliseconds since it was sent. */
  imageDelivered(delivery: { provider: ProviderName; model: string; costUsd: number | null; latencyMs: number }): void;
  /** A generation became final in this process. */
  generationEnded(ended: EndedGeneration): void;
  /** How long one stage of one generation took, seconds. */
  stageTook(stage: MeasuredStage, seconds: number): void;
  /** A round of the reconciler ended: how many rows each part acted on, -1 when it failed. */
  reconciled(counts: Readonly<Partial<Record<ReconcilePart, number>>>): void;
  /** Rows that a part of the reconciler could not handle in this round. */
  reconcileRowsFailed(part: ReconcilePart, count: number): void;
  /** A part of the reconciler refused to act, because what it found is implausible. */
  reconcileRefused(reason: SafetyReason): void;
  /** The inventory of the bucket found or changed this many objects. */
  inventoryFound(what: InventoryFinding, count: number): void;
  /** An inventory of the whole bucket ended. */
  inventoryEnded(): void;
  /** Records of a kind were deleted by age. A round that finds none counts as well: it shows that rounds take place. */
  recordsExpired(kind: RecordKind, count: number): void;
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
