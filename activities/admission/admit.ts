import { needsProvider } from '#domain/generation/generation.ts';
import { stagedObject } from '#domain/generation/object-name.ts';
import type { ProviderName } from '#domain/provider/provider.ts';
import { TIER_RULES, type Tier } from '#domain/generation/tier.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { admitRequest, type AdmittedRequest } from '#drizzle/ledger/reserve.ts';
import { UnknownInLedger } from '#drizzle/ledger/step.ts';
import { markRefused } from '#drizzle/queries/generations/generation-progress.ts';
import { readGeneration } from '#drizzle/queries/generations/generations.ts';
import { finalFailure } from '../final-failure.ts';
import type { AdmitResult, GenerationRef } from '../activity-types.ts';

export interface AdmitDeps {
  readonly database: Database;
  readonly available: readonly ProviderName[];
  readonly heartbeatTimeoutMs: number;
  /** Overrides the tier's deadline. */
  readonly deadlineMs?: number | undefined;
}

/**
 * Checks the limits and holds the credits in one transaction; the generation becomes `pending`. A refusal holds nothing, is
 * stored on the row and increments its admission number, so that a request with the same key can be admitted later.
 *
 * @throws ApplicationFailure `internal` when the generation does not exist
 */
export function createAdmit(deps: AdmitDeps) {
  return async function admit({ generationId }: GenerationRef): Promise<AdmitResult> {
    const { database } = deps;
    const deadlineMs = (tier: Tier) => deps.deadlineMs ?? TIER_RULES[tier].deadlineMs;
    const { outcome, request, pending } = await admitRequest(database, { generationId, deadlineMs }).catch(
      unknownIsFinal,
    );
    const admitted = (stored: AdmittedRequest): AdmitResult => ({
      outcome: { kind: 'admitted', ...(pending && { pending }) },
      admission: { ...admissionOf(generationId, stored, deps), deadlineMs: deadlineMs(stored.tier) },
    });
    if (outcome.kind === 'settled') return { outcome, admission: null };
    if (request) return admitted(request);
    const generation = await readGeneration(database, generationId);
    if (!generation) throw finalFailure('internal');
    if (outcome.kind === 'admitted') return admitted(generation);
    const { admissionNumber } = generation;
    await markRefused(database, { id: generationId, refusal: outcome.refusal, admissionNumber });
    return { outcome: { kind: 'refused', refusal: outcome.refusal, admissionNumber }, admission: null };
  };
}

function admissionOf(generationId: string, { plan, sourceType }: AdmittedRequest, deps: AdmitDeps) {
  return {
    // The plan was computed and shown when the request was stored; providers that were removed since then are skipped.
    plan: plan.filter(({ provider }) => deps.available.includes(provider)),
    // The API stages an upload's bytes under the generation's id before it requests admission.
    staged: needsProvider(sourceType) ? null : { objectName: stagedObject(generationId), attemptId: null },
    heartbeatTimeoutMs: deps.heartbeatTimeoutMs,
  };
}

function unknownIsFinal(error: unknown): never {
  throw error instanceof UnknownInLedger ? finalFailure('internal') : error;
}
