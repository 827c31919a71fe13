import type { FailureCode, AdmissionRefusal } from '#domain/generation/failure.ts';
import type { GenerationStatus, SourceType, Stage } from '#domain/generation/generation.ts';
import type { ChoiceNote } from '#domain/provider/choice.ts';
import type { PlannedModel } from '#domain/provider/provider-plan.ts';
import type { ProviderName } from '#domain/provider/provider.ts';
import type { PriorityKey, Tier } from '#domain/generation/tier.ts';
import { generations } from '#drizzle/schema/generations.ts';
import { returnedRow } from '../returned-row.ts';

/** A generation as stored: the request and its result. */
export interface Generation {
  readonly id: string;
  readonly accountId: string;
  /** Null once the project is deleted. */
  readonly projectId: string | null;
  readonly batchId: string | null;
  /** The failed or cancelled generation that this one retries. */
  readonly retryOf: string | null;
  readonly status: GenerationStatus;
  readonly stage: Stage;
  readonly version: number;
  readonly sourceType: SourceType;
  /** The request body, by contract/generation.ts; personal data. */
  readonly request: Record<string, unknown>;
  readonly requestHash: string;
  readonly idempotencyKey: string | null;
  readonly price: number;
  readonly tier: Tier;
  readonly priority: PriorityKey;
  readonly admissionNumber: number;
  readonly refusal: AdmissionRefusal | null;
  readonly acceptedAt: Date | null;
  readonly plan: PlannedModel[];
  /** Why the plan is as it is; empty for an upload and for generations from before it was stored. */
  readonly choice: ChoiceNote[];
  readonly seed: number | null;
  readonly builtPrompt: string | null;
  readonly provider: ProviderName | null;
  readonly model: string | null;
  readonly costUsd: number | null;
  readonly failure: { readonly code: FailureCode; readonly message: string } | null;
  readonly creditsReturned: boolean;
  readonly cancelRequestedAt: Date | null;
  readonly cancelReason: string | null;
  readonly cancelledBy: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly pendingAt: Date | null;
  readonly processingAt: Date | null;
  readonly savingAt: Date | null;
  readonly finishedAt: Date | null;
  readonly deadlineAt: Date | null;
}

/** Maps a row of a raw statement's `RETURNING *`, as Drizzle would. */
export function generationReturned(row: Readonly<Record<string, unknown>>): Generation {
  return toGeneration(returnedRow(generations, row));
}

/** Maps field by field, so that a new column is not exposed by default. */
export function toGeneration(row: typeof generations.$inferSelect): Generation {
  return {
    id: row.id,
    accountId: row.accountId,
    projectId: row.projectId,
    batchId: row.batchId,
    retryOf: row.retryOf,
    status: row.status,
    stage: row.stage,
    version: row.version,
    sourceType: row.sourceType,
    request: row.request,
    requestHash: row.requestHash,
    idempotencyKey: row.idempotencyKey,
    price: row.price,
    tier: row.tier,
    priority: row.priority,
    admissionNumber: row.admissionNumber,
    refusal: row.refusal,
    acceptedAt: row.acceptedAt,
    plan: row.plan,
    choice: row.choice,
    seed: row.seed,
    builtPrompt: row.builtPrompt,
    provider: row.provider,
    model: row.model,
    costUsd: row.costUsd,
    failure: row.failureCode === null ? null : { code: row.failureCode, message: row.failureMessage ?? '' },
    creditsReturned: row.creditsReturned,
    cancelRequestedAt: row.cancelRequestedAt,
    cancelReason: row.cancelReason,
    cancelledBy: row.cancelledBy,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    pendingAt: row.pendingAt,
    processingAt: row.processingAt,
    savingAt: row.savingAt,
    finishedAt: row.finishedAt,
    deadlineAt: row.deadlineAt,
  };
}
