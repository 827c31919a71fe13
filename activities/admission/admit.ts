import { needsProvider } from '#domain/generation/generation.ts';
import { stagedObject } from '#domain/generation/object-name.ts';
import type { ProviderName } from '#domain/provider/provider.ts';
import { TIER_RULES } from '#domain/generation/tier.ts';
import type { Database } from '#drizzle/connection/database.ts';
import { reserve } from '#drizzle/ledger/reserve.ts';
import { markRefused } from '#drizzle/queries/generations/generation-progress.ts';
import type { Generation } from '#drizzle/queries/generations/generation-row.ts';
import { readGeneration } from '#drizzle/queries/generations/generations.ts';
import { finalFailure } from '../final-failure.ts';
import type { Admission, AdmitResult, GenerationRef } from '../activity-types.ts';

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
    const generation = await readGeneration(database, generationId);
    if (!generation) throw finalFailure('internal');
    const admission = admissionOf(generation, deps);
    const outcome = await reserve(database, { generationId, deadlineMs: admission.deadlineMs });
    if (outcome.kind === 'admitted') return { outcome: { kind: 'admitted' }, admission };
    if (outcome.kind === 'settled') return { outcome, admission: null };
    const { admissionNumber } = generation;
    await markRefused(database, { id: generationId, refusal: outcome.refusal, admissionNumber });
    return { outcome: { kind: 'refused', refusal: outcome.refusal, admissionNumber }, admission: null };
  };
}

function admissionOf(generation: Generation, deps: AdmitDeps): Admission {
  return {
    // The plan was computed and shown when the request was stored; providers that were removed since then are skipped.
    plan: generation.plan.filter(({ provider }) => deps.available.includes(provider)),
    // The API stages an upload's bytes under the generation's id before it requests admission.
    staged: needsProvider(generation.sourceType) ? null : { objectName: stagedObject(generation.id), attemptId: null },
    deadlineMs: deps.deadlineMs ?? TIER_RULES[generation.tier].deadlineMs,
    heartbeatTimeoutMs: deps.heartbeatTimeoutMs,
  };
}
